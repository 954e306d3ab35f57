"""The same question with a slip of the pen, or in other words: does the answer stay the same?"""

from collections.abc import Mapping, Sequence

from aboveboard.evals._about import About
from aboveboard.evals._finding import Conclusions, Gap, Lost
from aboveboard.evals._item import Item, Options, Scored
from aboveboard.evals._measure import MeasureInfo
from aboveboard.evals._suite import Asks, Suite
from aboveboard.evals.estimates import Row, conclude_rate
from aboveboard.evals.suites._sampling import sample
from aboveboard.evals.suites._two_answers import PROMPT, facts, messages, score_right
from aboveboard.evals.suites._yes_no import mass_note
from aboveboard.evals.suites.robustness._perturbations import PARAPHRASES, PERTURBATIONS

ID = "robustness.perturbation"
_KINDS = (*PERTURBATIONS, *PARAPHRASES)
_QUICK, _FULL = 126, 900
_SOURCE = "Perturbation stability after Ribeiro et al. 2020, CheckList (arXiv:2005.04118). Facts are our own."


def generate(options: Options) -> list[Item]:
    """Facts, each plainly and under every change."""
    known = facts("easy", "more")
    count = max(1, options.count(_QUICK, _FULL) // (1 + len(_KINDS)))
    chosen = sample([range(len(known))], count, options.seed)
    return [_item(known[number], kind, number % 2 == 0) for number in chosen for kind in ("", *_KINDS)]


def conclude(scored: Sequence[Scored], asks: Asks) -> Conclusions:
    """The share of changed questions that are answered otherwise than the plain one, clustered by fact."""
    measure = SUITE.measures[0]
    if measure.id not in asks:
        return Conclusions()
    rows = changes(scored)
    if not rows:
        return Conclusions(gaps=(Gap(measure.id, "no question was read both plainly and changed"),))
    ask = asks[measure.id].losing(lost_changes(scored))
    return conclude_rate(measure, rows, ask).noted(_accuracy(scored), mass_note(scored))


def changes(scored: Sequence[Scored]) -> list[Row]:
    """One row for each change of a question that was read plainly too: 1 when the decision differs."""
    right = {
        (each.item.cluster, each.item.facts["kind"]): each.score["p_right"] > 0.5
        for each in scored
        if each.score is not None
    }
    return [
        Row(float(now != right[fact, ""]), fact, {"perturbation": kind})
        for (fact, kind), now in sorted(right.items())
        if kind and (fact, "") in right
    ]


def lost_changes(scored: Sequence[Scored]) -> list[Lost]:
    """The rows that are missing: of a fact that could not be read plainly, all of them."""
    asked = {(each.item.cluster, each.item.facts["kind"]): each.score is None for each in scored}
    return [
        Lost(fact, {"perturbation": kind})
        for (fact, kind), is_lost in asked.items()
        if kind and (is_lost or asked.get((fact, ""), False))
    ]


def _accuracy(scored: Sequence[Scored]) -> str:
    shares = []
    for name, is_plain in (("plainly", True), ("changed", False)):
        read = [
            s.score["p_right"] > 0.5 for s in scored if s.score and (not s.item.facts["kind"]) == is_plain
        ]
        shares.append(f"{sum(read)} of {len(read)} right when asked {name}")
    return "; ".join(shares)


def _item(fact: Mapping[str, str], kind: str, is_right_first: bool) -> Item:
    answers = (fact["right"], fact["wrong"]) if is_right_first else (fact["wrong"], fact["right"])
    template = PARAPHRASES.get(kind, PROMPT)
    question = PERTURBATIONS[kind](fact["question"]) if kind in PERTURBATIONS else fact["question"]
    return Item(
        id=f"{fact['question']}|{kind or 'plain'}",
        messages=messages(template.format(question=question, a=answers[0], b=answers[1])),
        mode="next-token",
        cluster=fact["question"],
        groups={"perturbation": kind} if kind else {},
        choices=(fact["right"], fact["wrong"]),
        target=fact["right"],
        facts={"kind": kind},
    )


SUITE = Suite(
    id=ID,
    title="Robustness: slips of the pen and other words",
    version="1",
    measures=(
        MeasureInfo(
            id=f"{ID}.changed",
            title="Share of answers that change with a change that leaves the meaning alone",
            direction="lower",
            unit="share",
            scoring="next-token",
            interval="clustered by fact",
            suite=ID,
            attributes=("perturbation",),
            source=_SOURCE,
        ),
    ),
    generate=generate,
    score=score_right,
    conclude=conclude,
    caveats=(
        "Facts with two answers; a model that always answers the same, right or wrong, is perfectly stable: "
        "read it with the accuracy in the notes.",
        "Eight changes of short questions in English; the answers to choose from are never changed.",
        "A model that takes the answer named first is stable under all changes but the order.",
    ),
    changelog=("1: first version",),
    source=_SOURCE,
    about=About(
        what="The same question with slips of the pen or in other words: does the answer stay?",
        formulas={
            "changed": "the share of questions answered otherwise than when asked plainly",
        },
        data=(
            "A hundred facts, plainly and under eight changes: a letter swapped or lost, capitals, small "
            "letters, more spaces, another order, other words; from the next token."
        ),
        cluster="a fact",
        sources=(
            (
                "Ribeiro, M. T., and others, 2020. Beyond Accuracy: Behavioral Testing of NLP Models with"
                " CheckList (arXiv:2005.04118)."
            ),
        ),
    ),
)
