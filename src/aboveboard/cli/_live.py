"""Live promises under a charter: what is watched, what follows from an alarm, and what is told about it."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aboveboard.cases import Cases, CaseStatus
from aboveboard.charter import Charter
from aboveboard.evidence import Evidence
from aboveboard.evidence.records import Alarm, Footprint, Review
from aboveboard.monitoring import Monitor, MonitoringStore, Ruling, watches_of

if TYPE_CHECKING:
    from aboveboard.footprint import CpuShares
    from aboveboard.gateway import Gauge
    from aboveboard.monitoring import LiveView, WatchView

LIVE_PROMISE, DRIFT = "live-promise", "drift"
_ENDED = ("mitigated", "unfounded")


@dataclass(frozen=True, slots=True)
class CaseConsequences:
    """An alarm opens an incident; deciding it as dealt with, or as nothing, lifts the alarm."""

    cases: Cases
    evidence: Evidence
    open_incident: Callable[..., str]
    noticed: Callable[[], None] = lambda: None

    def raised(self, alarm: Alarm) -> None:
        self.noticed()
        if not self.cases.of_records([alarm.id]):
            category = LIVE_PROMISE if alarm.promise else DRIFT
            self.open_incident(category=category, decision=alarm.id, data_subject="")

    def ruling(self, alarm: Alarm) -> Ruling | None:
        decided = (self.cases.get(each) for each in self.cases.of_records([alarm.id]))
        case = next((each for each in decided if each.outcome in _ENDED), None)
        review = self.evidence.reader.get(case.review) if case and case.review else None
        return Ruling(review.id, review.actor, review.reason) if isinstance(review, Review) else None

    def waiting(self, alarm: Alarm) -> str:
        """The case of an alarm that nobody has decided yet; empty when there is none."""
        found = (self.cases.get(each) for each in self.cases.of_records([alarm.id]))
        return next((each.id for each in found if each.status is CaseStatus.OPEN), "")


def monitor_of(
    charter: Charter, digest: str, store: MonitoringStore, consequences: CaseConsequences
) -> Monitor:
    """The monitor of what a charter has watched, of its primary model with these weights."""
    evidence = consequences.evidence
    return Monitor(watches_of(charter, digest), store, evidence.reader, evidence.recorder, consequences)


@dataclass(frozen=True, slots=True)
class ProbeCost:
    """What a probe costs: its share of this process's CPU, as of any answer."""

    cpu: "CpuShares"
    footprint: Callable[..., Footprint]

    @contextmanager
    def metered(self, tokens: Callable[[], int]) -> Iterator[list[Footprint]]:
        began, share, found = time.perf_counter(), self.cpu.enter(), list[Footprint]()
        used = 0.0
        try:
            yield found
        finally:
            used = self.cpu.leave(share)
        seconds = time.perf_counter() - began
        found.append(self.footprint(cpu_seconds=used, seconds=seconds, tokens=tokens()))


def live_gauges(view: "Callable[[], LiveView | None]") -> "tuple[Gauge, ...]":
    """What a monitor knows, for Prometheus; nothing where nothing is watched."""
    from aboveboard.gateway import Gauge

    return (
        Gauge(
            "aboveboard_live_watches",
            "Live promises and figures by state: watching, alarm, unwatched.",
            lambda: _states(view()),
            ("state",),
        ),
        Gauge(
            "aboveboard_live_evidence",
            "Evidence against what is watched, as a part of what rings the alarm.",
            lambda: _evidence(view()),
            ("watch",),
        ),
        Gauge("aboveboard_live_behind", "Records that the monitor has not read.", lambda: _behind(view())),
        Gauge(
            "aboveboard_probes",
            "Probes of today by state: waiting, taken, done.",
            lambda: _probes(view()),
            ("state",),
        ),
    )


def _states(view: "LiveView | None") -> Mapping[tuple[str, ...], float]:
    return {(state,): count for state, count in Counter(each.state for each in _shown(view)).items()}


def _evidence(view: "LiveView | None") -> Mapping[tuple[str, ...], float]:
    return {(each.name,): each.figure.evidence / each.figure.at for each in _shown(view) if each.figure}


def _behind(view: "LiveView | None") -> float | None:
    return view.behind if view else None


def _probes(view: "LiveView | None") -> Mapping[tuple[str, ...], float]:
    return {(state,): count for state, count in view.probes.items()} if view else {}


def _shown(view: "LiveView | None") -> "Sequence[WatchView]":
    return view.watches if view else ()
