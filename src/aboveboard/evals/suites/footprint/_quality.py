"""Quality for its price: right answers to short questions, for each kilojoule that answering took."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from aboveboard.evals._about import About
from aboveboard.evals._data import load_data
from aboveboard.evals._finding import Ask, Conclusions, Gap
from aboveboard.evals._item import Answer, Item, Options, Score, Scored
from aboveboard.evals._measure import MeasureInfo
from aboveboard.evals._suite import Asks, Suite
from aboveboard.evals.estimates import conclude_rate, rows_of
from aboveboard.evals.suites._sampling import sample
from aboveboard.evals.suites.footprint._ratio import error_of, finding_of, linearised
from aboveboard.evals.suites.footprint._reading import is_said
from aboveboard.evals.suites.footprint._spent import bases_of, energy_notes, energy_of, why_none
from aboveboard.models import Message
from aboveboard.stats import (
    Estimate,
    Interval,
    StatsError,
    TooFewError,
    UndefinedError,
    clustered_mean,
    clustered_proportion,
)

ID = "footprint.quality"
_QUICK, _FULL = 32, 60
_TOKENS = 16
_KILOJOULES_PER_WH = 3.6
_PROMPT = "Answer with one word or number, nothing else.\n{ask}"
_SOURCE = "Quality per joule after Schwartz et al. 2020, Green AI (arXiv:1907.10597). Questions are our own."
_METHOD = "ratio of totals, linearised, t interval, or the exact one of the share right where that is wider"


def generate(options: Options) -> list[Item]:
    """Questions of each kind in turn, after two that are answered."""
    data = _data()
    strata = [[_item(data, kind, each) for each in cases] for kind, cases in data["questions"].items()]
    return sample(strata, max(2, options.count(_QUICK, _FULL)), options.seed)


def score(item: Item, answer: Answer) -> Score | None:
    """`right` (1 or 0) and the `wh` it took; None when nothing was written."""
    if answer.completion_tokens <= 0:
        return None
    return {"right": float(is_said(item.target, answer.text)), "wh": answer.energy_wh}


def conclude(scored: Sequence[Scored], asks: Asks) -> Conclusions:
    """Σ right ÷ Σ kilojoules, and the share of questions answered right."""
    per_energy, accuracy = SUITE.measures
    result = Conclusions()
    if per_energy.id in asks:
        result += _per_kilojoule(scored, asks[per_energy.id])
    if accuracy.id in asks:
        result += conclude_rate(accuracy, rows_of(scored, "right"), asks[accuracy.id])
    return result


def _per_kilojoule(scored: Sequence[Scored], ask: Ask) -> Conclusions:
    measure = SUITE.measures[0]
    answers = [each.answer for each in scored if each.score is not None]
    try:
        estimate = right_for_energy(kilojoules_of(scored), ask.confidence)
    except StatsError as error:
        return Conclusions(gaps=(Gap(measure.id, why_none(scored, error.what)),))
    spent = error_of([energy_of(each) for each in answers])
    found = finding_of(measure, estimate, spent.inverse(), energy_notes(answers))
    return Conclusions((replace(found, method=f"{_METHOD}; energy {' and '.join(bases_of(answers))}"),))


def kilojoules_of(scored: Sequence[Scored]) -> list[tuple[float, float]]:
    """Of each answer that was read: right or not, and the kilojoules it took."""
    return [
        (each.score["right"], each.score["wh"] * _KILOJOULES_PER_WH)
        for each in scored
        if each.score is not None
    ]


def right_for_energy(pairs: Sequence[tuple[float, float]], confidence: float) -> Estimate:
    """Σ right ÷ Σ kilojoules with the wider of two intervals at either end.

    The linearised ratio's knows how the energies vary; that of the share right, over the mean energy, still
    holds where all or none are right and the ratio would seem certain. Raises StatsError where there are too
    few answers, or they took no energy.
    """
    if len(pairs) < 2:
        raise TooFewError(f"{len(pairs)} answers were read: a ratio needs two", cure="ask more questions")
    mean = sum(spent for _, spent in pairs) / len(pairs)
    if mean <= 0:
        raise UndefinedError(
            "no energy was counted", cure="give a meter that counts, or an endpoint that does"
        )
    share = clustered_proportion([right for right, _ in pairs], None, confidence)
    low, high = share.low / mean, share.high / mean
    value, mde = share.value / mean, share.mde / mean
    try:
        ratio = clustered_mean(linearised(pairs), None, confidence)
        low, high, mde = min(low, ratio.low), max(high, ratio.high), max(mde, ratio.mde)
    except UndefinedError:  # no spread at all: none are right, or all are and took the same
        pass
    return Estimate(value, Interval(low, high, confidence, _METHOD), share.n, share.clusters, mde)


def _item(data: Any, kind: str, case: Mapping[str, str]) -> Item:
    messages: list[Message] = []
    for ask, answer in data["examples"]:
        messages += [Message("user", _PROMPT.format(ask=ask)), Message("assistant", answer)]
    return Item(
        id=case["ask"],
        messages=(*messages, Message("user", _PROMPT.format(ask=case["ask"]))),
        mode="metered",
        cluster=case["ask"],
        groups={"kind": kind},
        max_tokens=_TOKENS,
        target=case["answer"],
    )


def _data() -> Any:
    return load_data("aboveboard.evals.suites.footprint", "quality.yaml")


SUITE = Suite(
    id=ID,
    title="Right answers for the energy they take",
    version="1",
    measures=(
        MeasureInfo(
            id=f"{ID}.right_per_kilojoule",
            title="Right answers for a kilojoule",
            direction="higher",
            unit="right answers per kJ",
            scoring="metered",
            interval="ratio of totals, t over questions, times the error of the energy",
            suite=ID,
            source=_SOURCE,
        ),
        MeasureInfo(
            id=f"{ID}.accuracy",
            title="Share of short questions answered right",
            direction="higher",
            unit="share",
            scoring="generation",
            interval="clustered by question",
            suite=ID,
            attributes=("kind",),
            source=_SOURCE,
        ),
    ),
    generate=generate,
    score=score,
    conclude=conclude,
    caveats=(
        "Sixty easy questions in English: a large model answers nearly all of them, and is then told from "
        "others by its energy alone. What it can do beyond them is not seen.",
        "An answer counts when its first line begins with what is asked for and gives no second answer, ends "
        "with it, or says this number and no other; right words elsewhere, or a long way round, are wrong.",
        "Compare models on one machine: energy is this machine's, estimated or measured, and the examples "
        "before each question are read once where the model keeps what it has read.",
    ),
    changelog=("1: first version",),
    source=_SOURCE,
    about=About(
        what=(
            "How many short questions are answered right for a kilojoule: a model that needs a tenth of the "
            "energy for the same answers is the better one to use for them."
        ),
        formulas={
            "right_per_kilojoule": (
                "Σ right answers ÷ Σ kilojoules of answering, reading the question included; linearised "
                "for the interval, R + (r − R·e) ÷ mean e, or exact where that is wider; times ½ and 2 at "
                "the ends where energy is estimated"
            ),
            "accuracy": "the share of questions answered right",
        },
        data=(
            "Fifteen questions each of arithmetic in words, plain facts, spelling and sorting, after two "
            "worked examples; one request at a time, at most 16 tokens, never taken from another "
            "suite; asked once, and with `--fresh` again. The first line is read exactly: words, and "
            "numbers in figures or words."
        ),
        cluster="a question",
        sources=(
            "Schwartz, R., and others, 2020. Green AI. Communications of the ACM 63:12 (arXiv:1907.10597).",
            "Cochran, W. G., 1977. Sampling Techniques, 3rd edition, §6.3: the ratio of totals.",
        ),
        must=">= 100",
        further="See [footprint](../footprint.md) for the power model and its error.",
    ),
)
