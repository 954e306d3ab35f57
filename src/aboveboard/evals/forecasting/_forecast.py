"""What a run will cost before it asks: requests, tokens, time, money, energy and carbon."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from aboveboard.errors import AboveboardError
from aboveboard.evals._assignment import Assignment
from aboveboard.evals._item import Options
from aboveboard.evals._naming import some_of
from aboveboard.evals._plan import AssessmentPlan
from aboveboard.evals._suite import load_suite
from aboveboard.evals.forecasting._history import History, earlier_runs, recorded_runs
from aboveboard.evals.forecasting._range import NOTHING, Range, total
from aboveboard.evals.forecasting._suite_forecast import (
    Circumstances,
    SuiteForecast,
    forecast_suite,
    unasked,
)
from aboveboard.evals.pages import recorded_timings
from aboveboard.footprint import grid_factor

_MILLION = 1e6


@dataclass(frozen=True, slots=True, kw_only=True)
class RunForecast:
    """A whole run. `money` is in `currency`; `unknown` says of each figure that is None why."""

    suites: tuple[SuiteForecast, ...]
    read: Range | None
    written: Range | None
    seconds: Range | None
    energy_wh: Range | None
    carbon_g: Range | None
    money: Range | None
    currency: str
    grid: str
    unknown: dict[str, str]

    @property
    def known_seconds(self) -> Range:
        """Of the suites of which it is known."""
        return sum((each.seconds for each in self.suites if each.seconds is not None), NOTHING)

    @property
    def requests(self) -> int:
        """Requests that will be made."""
        return sum(each.requests for each in self.suites)

    @property
    def gaps(self) -> dict[str, str]:
        """The suites that will not be asked, each with the reason."""
        return {each.suite: each.left_out for each in self.suites if each.left_out}

    @property
    def held(self) -> int:
        """Requests that the cache answers."""
        return sum(each.held for each in self.suites)


def forecast_run(
    plan: AssessmentPlan, about: Circumstances, assignment: Assignment | None = None
) -> RunForecast:
    """What a plan will cost, by the items of its `assignment` where they are made already. Asks no model,
    fetches nothing, writes nothing.
    """
    suites = _suites(plan, about, assignment)
    read, written = total([each.read for each in suites]), total([each.written for each in suites])
    energy = total([each.energy_wh for each in suites])
    factor = grid_factor(about.grid)
    return RunForecast(
        suites=suites,
        read=read,
        written=written,
        seconds=total([each.seconds for each in suites]),
        energy_wh=energy,
        carbon_g=energy * (factor.g_per_kwh / 1000) if energy else None,
        money=_money(about, read, written),
        currency=about.price.currency if about.price else "",
        grid=factor.label,
        unknown=_unknown(suites, about),
    )


def _suites(
    plan: AssessmentPlan, about: Circumstances, assignment: Assignment | None
) -> tuple[SuiteForecast, ...]:
    histories = _histories(about)
    if assignment is None:
        options = replace(plan.options, may_fetch=False)
        return tuple(_unplanned(name, options, about, histories) for name in plan.suites)
    found = [forecast_suite(name, items, about, histories) for name, items in assignment.items.items()]
    return (*found, *(unasked(name, reason) for name, reason in assignment.left_out.items()))


def _unplanned(
    name: str, options: Options, about: Circumstances, histories: Sequence[History]
) -> SuiteForecast:
    """A suite whose items are not made yet; where its data are missing, what is missing."""
    try:
        items = load_suite(name).items(options)
    except AboveboardError as error:
        return SuiteForecast(suite=name, missing=str(error))
    return forecast_suite(name, items, about, histories)


def _histories(about: Circumstances) -> list[History]:
    """The same model here; else the same weights on the machine whose timings come with the package."""
    recorded = recorded_runs(recorded_timings(), about.info.digest, _modes(about.info.digest))
    return [earlier_runs(about.state, about.info.digest), recorded]


def _modes(model_digest: str) -> dict[str, str]:
    """The mode of each suite that was recorded of a model, told from how its first measure is scored."""
    named = {"generation": "generate", "letter": "likelihood"}
    found = {}
    for name in (
        name for name, each in recorded_timings().suites.items() if each.model_digest == model_digest
    ):
        try:
            scoring = load_suite(name).measures[0].scoring
        except AboveboardError:
            continue
        found[name] = named.get(scoring, scoring)
    return found


def _money(about: Circumstances, read: Range | None, written: Range | None) -> Range | None:
    if about.price is None or read is None or written is None:
        return None
    return read * (about.price.input / _MILLION) + written * (about.price.output / _MILLION)


def _unknown(suites: Sequence[SuiteForecast], about: Circumstances) -> dict[str, str]:
    """Why a figure is not told."""
    missing = [each.suite for each in suites if each.missing]
    never = [each.suite for each in suites if each.seconds is None and not each.missing]
    unmetered = [each.suite for each in suites if each.energy_wh is None]
    reasons = {"money": _no_money(missing, about)} if about.price is None or missing else {}
    if missing:
        reasons["tokens"] = reasons["seconds"] = f"the data of {some_of(missing)} are not here"
    elif never:
        reasons["seconds"] = (
            f"this model was not timed here with {some_of(never)} or the like; "
            "a run with --limit 8 would tell"
        )
    if unmetered:
        reasons["energy"] = reasons.get("seconds", "what an endpoint uses is not seen from here")
    return reasons


def _no_money(missing: Sequence[str], about: Circumstances) -> str:
    if about.info.is_in_process:
        return "nothing is charged: it runs in this process"
    if about.price is None:
        return "unknown: the charter gives no price of this model (models[].price)"
    return f"unknown: the data of {some_of(missing)} are not here"
