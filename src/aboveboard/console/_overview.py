"""The overview of promises and the transparency page."""

from dataclasses import dataclass
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import Response

from aboveboard.console._pages import page
from aboveboard.console._services import ConsoleServices
from aboveboard.documents import DocumentContext, Evidence
from aboveboard.errors import AboveboardError
from aboveboard.evidence.records import Decision, Measurement, PreRegistration

_RECENT = 8

OUTCOMES = {
    "allow": "given as the model wrote it",
    "annotate": "given with a note added",
    "mask": "given, with personal data or secrets hidden from the model or from the answer",
    "replace": "given, with parts replaced",
    "escalate": "answered with support instead, and a person was told",
    "hold": "held for a person to decide",
    "block": "withheld",
}
"""What a decision's outcome means to the person who got the answer."""


@dataclass(frozen=True, slots=True)
class Pages:
    """Pages drawn from the charter and its evidence."""

    services: ConsoleServices

    def overview(self, request: Request) -> Response:
        """Every promise with its verdict, gaps first, and what happened lately."""
        recent = self.services.reader.find("decision", limit=_RECENT)
        return page("overview.html.j2", "Promises", {"context": self.context(), "recent": recent})

    def transparency(self, request: Request) -> Response:
        """What the public may know: purpose, limits, promises and how to object."""
        return page(
            "transparency.html.j2", "Transparency", {"context": self.context(), "usage": self.usage()}
        )

    def context(self) -> DocumentContext:
        """The same typed context that the report is drawn from."""
        statuses = self.services.statuses()
        wanted = {status.record_id for status in statuses if status.record_id}
        measurements = [found for each in sorted(wanted) if (found := self._measurement(each))]
        evidence = Evidence(statuses, measurements, self._registrations(), self.services.log())
        return DocumentContext(self.services.charter(), evidence, datetime.now(UTC))

    def _measurement(self, record: str) -> Measurement | None:
        """The measurement of that id; None for any other record, and for one that is gone."""
        try:
            found = self.services.reader.get(record)
        except AboveboardError:
            return None
        return found if isinstance(found, Measurement) else None

    def _registrations(self) -> list[PreRegistration]:
        found = self.services.reader.find("pre-registration", limit=500)
        return [each for each in found if isinstance(each, PreRegistration)]

    def usage(self) -> dict[str, int]:
        """Outcomes of the last thousand answers, counted."""
        counts: dict[str, int] = {}
        for record in self.services.reader.find("decision", limit=1000):
            if isinstance(record, Decision):
                words = OUTCOMES.get(record.outcome, record.outcome)
                counts[words] = counts.get(words, 0) + 1
        return counts
