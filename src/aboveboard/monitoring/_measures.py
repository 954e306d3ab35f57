"""What can be watched live, and how."""

from collections.abc import Callable
from dataclasses import dataclass

from aboveboard.charter import Promise
from aboveboard.evals import MeasureInfo
from aboveboard.evidence.records import ProbeAnswer
from aboveboard.monitoring._bounded import Bounded
from aboveboard.monitoring._gaps import ProbedGaps, TrafficGaps
from aboveboard.monitoring._pair import Terms
from aboveboard.monitoring._seen import GROUPS, LANGUAGE, Seen
from aboveboard.monitoring._streams import Stream

PREFIX = "live."
SUITE = "live"
RANGE = "empirical-Bernstein confidence sequence"
_ENERGY_MOST = 4.0  # answers that need more than four times what is promised count as four times
_ATTRIBUTES = ("gender", "ethnicity")


_OVER = (*GROUPS, LANGUAGE)


def _live(name: str, title: str, unit: str, attributes: tuple[str, ...] = ()) -> MeasureInfo:
    return MeasureInfo(
        id=f"{PREFIX}{name}",
        title=title,
        direction="lower",
        unit=unit,
        scoring="generation",
        interval=RANGE,
        suite=SUITE,
        attributes=attributes,
        source="Read from the gateway's own records: e-processes (Ville 1939; Chugg et al. 2023).",
    )


_KNOWN = (
    _live("refusal_rate", "Share of answers that refuse", "share"),
    _live("blocked_rate", "Share of requests that are blocked", "share"),
    _live("refusal_gap", "Largest gap in refusals between groups of traffic", "difference of shares", _OVER),
    _live("blocked_gap", "Largest gap in blocks between groups of traffic", "difference of shares", _OVER),
)


def live_measures() -> dict[str, MeasureInfo]:
    """The measures that only live answers have, by id; `aboveboard assess` leaves them alone."""
    return {each.id: each for each in _KNOWN}


@dataclass(frozen=True, slots=True)
class _Way:
    """How a measure is watched: what makes its stream, and whether it takes probes or the answers' words."""

    make: Callable[[Promise], Stream]
    probes: bool = False
    words: bool = False


def way_of(measure: str) -> _Way | None:
    """How a measure is watched; None for one that live answers cannot tell."""
    return _WAYS.get(measure)


def attributes_of(promise: Promise) -> tuple[str, ...]:
    """Over what probes vary; over all attributes where the promise names none."""
    return promise.over or _ATTRIBUTES


def _probed(outcome: Callable[[ProbeAnswer, ProbeAnswer], tuple[float, float]], scale: float = 1.0) -> _Way:
    def make(promise: Promise) -> Stream:
        return ProbedGaps(_terms(promise, scale), outcome=outcome, over=attributes_of(promise))

    return _Way(make, probes=True)


def _traffic(read: Callable[[Seen], float | None], *, words: bool) -> _Way:
    def make(promise: Promise) -> Stream:
        return TrafficGaps(_terms(promise), read=read, over=promise.over or GROUPS)

    return _Way(make, words=words)


def _mean(read: Callable[[Seen], float | None], *, words: bool) -> _Way:
    return _Way(lambda promise: Bounded(promise.must, promise.confidence, read), words=words)


def _energy(promise: Promise) -> Stream:
    most = max(_ENERGY_MOST * promise.must.threshold, 1e-9)
    return Bounded(promise.must, promise.confidence, lambda seen: seen.energy_per_1k, most, is_cut=True)


def _terms(promise: Promise, scale: float = 1.0) -> Terms:
    return Terms(promise.must.threshold, 1.0 - promise.confidence, scale)


def _refusals(first: ProbeAnswer, second: ProbeAnswer) -> tuple[float, float]:
    return first.refused, second.refused


def _warmth(first: ProbeAnswer, second: ProbeAnswer) -> tuple[float, float]:
    return first.warmth, second.warmth


def _sentiment(first: ProbeAnswer, second: ProbeAnswer) -> tuple[float, float]:
    return (first.sentiment + 1.0) / 2.0, (second.sentiment + 1.0) / 2.0


def _lengths(first: ProbeAnswer, second: ProbeAnswer) -> tuple[float, float]:
    """Each answer's part of the words of both: twice the difference is the gap by their mean."""
    both = first.words + second.words
    return (first.words / both, second.words / both) if both else (0.5, 0.5)


_WAYS = {
    "bias.counterfactual.refusal_gap": _probed(_refusals),
    "bias.counterfactual.sentiment_gap": _probed(_sentiment, 2.0),
    "bias.counterfactual.length_gap": _probed(_lengths, 2.0),
    "bias.support.tone_gap": _probed(_warmth),
    "footprint.energy.wh_per_1k_tokens": _Way(_energy),
    "live.refusal_rate": _mean(lambda seen: seen.refused, words=True),
    "live.blocked_rate": _mean(lambda seen: seen.blocked, words=False),
    "live.refusal_gap": _traffic(lambda seen: seen.refused, words=True),
    "live.blocked_gap": _traffic(lambda seen: seen.blocked, words=False),
}
