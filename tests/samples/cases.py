"""Cases that are kept without a word on the ledger, where a test asks only about cases."""

from typing import Any

from aboveboard.cases import Case, Cases
from aboveboard.evidence.records import Appeal, Incident


def open_appeal(cases: Cases, *given: Any, **named: Any) -> tuple[Case, Appeal]:
    """A kept appeal, and the record that should have come before."""
    case, appeal = cases.draft_appeal(*given, **named)
    return cases.add(case), appeal


def open_incident(cases: Cases, *given: Any, **named: Any) -> tuple[Case, Incident]:
    """A kept incident, and the record that should have come before."""
    case, incident = cases.draft_incident(*given, **named)
    return cases.add(case), incident
