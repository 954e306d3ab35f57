"""What a suite's page tells, drawn from the suite itself."""

from collections.abc import Mapping
from dataclasses import dataclass

from aboveboard.errors import AboveboardError
from aboveboard.evals._about import About
from aboveboard.evals._item import Item, Options
from aboveboard.evals._measure import MeasureInfo
from aboveboard.evals._requests import describe_messages
from aboveboard.evals._suite import Suite
from aboveboard.evals.pages._timings import Recorded, Timing, recorded_timings

UNTOLD = "The suite does not say."

_LONGEST = 400
_MOST_TURNS = 6
_BOUNDS = {"higher": ">= 0.9", "lower": "<= 0.1", "zero": "<= 0.1", "parity": ">= 0.8"}


@dataclass(frozen=True, slots=True)
class Turn:
    """A part of an example: who says it (or what it is), and its shortened text."""

    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Sizes:
    """Requests in the profiles."""

    quick: int
    full: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SuiteFacts:
    """One suite as its page shows it. `sizes` and `example` are None where the data are not at hand and the
    suite does not tell; `timing` where it was never timed in this version. `promise` is a bound on the first
    of the measures.
    """

    id: str
    title: str
    version: str
    what: str
    measures: tuple[MeasureInfo, ...]
    formulas: Mapping[str, str]
    data: str
    needs: str
    sizes: Sizes | None
    cluster: str
    licence: str
    example: tuple[Turn, ...]
    target: str
    is_invented: bool
    promise: str
    caveats: tuple[str, ...]
    sources: tuple[str, ...]
    changelog: tuple[str, ...]
    timing: Timing | None
    further: str

    @property
    def family(self) -> str:
        """What stands before the first dot of its name."""
        return self.id.split(".", 1)[0]


def facts_of(suite: Suite, recorded: Recorded | None = None) -> SuiteFacts:
    """The facts of a suite, ours or anybody's. Makes its items to count them, unless it tells its sizes."""
    about = suite.about or About(what=suite.title)
    item = _example(suite, about)
    return SuiteFacts(
        id=suite.id,
        title=suite.title,
        version=suite.version,
        what=about.what or UNTOLD,
        measures=suite.measures,
        formulas={each.id: about.formulas.get(each.id.rsplit(".", 1)[1], UNTOLD) for each in suite.measures},
        data=about.data or UNTOLD,
        needs=about.needs if suite.about else UNTOLD,
        sizes=Sizes(*about.sizes) if about.sizes else _counted(suite),
        cluster=about.cluster or UNTOLD,
        licence=suite.licence,
        example=_turns(item) if item else (),
        target=shortened(item.target) if item else "",
        is_invented=about.example is not None,
        promise=about.must or _BOUNDS[suite.measures[0].direction],
        caveats=suite.caveats,
        sources=about.sources or (suite.source or UNTOLD,),
        changelog=suite.changelog,
        timing=_timing(suite, recorded or recorded_timings()),
        further=about.further.strip(),
    )


def shortened(text: str) -> str:
    """At most _LONGEST characters, the rest as an ellipsis."""
    return text if len(text) <= _LONGEST else text[:_LONGEST].rstrip() + " …"


def _counted(suite: Suite) -> Sizes | None:
    try:
        return Sizes(len(suite.items(Options(profile="quick"))), len(suite.items(Options(profile="full"))))
    except AboveboardError:
        return None


def _example(suite: Suite, about: About) -> Item | None:
    """An invented item where the suite has one, so that no data are repeated; else the first planned one."""
    if about.example is not None:
        return about.example()
    try:
        return next(iter(suite.items(Options())), None)
    except AboveboardError:
        return None


def _turns(item: Item) -> tuple[Turn, ...]:
    turns = [Turn(each["role"], shortened(each["content"])) for each in describe_messages(item)]
    turns = [turn for turn in turns if turn.text]
    left = len(turns) - _MOST_TURNS
    if left <= 1:
        return tuple(turns)
    if item.likelihood is not None:
        return (*turns[:_MOST_TURNS], Turn("…", f"and {left} more"))
    return (*turns[: _MOST_TURNS - 2], Turn("…", f"{left} turns"), *turns[-2:])


def _timing(suite: Suite, recorded: Recorded) -> Timing | None:
    found = recorded.suites.get(suite.id)
    return found if found is not None and found.version == suite.version else None
