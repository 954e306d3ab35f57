"""Telling others that a person has to look at something, as the charter says whom."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from aboveboard.cases import Case, CaseKind, Cases, CaseStatus
from aboveboard.charter import Charter
from aboveboard.cli._settings import from_environment
from aboveboard.errors import AboveboardError
from aboveboard.values import format_time
from aboveboard.webhooks import Event, Hook, Outbox, Secret, SecretError, secrets_in

FAILING = "webhook-failing"
_UNTOLD = (FAILING, "erased")
_LOOKS_BACK = timedelta(days=1)
_log = logging.getLogger(__name__)


def hooks_of(charter: Charter, *, signed: bool = True) -> list[Hook]:
    """The charter's receivers, with their secrets where something is to be signed; raises SecretError for one
    whose variable holds none.
    """
    return [Hook(each.url, _secrets(each.secret_env) if signed else (), each.on) for each in charter.webhooks]


def _secrets(variable: str) -> tuple[Secret, ...]:
    try:
        return secrets_in(from_environment(variable))
    except SecretError as error:
        raise SecretError(error.what, where=variable, cure=error.cure) from error


@dataclass(frozen=True, slots=True)
class Teller:
    """Puts what the cases say into the outbox. Whatever goes wrong there must not cost anybody an answer."""

    outbox: Outbox
    hooks: Sequence[Hook]

    def tell(self, case: Case) -> None:
        """Has the receivers told of a case, if it is one that they want to be told of; each is told once."""
        event = event_of(case)
        urls = [hook.url for hook in self.hooks if event and event.kind in hook.on]
        if event is None or not urls:
            return
        try:
            self.outbox.put(event, urls, _milliseconds(datetime.now(UTC)))
        except AboveboardError as error:
            _log.error("a webhook was not put into the outbox: %s", error)

    def tell_again(self, cases: Cases) -> None:
        """Tells of what was opened or decided of late: a crash may have come before it was told."""
        since = format_time(datetime.now(UTC) - _LOOKS_BACK)
        for kind in (CaseKind.HOLD, CaseKind.INCIDENT):
            for case in cases.list(kind, limit=None):
                if case.changed >= since:
                    self.tell(case)


def event_of(case: Case) -> Event | None:
    """What is told of a case; None for one that nobody outside is told of."""
    kind = _kind(case)
    if kind is None or case.category in _UNTOLD:
        return None
    return Event(
        kind=kind,
        case=case.id,
        category=case.category,
        role=case.role,
        deadline=case.due,
        time=case.changed,
        link=f"/console/cases/{case.id}",
        outcome=case.outcome,
    )


def _kind(case: Case) -> str | None:
    if case.kind is CaseKind.HOLD:
        return "hold" if case.status is CaseStatus.OPEN else "hold-ended"
    if case.kind is not CaseKind.INCIDENT or case.status is not CaseStatus.OPEN:
        return None
    return case.category if case.category in ("crisis", "misuse") else "incident"


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
