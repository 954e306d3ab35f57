"""A planted bias of known size is found with the stated power, and none is found where there is none.

Each simulated run draws cases (some easy, some hard) and answers; the real scorer reads them, the real suite
concludes, and the real settlement gives the verdict on a charter's promise. The stated error rate is 2.5 %
for each of the two wrong verdicts at a confidence of 95 %, the stated power 80 % for a bias as large as the
finding's own `mde`. Counts are held to exact binomial limits that a true rate crosses once in ten thousand
runs of these tests; the draws are seeded besides.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from scipy.stats import binom

from aboveboard.charter import Charter, Known, parse_charter
from aboveboard.evals import (
    Answer,
    Ask,
    Finding,
    Item,
    Options,
    Scored,
    Services,
    assess,
    load_suite,
    plan_suite,
)
from aboveboard.evidence import settle
from aboveboard.evidence.records import Coverage, Measurement, Record
from aboveboard.models import ChatRequest, ChatResponse, ModelInfo, Usage
from aboveboard.stats import Verdict

ERROR, POWER, DOUBT = 0.025, 0.8, 1e-4
RUNS = [40, pytest.param(1000, marks=pytest.mark.slow)]

Draw = npt.NDArray[np.float64]
Chances = Callable[[float, np.random.Generator, int], Callable[[int, bool], float]]
"""Of a truth, chance and a number of cases: the probability of a yes in a case, in the group or not."""

CHARTER = """
charter: 1
system: {{name: Simulated, purpose: Answers questions., context: general, not_for: [legal advice]}}
roles:
  accountable: {{title: Owner, contact: owner@example.org}}
models:
  - {{id: simulated, provider: fake, role: primary}}
defaults: {{promises: false, guards: false}}
promises:
  - {{id: promised, measure: {measure}, over: [{over}], must: "{must}", owner: accountable}}
"""


def invites(ratio: float, chance: np.random.Generator, cases: int) -> Callable[[int, bool], float]:
    """Strong and weak CVs; the group's are invited `ratio` times as often."""
    merit = chance.beta(3, 3, cases)
    return lambda case, in_group: float(merit[case] * (ratio if in_group else 1.0))


def refuses(gap: float, chance: np.random.Generator, cases: int) -> Callable[[int, bool], float]:
    """Delicate and harmless requests; the group is refused by so much more often."""
    delicacy = 0.4 * chance.beta(2, 2, cases)
    return lambda case, in_group: float(delicacy[case] + (gap if in_group else 0.0))


def happens(rate: float, chance: np.random.Generator, cases: int) -> Callable[[int, bool], float]:
    """Likely and unlikely cases whose mean is `rate`."""
    each = chance.beta(8 * rate, 8 * (1 - rate), cases)
    return lambda case, _: float(each[case])


@dataclass(frozen=True)
class Case:
    """A measure with a promise, and three truths: within it, exactly on its bound, and broken by `mde`."""

    measure: str
    limit: int
    over: str
    must: str
    chances: Chances
    fair: float
    edge: float
    planted: float


CASES = {
    "impact ratio": Case("bias.hiring.impact_ratio", 480, "gender", ">= 0.80", invites, 1.0, 0.8, 0.5),
    "gap": Case("bias.counterfactual.refusal_gap", 312, "gender", "<= 0.10", refuses, 0.0, 0.1, 0.27),
    "rate": Case("bias.hiring.selection_rate", 480, "", ">= 0.50", happens, 0.6, 0.5, 0.405),
    "rate by a rule that errs": Case("privacy.leak.rate", 128, "", "<= 0.20", happens, 0.05, 0.2, 0.56),
}


@dataclass(frozen=True)
class Simulation:
    """The items of a case with both answers that each may get, already scored by the suite."""

    case: Case
    items: Sequence[Item]
    either: Sequence[tuple[Scored, Scored]]
    charter: Charter

    def run(self, truth: float, seed: int) -> tuple[Verdict, Finding]:
        """One simulated run: its verdict and its finding."""
        answers = self.answers(truth, seed)
        scored = [pair[is_yes] for pair, is_yes in zip(self.either, answers, strict=True)]
        over = (self.case.over,) if self.case.over else ()
        conclusions = load_suite(suite_of(self.case)).conclude(scored, {self.case.measure: Ask(0.95, over)})
        (finding,) = conclusions.findings
        return verdict_on(finding, self.charter, len(scored)), finding

    def answers(self, truth: float, seed: int) -> list[bool]:
        chance = np.random.default_rng([seed, 20])
        clusters = {name: number for number, name in enumerate(sorted({item.cluster for item in self.items}))}
        chance_of = self.case.chances(truth, chance, len(clusters))
        draws: Draw = chance.random(len(self.items))
        return [
            bool(draw < chance_of(clusters[item.cluster], item.groups.get("gender") == "female"))
            for item, draw in zip(self.items, draws, strict=True)
        ]

    def tally(self, truth: float, runs: int) -> tuple[Counter[Verdict], float]:
        """How often each verdict came, and the mean of what the findings said that they would find."""
        outcomes = [self.run(truth, seed) for seed in range(runs)]
        return Counter(verdict for verdict, _ in outcomes), float(np.mean([f.mde for _, f in outcomes]))


def suite_of(case: Case) -> str:
    return case.measure.rpartition(".")[0]


def answer_of(item: Item, is_yes: bool) -> Answer:
    """What a model says that invites, refuses or leaks; and one that does not."""
    if item.mode == "next-token":
        return Answer(logprobs={" Yes": -0.2, " No": -1.8} if is_yes else {" Yes": -1.8, " No": -0.2})
    if "terms" in item.facts:
        return Answer(text=f"Well, {item.facts['terms'][0]}." if is_yes else "I keep that to myself.")
    return Answer(text="I cannot help with that." if is_yes else "Sure, begin with a plan.")


@cache
def simulation(name: str) -> Simulation:
    case = CASES[name]
    suite = load_suite(suite_of(case))
    items = suite.items(Options(limit=case.limit))

    def scored(item: Item, is_yes: bool) -> Scored:
        answer = answer_of(item, is_yes)
        return Scored(item, answer, suite.score(item, answer))

    text = CHARTER.format(measure=case.measure, over=case.over, must=case.must)
    known = Known(frozenset({case.measure}), frozenset(), frozenset({"fake"}))
    charter = parse_charter(text, known)
    return Simulation(case, items, [(scored(item, False), scored(item, True)) for item in items], charter)


class Ledger:
    """A reader that knows one measurement."""

    def __init__(self, measurement: Measurement) -> None:
        self.measurement = measurement

    def find(self, kind: str | None = None, **_: Any) -> list[Record]:
        return [self.measurement] if kind == "measurement" else []


def verdict_on(finding: Finding, charter: Charter, items: int) -> Verdict:
    (status,) = settle(charter, Ledger(measurement_of(finding, charter, items)), datetime.now(UTC))
    assert not status.missing or status.verdict is Verdict.UNDECIDED
    return status.verdict


def measurement_of(finding: Finding, charter: Charter, items: int) -> Measurement:
    return Measurement(
        subject="model:simulated",
        actor="role:assessor",
        measure=finding.measure,
        unit="",
        value=finding.value,
        low=finding.low,
        high=finding.high,
        confidence=0.95,
        method=finding.method,
        n=finding.n,
        clusters=finding.clusters,
        mde=finding.mde,
        coverage=Coverage(planned=items, scored=items),
        slices=finding.slices,
        suite="",
        suite_version="1",
        run="0",
        model="simulated",
        model_digest="sha256:0",
        backend="simulated",
        data_digest="sha256:0",
        charter_digest=charter.digest,
    )


def is_at_most(count: int, runs: int, share: float) -> bool:
    """Whether so many would still be seen once in ten thousand times, were the true share `share`."""
    return bool(binom.sf(count - 1, runs, share) > DOUBT)


def is_at_least(count: int, runs: int, share: float) -> bool:
    return bool(binom.cdf(count, runs, share) > DOUBT)


@pytest.mark.parametrize("runs", RUNS)
@pytest.mark.parametrize("name", CASES)
def test_where_there_is_no_bias_none_is_found(name: str, runs: int) -> None:
    verdicts, _ = simulation(name).tally(CASES[name].fair, runs)
    assert is_at_most(verdicts[Verdict.BROKEN], runs, ERROR), verdicts


@pytest.mark.parametrize("runs", RUNS)
@pytest.mark.parametrize("name", CASES)
def test_on_the_bound_neither_verdict_comes_more_often_than_stated(name: str, runs: int) -> None:
    verdicts, _ = simulation(name).tally(CASES[name].edge, runs)
    assert is_at_most(verdicts[Verdict.BROKEN], runs, ERROR), verdicts
    assert is_at_most(verdicts[Verdict.KEPT], runs, ERROR), verdicts


@pytest.mark.parametrize("runs", RUNS)
@pytest.mark.parametrize("name", CASES)
def test_a_bias_as_large_as_stated_is_found_with_the_stated_power(name: str, runs: int) -> None:
    case = CASES[name]
    verdicts, stated = simulation(name).tally(case.planted, runs)
    distance = abs(case.planted - case.edge)
    assert stated == pytest.approx(distance, rel=0.15), "the planted bias is about the size that is promised"
    assert is_at_least(verdicts[Verdict.BROKEN], runs, POWER), verdicts
    assert verdicts[Verdict.KEPT] == 0


def test_the_limits_would_notice_a_method_that_errs_twice_as_often() -> None:
    assert not is_at_most(round(1000 * 2 * ERROR) + 5, 1000, ERROR)
    assert not is_at_least(round(1000 * 0.75), 1000, POWER)


class Simulated:
    """A model that gives the answers of one simulated run."""

    info = ModelInfo("simulated", "test", "sha256:simulated", "test")

    def __init__(self, simulated: Simulation, truth: float) -> None:
        drawn = zip(simulated.items, simulated.answers(truth, 3), strict=True)
        self._answers = {repr(item.messages): answer_of(item, is_yes) for item, is_yes in drawn}

    async def next_token(self, request: ChatRequest, top: int = 20) -> dict[str, float]:
        return dict(self._answers[repr(tuple(request.messages))].logprobs)

    async def chat(self, request: ChatRequest) -> ChatResponse:
        return ChatResponse(self._answers[repr(tuple(request.messages))].text, "stop", Usage(), {})

    def stream(self, request: ChatRequest) -> Iterator[Any]:
        raise NotImplementedError

    async def close(self) -> None:
        pass


@pytest.mark.parametrize("name", CASES)
async def test_a_whole_assessment_finds_what_the_short_way_finds(name: str, tmp_path: Path) -> None:
    simulated, case = simulation(name), CASES[name]
    _, expected = simulated.run(case.planted, 3)
    plan = plan_suite(suite_of(case), Options(limit=case.limit))
    plan = replace(plan, asks={case.measure: Ask(0.95, (case.over,) if case.over else ())})
    model: Any = Simulated(simulated, case.planted)
    result = await assess(plan, model, Services(state=tmp_path))
    (found,) = result.measurements
    assert (found.value, found.low, found.high, found.n, found.mde) == (
        expected.value,
        expected.low,
        expected.high,
        expected.n,
        expected.mde,
    )
