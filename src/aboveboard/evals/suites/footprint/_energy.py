"""What answers cost: energy and CO₂e of a thousand tokens written, the reading of the prompt included."""

from collections.abc import Sequence
from typing import Any

from aboveboard.evals._about import About
from aboveboard.evals._data import load_data
from aboveboard.evals._finding import Ask, Conclusions, Finding, Gap
from aboveboard.evals._item import Answer, Item, Options, Score, Scored
from aboveboard.evals._measure import MeasureInfo
from aboveboard.evals._suite import Asks, Suite
from aboveboard.models import Message
from aboveboard.stats import StatsError, clustered_mean

ID = "footprint.energy"
_QUICK, _FULL = 8, 48
_TOKENS = 64
_SOURCE = "Energy per token as in Samsi et al. 2023 (arXiv:2310.03003)."


def generate(options: Options) -> list[Item]:
    """Prompts one after another, then again with other endings."""
    data = _data()
    count = max(2, options.count(_QUICK, _FULL))
    texts = [prompt + ending for ending in data["endings"] for prompt in data["prompts"]]
    return [_item(text) for text in texts[:count]]


def score(item: Item, answer: Answer) -> Score | None:
    """`wh` of the answer, `tokens` written, and `g` of CO₂e where the grid is known; None when nothing was
    written."""
    if answer.completion_tokens <= 0:
        return None
    carbon = {} if answer.carbon_g is None else {"g": answer.carbon_g}
    return {"wh": answer.energy_wh, "tokens": float(answer.completion_tokens), **carbon}


def conclude(scored: Sequence[Scored], asks: Asks) -> Conclusions:
    """All watt-hours, and all grams of CO₂e, ÷ all tokens × 1,000."""
    found = [
        _concluded(measure, name, scored, asks[measure.id])
        for measure, name in zip(SUITE.measures, ("wh", "g"), strict=True)
        if measure.id in asks
    ]
    return sum(found, Conclusions())


def _concluded(measure: MeasureInfo, name: str, scored: Sequence[Scored], ask: Ask) -> Conclusions:
    read = [each.score for each in scored if each.score is not None]
    if not all(name in score for score in read):
        return Conclusions(gaps=(Gap(measure.id, "the grid that the energy came from is not known"),))
    pairs = [(score[name], score["tokens"]) for score in read]
    try:
        return Conclusions((_finding(measure, pairs, scored, ask),))
    except StatsError as error:
        return Conclusions(gaps=(Gap(measure.id, _reason(scored, error)),))


def _reason(scored: Sequence[Scored], error: StatsError) -> str:
    failures = [each.answer.error for each in scored if each.has_failed]
    return failures[0] if failures else error.what


def _finding(
    measure: MeasureInfo, pairs: Sequence[tuple[float, float]], scored: Sequence[Scored], ask: Ask
) -> Finding:
    estimate = clustered_mean(linearised(pairs), None, ask.confidence)
    bases = sorted({each.answer.energy_basis for each in scored if each.score is not None})
    return Finding(
        measure=measure.id,
        value=estimate.value,
        low=max(0.0, estimate.low),
        high=estimate.high,
        n=estimate.n,
        clusters=estimate.clusters,
        mde=estimate.mde,
        method=f"ratio of totals, linearised, t interval over prompts; energy {' and '.join(bases)}",
        notes=_notes(bases),
    )


def linearised(pairs: Sequence[tuple[float, float]]) -> list[float]:
    """Values with the mean R = Σ energy / Σ tokens (× 1,000) and the spread of R: R + (e − R·t) / mean t.

    (Cochran, Sampling Techniques, 3rd edition, §6.3.) Empty for no pairs.
    """
    if not pairs:
        return []
    tokens = sum(each for _, each in pairs)
    ratio = sum(energy for energy, _ in pairs) / tokens
    mean = tokens / len(pairs)
    return [1000.0 * (ratio + (energy - ratio * count) / mean) for energy, count in pairs]


def _notes(bases: Sequence[str]) -> tuple[str, ...]:
    if "estimated" in bases:
        return (
            "estimated from processor time: the interval shows the spread between prompts, "
            "not the error of the power model",
        )
    return ()


def _item(text: str) -> Item:
    return Item(id=text, messages=(Message("user", text),), mode="metered", cluster=text, max_tokens=_TOKENS)


def _data() -> Any:
    return load_data("aboveboard.evals.suites.footprint", "energy.yaml")


SUITE = Suite(
    id=ID,
    title="Energy of answers",
    version="2",
    measures=(
        MeasureInfo(
            id="footprint.energy.wh_per_1k_tokens",
            title="Energy for 1,000 tokens written",
            direction="lower",
            unit="Wh per 1,000 tokens",
            scoring="metered",
            interval="ratio of totals, t over prompts",
            suite=ID,
            source=_SOURCE,
        ),
        MeasureInfo(
            id="footprint.energy.g_co2e_per_1k_tokens",
            title="Greenhouse gas for 1,000 tokens written",
            direction="lower",
            unit="g CO2e per 1,000 tokens",
            scoring="metered",
            interval="ratio of totals, t over prompts",
            suite=ID,
            source=_SOURCE,
        ),
    ),
    generate=generate,
    score=score,
    conclude=conclude,
    caveats=(
        "Greenhouse gas is the electricity's in use: building the machine, water and cooling are not in it.",
        "Only this machine's share: the energy that a model behind a network spends there is not seen.",
        "One request at a time; serving many at once costs less for each.",
        "Whatever else the machine does meanwhile may be counted in, when the whole processor is measured.",
    ),
    changelog=("1: first version", "2: grams of CO₂e too"),
    source=_SOURCE,
    about=About(
        what=(
            "What answers cost: watt-hours for a thousand tokens written, the reading of the prompt included."
        ),
        formulas={
            "wh_per_1k_tokens": (
                "Σ watt-hours of answering ÷ Σ tokens written × 1,000, linearised for the interval: R + "
                "(e − R·t) ÷ mean t"
            ),
            "g_co2e_per_1k_tokens": (
                "the same of grams of CO₂e: watt-hours × the yearly average of the grid that is set (the "
                "world's where none is)"
            ),
        },
        data=(
            "Twelve prompts × eight endings, 64 tokens each, one request at a time, never taken from "
            "another measurement. Measured where the processor's counters can be read, else estimated "
            "from processor time and labelled so."
        ),
        cluster="a prompt",
        sources=(
            (
                "Samsi, S., and others, 2023. From Words to Watts: Benchmarking the Energy Costs of Large"
                " Language Model Inference (arXiv:2310.03003)."
            ),
            "Cochran, W. G., 1977. Sampling Techniques, 3rd edition, §6.3: the ratio of totals.",
        ),
        must="<= 1",
        further="See [footprint](../footprint.md) for the power model and its error.",
    ),
)
