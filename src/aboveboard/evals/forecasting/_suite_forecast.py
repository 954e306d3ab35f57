"""What one suite of a run will cost before it asks."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from aboveboard.charter import Price
from aboveboard.evals._ask_likelihoods import NEEDS_LIKELIHOODS
from aboveboard.evals._cache import CACHE, held_keys
from aboveboard.evals._cost import SuiteCost
from aboveboard.evals._item import Item
from aboveboard.evals._requests import Call, plan_calls
from aboveboard.evals._reuse import reusable_since
from aboveboard.evals.forecasting._history import Figure, History, Rate
from aboveboard.evals.forecasting._range import NOTHING, Range
from aboveboard.evals.forecasting._tokens import tokens_read, tokens_written
from aboveboard.footprint import footprint_of
from aboveboard.models import ModelInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What a forecast is made for: a model, where runs and answers are kept, what tokens cost, the grid.

    `tells_likelihoods` is False of a model that certainly tells none of given texts; of an endpoint, only
    asking it would tell. `fresh`: no answer given before is used.
    """

    info: ModelInfo
    state: Path
    price: Price | None = None
    grid: str = "auto"
    tells_likelihoods: bool = True
    fresh: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SuiteForecast:
    """One suite. `held` requests are in the cache already and cost nothing; the rest is about `requests`.

    `read` and `written` are tokens, `seconds` by the clock, `energy_wh` this machine's; None is unknown.
    `basis` says what the time is known from, `missing` why nothing can be told of the suite, `left_out` why
    it will not be asked: it costs nothing, and leaves gaps.
    """

    suite: str
    items: int = 0
    requests: int = 0
    held: int = 0
    read: Range | None = None
    written: Range | None = None
    seconds: Range | None = None
    energy_wh: Range | None = None
    basis: str = ""
    missing: str = ""
    left_out: str = ""


def unasked(name: str, reason: str, items: int = 0) -> SuiteForecast:
    """A suite that will not be asked."""
    return SuiteForecast(
        suite=name,
        items=items,
        read=NOTHING,
        written=NOTHING,
        seconds=NOTHING,
        energy_wh=NOTHING,
        left_out=reason,
    )


def forecast_suite(
    name: str, items: Sequence[Item], about: Circumstances, histories: Sequence[History]
) -> SuiteForecast:
    """What the items of a suite will cost."""
    if not about.tells_likelihoods and any(item.likelihood is not None for item in items):
        return unasked(name, NEEDS_LIKELIHOODS, len(items))
    calls = plan_calls(items, about.info.digest)
    held = _held(calls, about)
    fresh = [call for call in calls if call.key not in held]
    mode = _mode(fresh)
    seconds = _rate(histories, name, mode, lambda cost: cost.seconds) if fresh else None
    return SuiteForecast(
        suite=name,
        items=len(items),
        requests=len(fresh),
        held=len(calls) - len(fresh),
        read=_read(fresh, name, histories),
        written=_written(fresh, name, histories),
        seconds=_times(seconds, len(fresh)),
        energy_wh=_energy(fresh, name, about, histories),
        basis=seconds.basis if seconds else "",
    )


def _held(calls: Sequence[Call], about: Circumstances) -> frozenset[str]:
    if about.fresh:
        return frozenset()
    return held_keys(about.state / CACHE, [call.key for call in calls], reusable_since(about.info))


def _mode(calls: Sequence[Call]) -> str:
    modes = Counter(call.item.mode for call in calls)
    return modes.most_common(1)[0][0] if modes else ""


def _rate(histories: Sequence[History], suite: str, mode: str, of: Figure) -> Rate | None:
    """Of the same suite from the first of the histories that knows; else, given a mode, of those alike."""
    same = [history.rate_of(suite, of) for history in histories]
    alike = [history.rate_by(mode, of) for history in histories] if mode else []
    return next((rate for rate in (*same, *alike) if rate is not None), None)


def _times(rate: Rate | None, requests: int) -> Range | None:
    if not requests:
        return NOTHING
    return rate.each * requests if rate else None


def _read(fresh: Sequence[Call], suite: str, histories: Sequence[History]) -> Range:
    """The bounds are those of the texts; what is expected, what the same suite's requests read before."""
    known = _rate(histories, suite, "", lambda cost: cost.prompt_tokens if _is_counted(cost) else None)
    return _with_expected(tokens_read(fresh), known, len(fresh))


def _written(fresh: Sequence[Call], suite: str, histories: Sequence[History]) -> Range:
    known = _rate(histories, suite, "", lambda cost: cost.completion_tokens if _is_counted(cost) else None)
    return _with_expected(tokens_written(fresh), known, len(fresh))


def _is_counted(cost: SuiteCost) -> bool:
    return cost.counted == cost.requests


def _with_expected(bounds: Range, known: Rate | None, requests: int) -> Range:
    if known is None:
        return bounds
    expected = min(max(known.each.expected * requests, bounds.low), bounds.high)
    return Range(bounds.low, expected, bounds.high)


def _energy(
    fresh: Sequence[Call], suite: str, about: Circumstances, histories: Sequence[History]
) -> Range | None:
    """What the same requests took before; else, in this process, one busy thread for the seconds forecast."""
    if not fresh:
        return NOTHING
    mode = _mode(fresh)
    metered = _rate(histories, suite, mode, lambda cost: cost.energy_wh)
    seconds = _rate(histories, suite, mode, lambda cost: cost.seconds)
    if metered is not None:
        return metered.each * len(fresh)
    if seconds is None or not about.info.is_in_process:
        return None
    watt_hours = footprint_of(1.0, 1.0, 0, about.grid).energy_wh
    return seconds.each * (len(fresh) * watt_hours)
