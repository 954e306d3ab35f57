"""What a report says, typed, before it has any form."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from markupsafe import Markup

from aboveboard.charter import Charter
from aboveboard.documents._plots import Plot, interval_plot
from aboveboard.evidence import PromiseStatus
from aboveboard.evidence.records import Measurement, PreRegistration
from aboveboard.values import format_time

ORDER = {"broken": 0, "undecided": 1, "kept": 2}


@dataclass(frozen=True, slots=True)
class LogFacts:
    """The state of the ledger when the document was drawn."""

    origin: str
    size: int
    root: str
    vkey: str
    witnesses: tuple[str, ...] = ()

    @property
    def witnessed(self) -> bool:
        """Two independent witnesses, or it is not called witnessed."""
        return len(self.witnesses) >= 2


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the document is drawn from: everything a number in it can be traced to."""

    statuses: Sequence[PromiseStatus]
    measurements: Sequence[Measurement]
    registrations: Sequence[PreRegistration]
    log: LogFacts
    indexes: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DocumentContext:
    """A charter, the evidence on it, and the moment of drawing."""

    charter: Charter
    evidence: Evidence
    drawn: datetime

    @property
    def drawn_text(self) -> str:
        return format_time(self.drawn)

    @property
    def backends(self) -> list[str]:
        """What was really asked: the weights in this process, or an endpoint by its address."""
        return sorted({each.backend for each in self.evidence.measurements})

    @property
    def promises(self) -> list[PromiseStatus]:
        """Gaps first: broken, then undecided, then kept."""
        return sorted(self.evidence.statuses, key=lambda status: ORDER[status.verdict.value])

    def count(self, verdict: str) -> int:
        return sum(status.verdict.value == verdict for status in self.evidence.statuses)

    @property
    def refusing(self) -> list[PromiseStatus]:
        """Broken promises that make the gateway refuse."""
        return [status for status in self.promises if status.refuses]

    @property
    def gaps(self) -> list[PromiseStatus]:
        """Promises without a value: nothing was measured, or it yielded none."""
        return [status for status in self.evidence.statuses if status.value is None]

    @property
    def unmeasured(self) -> list[PromiseStatus]:
        """Those of the gaps about which nothing has been recorded at all."""
        return [status for status in self.gaps if status.record_id is None]

    def measurement(self, record_id: str | None) -> Measurement | None:
        return next((each for each in self.evidence.measurements if each.id == record_id), None)

    @property
    def footprints(self) -> list[Measurement]:
        """One measurement a suite that knows its footprint: all of a suite's measurements share one."""
        found: dict[str, Measurement] = {}
        for each in self.evidence.measurements:
            if each.footprint is not None:
                found.setdefault(each.suite, each)
        return list(found.values())

    def plot(self, status: PromiseStatus) -> Markup:
        """The interval plot of a promise, or an empty text when there is nothing to draw."""
        if status.value is None or status.low is None or status.high is None:
            return Markup("")
        return interval_plot(
            Plot(status.value, status.low, status.high, status.promise.must, status.verdict.value)
        )

    @property
    def weakened(self) -> list[tuple[str, str, str]]:
        """Promises whose threshold is weaker than one registered before: (promise, earlier, now)."""
        return list(_weakened(self.charter, self.evidence.registrations))


def _weakened(charter: Charter, registrations: Sequence[PreRegistration]) -> list[tuple[str, str, str]]:
    from aboveboard.values import parse_bound

    found: dict[str, tuple[str, str, str]] = {}
    for registered in (promise for each in registrations for promise in each.promises):
        now = next((promise for promise in charter.promises if promise.id == registered.promise), None)
        if now is not None and now.must.is_weaker_than(parse_bound(registered.must)):
            found.setdefault(now.id, (now.id, registered.must, str(now.must)))
    return list(found.values())
