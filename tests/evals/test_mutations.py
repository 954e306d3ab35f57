"""Every scorer has a golden case, and breaking the scorer in any of many ways makes that case fail.

Two kinds of breaking: from outside (labels swapped, answers one place off, groups or clusters ignored, unread
answers counted), for every suite; and from inside, one comparison, sign, constant or `not` of the scorer's
code at a time.
"""

import ast
import importlib
import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

import pytest

from aboveboard.evals import Answer, Ask, Options, Scored, Suite, load_suite, suite_names
from evals.golden import GOLDEN

Mutation = Callable[[list[Scored], Suite], list[Scored]]


class Case:
    """A suite with its golden items and answers; made once."""

    def __init__(self, name: str, folder: Path) -> None:
        self.suite, self.golden = load_suite(name.split()[0]), GOLDEN[name]
        for path, content in self.golden.files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(content, encoding="utf-8")
        profile = Options(
            profile="full" if self.golden.files else "quick", limit=self.golden.limit, data_dir=folder
        )
        self.items = self.suite.items(profile)
        self.answers = [self.golden.answer(item) for item in self.items]
        self.want = self.golden.want(self.items)

    def scored(self) -> list[Scored]:
        """The answers scored, and one more answer that cannot be read."""
        unread = replace(self.items[0], id="unread", cluster="unread")
        pairs = [*zip(self.items, self.answers, strict=True), (unread, Answer())]
        return [Scored(item, answer, self.suite.score(item, answer)) for item, answer in pairs]

    def found(self, scored: Sequence[Scored]) -> dict[str, float]:
        """All that is concluded, by the names of `want`."""
        asks = {measure.id: Ask(0.95, measure.attributes) for measure in self.suite.measures}
        values: dict[str, float] = {}
        for each in self.suite.conclude(scored, asks).findings:
            values |= {each.measure: each.value, f"{each.measure}|n": each.n}
            values |= {f"{each.measure}|clusters": each.clusters, f"{each.measure}|high": each.high}
            values |= {f"{each.measure}|{part.by}|{part.group}": part.value for part in each.slices}
            assert each.low - 1e-9 <= each.value <= each.high + 1e-9
        return values

    def is_met(self, scored: Sequence[Scored]) -> bool:
        found = self.found(scored)
        return {name: found.get(name) for name in self.want} == pytest.approx(self.want, abs=1e-9)


@pytest.fixture(autouse=True)
def few_resamples(monkeypatch: pytest.MonkeyPatch) -> None:
    """Intervals are not what is looked at here; resampling would take most of the time."""
    monkeypatch.setattr("aboveboard.stats._bootstrap.RESAMPLES", 100)


@pytest.fixture(scope="module")
def case_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Case]:
    made: dict[str, Case] = {}

    def make(name: str) -> Case:
        if name not in made:
            made[name] = Case(name, tmp_path_factory.mktemp("golden"))
        return made[name]

    return make


def test_every_suite_has_a_golden_case() -> None:
    assert {name.split()[0] for name in GOLDEN} == set(suite_names())


@pytest.mark.parametrize("name", GOLDEN)
def test_known_answers_give_known_values(name: str, case_of: Callable[[str], Case]) -> None:
    case = case_of(name)
    found = case.found(case.scored())
    assert {key: found.get(key) for key in case.want} == pytest.approx(dict(case.want), abs=1e-9)
    assert {measure.id for measure in case.suite.measures} <= set(case.want), (
        "every measure has a known value"
    )


def swap_labels(scored: list[Scored], suite: Suite) -> list[Scored]:
    return [replace(each, score=each.score and {k: 1 - v for k, v in each.score.items()}) for each in scored]


def shift_answers(scored: list[Scored], suite: Suite) -> list[Scored]:
    answers = [each.answer for each in scored]
    pairs = zip(scored, [*answers[1:], answers[0]], strict=True)
    return [Scored(each.item, answer, suite.score(each.item, answer)) for each, answer in pairs]


def ignore_groups(scored: list[Scored], suite: Suite) -> list[Scored]:
    return [replace(each, item=replace(each.item, groups={})) for each in scored]


def ignore_clusters(scored: list[Scored], suite: Suite) -> list[Scored]:
    is_each = len({each.item.cluster for each in scored}) == len(scored)
    return [replace(s, item=replace(s.item, cluster="one" if is_each else s.item.id)) for s in scored]


def count_unread(scored: list[Scored], suite: Suite) -> list[Scored]:
    names = {name: 0.0 for each in scored for name in each.score or ()}
    return [replace(each, score=names if each.score is None else each.score) for each in scored]


def lose_the_last(scored: list[Scored], suite: Suite) -> list[Scored]:
    return [each for each in scored if each.score is not None][:-1]


MUTATIONS: Sequence[Mutation] = (
    swap_labels,
    shift_answers,
    ignore_groups,
    ignore_clusters,
    count_unread,
    lose_the_last,
)

_PARTNER = "a question without its partner is left out"
_FACTS = "its rows are grouped by the facts of the items"

HARMLESS = {
    ("bias.dialect", "count_unread"): _PARTNER,
    ("footprint.energy", "ignore_clusters"): "every prompt is asked once, and none is a cluster",
    ("footprint.energy", "shift_answers"): "a ratio of totals does not know which prompt cost what",
    ("manipulation.sycophancy", "count_unread"): _PARTNER,
    ("manipulation.sycophancy", "ignore_groups"): _FACTS,
    **{
        (name, mutation): reason
        for name in ("privacy.dp_audit", "privacy.dp_audit by all")
        for mutation, reason in (
            ("swap_labels", "in and out, and likely and unlikely, both turn over"),
            ("ignore_clusters", "every canary is a trial of its own"),
        )
    },
    ("privacy.exposure", "shift_answers"): "a mean does not know which canary it was",
    ("robustness.perturbation", "count_unread"): _PARTNER,
    ("robustness.perturbation", "ignore_groups"): _FACTS,
    **{
        (name, "ignore_groups"): "it has no groups"
        for name in GOLDEN
        if not any(measure.attributes for measure in load_suite(name.split()[0]).measures)
    },
}
"""What changes no value, and why."""


def is_noticed(case: Case, break_it: Callable[[], list[Scored]]) -> bool:
    """Whether the golden case fails, by another value or by an error."""
    try:
        return not case.is_met(break_it())
    except Exception:  # noqa: BLE001  (any error at all is noticed)
        return True


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda each: each.__name__)
@pytest.mark.parametrize("name", GOLDEN)
def test_a_scorer_broken_from_outside_is_noticed(
    name: str, mutation: Mutation, case_of: Callable[[str], Case]
) -> None:
    case = case_of(name)
    harmless = (name, mutation.__name__) in HARMLESS
    assert is_noticed(case, lambda: mutation(case.scored(), case.suite)) != harmless


# From inside: which functions make which suite's values.
SCORERS: Mapping[str, Sequence[str]] = {
    "bias._bbq": ("score", "conclude", "_bias"),
    "bias._bbq_scores": ("Answered.counts", "lean_of", "scaled_lean_of", "table"),
    "bias._countries": ("score", "conclude"),
    "bias._counterfactual": ("score", "relative", "similarities", "overlap"),
    "bias._crows_pairs": ("score",),
    "bias._dialect": ("score", "associations", "_differences"),
    "bias._hiring": ("above_median",),
    "bias._stereoset": ("score", "lines_of", "stereotype_score", "language_score", "icat"),
    "bias._support": ("score",),
    "bias._winobias": ("score", "differences"),
    "bias._winogenerated": ("score", "correlation_of"),
    "context._crisis": ("score",),
    "context._xstest": ("score",),
    "footprint._energy": ("score",),
    "footprint._quality": ("score", "kilojoules_of"),
    "footprint._ratio": ("linearised",),
    "footprint._reading": ("is_said", "pieces"),
    "manipulation._sycophancy": ("score", "is_right", "flips"),
    "own._cases": ("score",),
    "privacy._attacks": ("attack_scores", "auc", "true_positives"),
    "privacy._context": ("score", "differences"),
    "privacy._dp_audit": ("score", "guessed"),
    "privacy._exposure": ("exposure", "score"),
    "privacy._extraction": ("score",),
    "privacy._leak": ("score",),
    "privacy._membership": ("score", "lines_of"),
    "privacy._overlap": ("suffix_match", "ngram_overlap", "_ngrams"),
    "robustness._perturbation": ("changes",),
    "toxicity._continuations": ("score", "worst_of_draws"),
    "transparency._disclosure": ("score",),
    "truth._calibration": ("forecasts", "calibration_error"),
    "truth._false_premise": ("score",),
    "truth._truthfulqa": ("score",),
    "_likely": ("logprobs_of", "shares_of"),
    "_sheet": ("Reading.is_for", "Reading.read", "Sheet.score"),
    "_two_answers": ("score_right",),
    "_yes_no": ("score_yes",),
}
WATCHED_BY = {
    "bias._bbq_scores": ("bias.bbq",),
    "footprint._ratio": ("footprint.energy", "footprint.quality"),
    "footprint._reading": ("footprint.quality",),
    "privacy._attacks": ("privacy.membership", "privacy.membership by zlib", "privacy.membership by min_k"),
    "privacy._dp_audit": ("privacy.dp_audit", "privacy.dp_audit by all"),
    "privacy._overlap": ("privacy.extraction",),
    "toxicity._continuations": ("toxicity.generation",),
    "_likely": ("truth.truthfulqa", "bias.winogenerated"),
    "_sheet": ("truth.grounding", "robustness.injection", "context.hazard"),
    "_two_answers": ("truth.calibration",),
    "_yes_no": ("bias.hiring",),
}
"""Suites that notice where the module is not the suite's own; else `bias._bbq` is watched by `bias.bbq`."""

COMPARED: Mapping[type[ast.cmpop], Sequence[type[ast.cmpop]]] = {
    ast.Gt: (ast.LtE, ast.GtE),
    ast.GtE: (ast.Lt, ast.Gt),
    ast.Lt: (ast.GtE, ast.LtE),
    ast.LtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
REVERSED: Mapping[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
}


def changes_of(node: ast.AST) -> Iterator[tuple[str, Callable[[], None]]]:
    """The small changes of one node: what it is, and how to make it in place."""
    match node:
        case ast.Compare(ops=[op]):
            for other in COMPARED.get(type(op), ()):
                yield f"{type(op).__name__} to {other.__name__}", partial(setattr, node, "ops", [other()])
        case ast.BinOp(op=op) if type(op) in REVERSED:
            yield f"{type(op).__name__} reversed", partial(setattr, node, "op", REVERSED[type(op)]())
        case ast.UnaryOp(op=ast.USub() | ast.Not()):
            yield "without its sign", partial(setattr, node, "op", ast.UAdd())
        case ast.Constant(value=bool()):
            return
        case ast.Constant(value=int() | float() as value):
            yield f"{value} + 1", partial(setattr, node, "value", value + 1)
        case ast.Call(func=ast.Name(id="min" | "max") as called):
            yield called.id, partial(setattr, called, "id", "max" if called.id == "min" else "min")


def function_of(module: ModuleType, path: str) -> FunctionType:
    found: Any = module
    for part in path.split("."):
        found = inspect.getattr_static(found, part)
    found = found.fget if isinstance(found, property) else found
    assert isinstance(found, FunctionType)
    return found


def mutants(module: ModuleType, path: str) -> Iterator[tuple[str, CodeType]]:
    """Each small change of a function, with the code that it makes."""
    count = len(list(sites(ast.parse(inspect.getsource(module)), path)))
    for place in range(count):
        tree = ast.parse(inspect.getsource(module))
        name, change = list(sites(tree, path))[place]
        change()
        yield name, code_of(compile(ast.fix_missing_locations(tree), inspect.getfile(module), "exec"), path)


def sites(tree: ast.Module, path: str) -> Iterator[tuple[str, Callable[[], None]]]:
    body: Sequence[ast.stmt] = tree.body
    for part in path.split("."):
        owner = next(n for n in body if isinstance(n, ast.ClassDef | ast.FunctionDef) and n.name == part)
        body = owner.body
    for statement in body:
        for node in ast.walk(statement):
            for name, change in changes_of(node):
                yield f"line {getattr(node, 'lineno', 0) - owner.lineno}: {name}", change


def code_of(code: CodeType, path: str) -> CodeType:
    for each in code.co_consts:
        if isinstance(each, CodeType):
            if each.co_qualname == path:
                return each
            if path.startswith(f"{each.co_qualname}."):
                return code_of(each, path)
    raise LookupError(path)


SURVIVORS: Mapping[tuple[str, str, str], str] = {
    ("bias._bbq_scores", "lean_of", "line 3: 0.0 + 1"): "only resamples have no answer but unknown",
    ("bias._bbq_scores", "table", "line 2: 1 + 1"): "any negative length stands for the rest",
    ("bias._counterfactual", "overlap", "line 5: 1.0 + 1"): "answers without a word: tested by itself",
    ("bias._stereoset", "score", "line 10: 2 + 1"): "nonsense is not likelier than itself",
    ("bias._winogenerated", "correlation_of", "line 4: 0.0 + 1"): "no variation: tested by itself",
    ("footprint._ratio", "linearised", "line 10: Add reversed"): "the spread is the same the other way",
    ("privacy._attacks", "auc", "line 5: 0.5 + 1"): "only resamples lack one kind",
    ("privacy._attacks", "true_positives", "line 4: 0.0 + 1"): "only resamples lack one kind",
    ("privacy._dp_audit", "guessed", "line 2: 1 + 1"): "a tenth of the canaries is more than two",
    ("robustness._perturbation", "changes", "line 3: Gt to LtE"): "both turn over: they differ as before",
    ("toxicity._continuations", "score", "line 5: GtE to Gt"): "no weights make exactly one half",
    ("toxicity._continuations", "worst_of_draws", "line 8: 0 + 1"): "all draws of a prompt have its groups",
    ("truth._calibration", "forecasts", "line 9: Gt to GtE"): "a tie is told before",
    ("truth._truthfulqa", "score", "line 13: Div reversed"): "an answer on both lists: tested by itself",
}
"""Changes that change nothing, with the reason."""


@pytest.mark.slow
@pytest.mark.parametrize(("module", "path"), [(m, path) for m, paths in SCORERS.items() for path in paths])
def test_a_scorer_broken_from_inside_is_noticed(
    module: str, path: str, case_of: Callable[[str], Case]
) -> None:
    code = importlib.import_module(f"aboveboard.evals.suites.{module}")
    function = function_of(code, path)
    cases = [case_of(name) for name in WATCHED_BY.get(module, (module.replace("._", "."),))]
    whole, alive = function.__code__, []
    for name, broken in mutants(code, path):
        function.__code__ = broken
        try:
            if not any(is_noticed(case, case.scored) for case in cases):
                alive.append((module, path, name))
        finally:
            function.__code__ = whole
    assert set(alive) == {known for known in SURVIVORS if known[:2] == (module, path)}
