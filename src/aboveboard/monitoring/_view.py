"""How everything stands that is watched, for people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from aboveboard.monitoring._figure import Figure, GroupFigure
from aboveboard.monitoring._watch import Watch
from aboveboard.monitoring._watches import Unwatched, Watches

State = Literal["watching", "alarm", "unwatched"]


@dataclass(frozen=True, slots=True)
class WatchView:
    """One thing that is watched. `alarm` is the record's id while one stands; then the figure is that of the
    moment when it rang. `reason` says why something is not watched.
    """

    name: str
    measure: str
    must: str
    state: State
    if_broken: str = ""
    figure: Figure | None = None
    groups: Sequence[GroupFigure] = ()
    alarm: str = ""
    since: str = ""
    round: int = 1
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LiveView:
    """All of them; how many probes were asked today, by state, and how many at most; and how many records
    have not been read yet.
    """

    model: str
    model_digest: str
    watches: Sequence[WatchView]
    probes: Mapping[str, int]
    most_probes: int
    behind: int


def view_of(watches: Watches, probes: Mapping[str, int], behind: int) -> LiveView:
    """The view of what is watched, alarms first."""
    shown = [*map(_watch, watches.watches), *map(_unwatched, watches.unwatched)]
    shown.sort(key=lambda each: ("alarm", "watching", "unwatched").index(each.state))
    most = watches.watched.charter.monitoring.probes.most_per_day if watches.attributes else 0
    return LiveView(watches.watched.model, watches.watched.model_digest, shown, probes, most, behind)


def _watch(watch: Watch) -> WatchView:
    promise = watch.subject.promise
    return WatchView(
        name=watch.subject.name,
        measure=watch.subject.measure,
        must=str(promise.must) if promise else "as before",
        state="alarm" if watch.alarm else "watching",
        if_broken=promise.if_broken if promise else "warn",
        figure=watch.stream.figure(),
        groups=watch.stream.groups(),
        alarm=watch.alarm.id if watch.alarm else "",
        since=watch.alarm.time if watch.alarm else "",
        round=watch.round,
    )


def _unwatched(each: Unwatched) -> WatchView:
    promise = each.promise
    return WatchView(
        promise.id, promise.measure, str(promise.must), "unwatched", promise.if_broken, reason=each.reason
    )
