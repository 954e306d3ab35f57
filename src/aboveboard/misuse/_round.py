"""One round of the ladder: hits are weighed, alarms climb, time and granted appeals descend."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from aboveboard.evidence.records import MisuseStep
from aboveboard.misuse._alarm import Evidence, is_forgettable, rings, seen
from aboveboard.misuse._observing import Gathered
from aboveboard.misuse._rule import MisuseRule, person_of
from aboveboard.misuse._rungs import Rung, Signal, Standing
from aboveboard.misuse._store import Rows
from aboveboard.misuse._volume import Volume
from aboveboard.values import format_time

GATEWAY = "gateway"
Record = Callable[[MisuseStep], object]
"""Makes a step durable; returns once it is."""


def _nothing(step: MisuseStep) -> None:
    return None


def _nobody(case: str) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Duties:
    """Who is to be told of steps. `record` makes one durable, *before* it is taken; `tell` may open a case;
    `granted` gives the review that agreed with an appeal, by the appeal's case, or an empty text.
    """

    record: Record
    tell: Callable[[MisuseStep], None] = _nothing
    granted: Callable[[str], str] = _nobody


@dataclass(frozen=True, slots=True)
class Round:
    """One look at what happened, within a transaction. `now`: seconds since 1970."""

    rule: MisuseRule
    duties: Duties
    rows: Rows
    now: int
    changed: dict[tuple[str, str], Evidence | None] = field(default_factory=dict)

    def run(self, found: Gathered) -> None:
        holders = sorted({*found.requests, *(holder for holder, _ in found.hits)})
        self._count(found)
        known = self.rows.against(holders)
        for (holder, signal), hits in found.hits.items():
            self._judge(holder, signal, hits, known.get((holder, signal)))
        self.rows.hold_against(self.changed, self.now)
        for standing in self.rows.standings():
            self._look_at(standing)

    def _count(self, found: Gathered) -> None:
        """Adds the requests to their minutes; what that shows joins the hits."""
        volumes = self.rows.volumes(sorted(found.requests))
        for holder, minutes in found.requests.items():
            for minute in sorted(minutes):
                volume = volumes.get(holder) or Volume(minute)
                volumes[holder], hits = volume.judged(minute, minutes[minute], self.rule.volume)
                if hits:
                    found.hits.setdefault((holder, Signal.VOLUME.value), []).extend(hits)
        self.rows.keep_volumes(volumes)

    def _judge(self, holder: str, signal: str, hits: Sequence[bool], known: Evidence | None) -> None:
        """Nothing is kept of whoever has no hit: that is what most people leave behind."""
        share, evidence = self.rule.share(signal), known or Evidence()
        for is_hit in hits:
            if is_hit or not is_forgettable(evidence):
                evidence = seen(evidence, is_hit=is_hit, share=share)
            if rings(evidence, self.rule.false_alarms):
                self._up(holder, signal, evidence)
                evidence = Evidence()
        kept = None if is_forgettable(evidence) else evidence
        if kept or known:
            self.changed[holder, signal] = kept

    def _up(self, holder: str, signal: str, evidence: Evidence) -> None:
        standing = self.rows.standing(holder)
        was = standing.rung if standing else Rung.OFF
        rung = Rung(min(was + 1, max(self.rule.most, was)))
        if rung is Rung.OFF:
            return
        until = self.now + int(self.rule.decay.total_seconds())
        step = _step(
            holder,
            "up",
            (was, rung),
            signal=signal,
            observations=evidence.observations,
            hits=evidence.hits,
            ordinary=self.rule.share(signal),
            false_alarms=self.rule.false_alarms,
            until=_written(until),
        )
        self._take(step, Standing(holder, rung, signal, self.now, until, step.id, _appeal(standing)))

    def _look_at(self, standing: Standing) -> None:
        review = self.duties.granted(standing.appeal) if standing.appeal else ""
        if review:
            self.lift(standing, "an appeal was granted", GATEWAY, review)
        elif standing.until <= self.now:
            self._down(standing)

    def _down(self, standing: Standing) -> None:
        rung, until = Rung(standing.rung - 1), self.now + int(self.rule.decay.total_seconds())
        ends = _written(until) if rung else ""
        step = _step(standing.holder, "down", (standing.rung, rung), until=ends, links=(standing.step,))
        self._take(step, replace(standing, rung=rung, since=self.now, until=until))

    def lift(self, standing: Standing, reason: str, actor: str, review: str = "") -> MisuseStep:
        """Takes somebody off."""
        links = (standing.step, *filter(None, [review]))
        rungs = standing.rung, Rung.OFF
        step = _step(standing.holder, "lifted", rungs, actor=actor, links=links, reason=reason)
        self._take(step, replace(standing, rung=Rung.OFF))
        self.rows.hold_against({(standing.holder, each.value): None for each in Signal}, self.now)
        return step

    def _take(self, step: MisuseStep, standing: Standing) -> None:
        """On record first, then told, then taken: cut off in between there is a record of a step that never
        came to be, and never the reverse.
        """
        self.duties.record(step)
        self.duties.tell(step)
        self.rows.place(standing)


def _appeal(standing: Standing | None) -> str:
    return standing.appeal if standing else ""


def _step(
    holder: str, step: str, rungs: tuple[Rung, Rung], actor: str = GATEWAY, **more: object
) -> MisuseStep:
    was, rung = rungs
    return MisuseStep(
        subject=holder,
        actor=actor,
        data_subject=person_of(holder),
        step=step,  # type: ignore[arg-type]  # one of the three words that the callers write
        rung=rung.label,
        was=was.label,
        **more,  # type: ignore[arg-type]  # names of its fields
    )


def _written(seconds: int) -> str:
    return format_time(datetime.fromtimestamp(seconds, UTC))
