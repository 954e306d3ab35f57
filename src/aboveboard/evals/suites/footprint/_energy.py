"""What answers cost: energy, CO₂e and water of a thousand tokens written, the prompt's reading included."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from aboveboard.evals._about import About
from aboveboard.evals._data import load_data
from aboveboard.evals._finding import Ask, Conclusions, Gap
from aboveboard.evals._item import Answer, Item, Options, Score, Scored
from aboveboard.evals._measure import MeasureInfo
from aboveboard.evals._suite import Asks, Suite
from aboveboard.evals.suites.footprint._ratio import METHOD, error_of, finding_of, linearised
from aboveboard.evals.suites.footprint._spent import bases_of, energy_notes, energy_of, why_none
from aboveboard.footprint import Span
from aboveboard.models import Message
from aboveboard.stats import StatsError, clustered_mean

ID = "footprint.energy"
_QUICK, _FULL = 8, 48
_TOKENS = 64
_SOURCE = "Energy per token as in Samsi et al. 2023 (arXiv:2310.03003)."
_NAMES = ("wh", "g", "ml", "embodied_g")
_NO_GRID = "the grid that the energy came from is not known"
_UNKNOWN = {
    "g": _NO_GRID,
    "ml": f"{_NO_GRID}, or the answers were measured by an earlier version (`--fresh` asks again)",
    "embodied_g": (
        "the machine that answered is not known, or the answers were measured by an earlier version "
        "(`--fresh` asks again)"
    ),
}
_NOTES = {
    "ml": (
        "water is estimated by the kinds of power stations in the country; how each is cooled, and what its "
        "reservoir evaporates, is not known: the interval covers the kinds there are",
    ),
    "embodied_g": (
        "estimated by the processor time's share of the machine's life; what `footprint.hardware` does not "
        "state is taken from machines at large, and the interval covers them",
    ),
}


def generate(options: Options) -> list[Item]:
    """Prompts one after another, then again with other endings."""
    data = _data()
    count = max(2, options.count(_QUICK, _FULL))
    texts = [prompt + ending for ending in data["endings"] for prompt in data["prompts"]]
    return [_item(text) for text in texts[:count]]


def score(item: Item, answer: Answer) -> Score | None:
    """`wh` of the answer, `tokens` written, and where they are known `g` of CO₂e, `ml` of water and the
    `embodied_g` of the machine's making. None when nothing was written. An endpoint that counts more tokens
    than it was allowed wrote no more."""
    if answer.completion_tokens <= 0:
        return None
    known = {"tokens": float(min(answer.completion_tokens, item.max_tokens)), "wh": answer.energy_wh}
    if answer.carbon_g is not None:
        known["g"] = answer.carbon_g
    if answer.water_ml is not None:
        known["ml"] = answer.water_ml.likely
    if answer.embodied_g is not None:
        known["embodied_g"] = answer.embodied_g.likely
    return known


def conclude(scored: Sequence[Scored], asks: Asks) -> Conclusions:
    """All watt-hours, grams and millilitres, each ÷ all tokens × 1,000."""
    found = [
        _concluded(measure, name, scored, asks[measure.id])
        for measure, name in zip(SUITE.measures, _NAMES, strict=True)
        if measure.id in asks
    ]
    return sum(found, Conclusions())


def _concluded(measure: MeasureInfo, name: str, scored: Sequence[Scored], ask: Ask) -> Conclusions:
    read = [(each.score, each.answer) for each in scored if each.score is not None]
    if not all(name in score for score, _ in read):
        return Conclusions(gaps=(Gap(measure.id, _UNKNOWN[name]),))
    pairs = [(score[name], score["tokens"] / 1000.0) for score, _ in read]
    try:
        estimate = clustered_mean(linearised(pairs), None, ask.confidence)
    except StatsError as error:
        return Conclusions(gaps=(Gap(measure.id, why_none(scored, error.what)),))
    answers = [answer for _, answer in read]
    notes = _NOTES.get(name, ()) + (() if name == "embodied_g" else energy_notes(answers))
    found = finding_of(measure, estimate, error_of([_span(name, each) for each in answers]), notes)
    return Conclusions((replace(found, method=f"{METHOD}; energy {' and '.join(bases_of(answers))}"),))


def _span(name: str, answer: Answer) -> Span:
    """Between what a figure of an answer lies. A grid's grams are its yearly average, taken as it is."""
    known = {"ml": answer.water_ml, "embodied_g": answer.embodied_g}.get(name)
    return known or energy_of(answer)


def _item(text: str) -> Item:
    return Item(id=text, messages=(Message("user", text),), mode="metered", cluster=text, max_tokens=_TOKENS)


def _measure(name: str, title: str, unit: str) -> MeasureInfo:
    return MeasureInfo(
        id=f"{ID}.{name}",
        title=title,
        direction="lower",
        unit=unit,
        scoring="metered",
        interval="ratio of totals, t over prompts, times the error of what was counted",
        suite=ID,
        source=_SOURCE,
    )


def _data() -> Any:
    return load_data("aboveboard.evals.suites.footprint", "energy.yaml")


SUITE = Suite(
    id=ID,
    title="Energy of answers",
    version="3",
    measures=(
        _measure("wh_per_1k_tokens", "Energy for 1,000 tokens written", "Wh per 1,000 tokens"),
        _measure(
            "g_co2e_per_1k_tokens", "Greenhouse gas for 1,000 tokens written", "g CO2e per 1,000 tokens"
        ),
        _measure("ml_water_per_1k_tokens", "Water for 1,000 tokens written", "ml per 1,000 tokens"),
        _measure(
            "embodied_g_co2e_per_1k_tokens",
            "Greenhouse gas of the machine's making for 1,000 tokens written",
            "g CO2e per 1,000 tokens",
        ),
    ),
    generate=generate,
    score=score,
    conclude=conclude,
    caveats=(
        "Greenhouse gas is the electricity's in use; the machine's making is a measure of its own, and the "
        "power and the making of what cools and connects it are in neither.",
        "Water is what power stations and cooling evaporate, all of a reservoir's counted as the power's; "
        "whether it is scarce there is not told, and making the machine took water too.",
        "Only this machine's share: the energy that a model behind a network spends there is not seen.",
        "One request at a time; serving many at once costs less for each.",
        "Whatever else the machine does meanwhile may be counted in, when the whole processor is measured.",
    ),
    changelog=(
        "1: first version",
        "2: grams of CO₂e too",
        "3: water and the machine's making too; intervals reach over the error of the power model; the "
        "weights are read before the first answer",
    ),
    source=_SOURCE,
    about=About(
        what=(
            "What answers cost: watt-hours, greenhouse gas and water for a thousand tokens written, the "
            "reading of the prompt included, and their share of the machine's making."
        ),
        formulas={
            "wh_per_1k_tokens": (
                "Σ watt-hours of answering ÷ Σ tokens written × 1,000, linearised for the interval: R + "
                "(e − R·t) ÷ mean t; times ½ and 2 at the ends where energy is estimated"
            ),
            "g_co2e_per_1k_tokens": (
                "the same of grams of CO₂e: watt-hours × the yearly average of the grid that is set (the "
                "world's where none is)"
            ),
            "ml_water_per_1k_tokens": (
                "the same of millilitres of fresh water consumed: watt-hours × the grid's litres per "
                "kilowatt-hour + watt-hours ÷ PUE × the charter's `footprint.wue`; the ends times the error "
                "of energy and grid"
            ),
            "embodied_g_co2e_per_1k_tokens": (
                "the same of grams of CO₂e of the machine's making: processor hours × grams of one hardware "
                "thread ÷ (hours of life × share at work); the ends times the error of all three"
            ),
        },
        data=(
            "Twelve prompts × eight endings, 64 tokens each, one request at a time, never taken from "
            "another suite; asked once, and with `--fresh` again. Measured where the processor's counters "
            "can be read, else estimated from processor time and labelled so."
        ),
        cluster="a prompt",
        sources=(
            (
                "Samsi, S., and others, 2023. From Words to Watts: Benchmarking the Energy Costs of Large"
                " Language Model Inference (arXiv:2310.03003)."
            ),
            "Cochran, W. G., 1977. Sampling Techniques, 3rd edition, §6.3: the ratio of totals.",
            (
                "Li, P., and others, 2023. Making AI Less Thirsty: Uncovering and Addressing the Secret "
                "Water Footprint of AI Models (arXiv:2304.03271)."
            ),
            (
                "Macknick, J., and others, 2012. Operational water consumption and withdrawal factors for "
                "electricity generating technologies. Environmental Research Letters 7:045802."
            ),
            "ISO/IEC 21031:2024. Software Carbon Intensity (SCI) specification.",
        ),
        must="<= 1",
        further="See [footprint](../footprint.md) for the power model, grids and machines, and their errors.",
    ),
)
