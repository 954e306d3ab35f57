"""What stays open while the server runs, whichever charter is in force."""

import logging
import shutil
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from aboveboard.cases import CaseError, Cases
from aboveboard.cli._settings import Settings
from aboveboard.database import Schema
from aboveboard.evidence import Evidence
from aboveboard.evidence.records import Record

if TYPE_CHECKING:
    from aboveboard.access import Access
    from aboveboard.gateway import Vitals
    from aboveboard.gateway.caching import AnswerIndex
    from aboveboard.misuse import Ladder
    from aboveboard.monitoring import MonitoringStore
    from aboveboard.webhooks import Outbox

_ACTOR = "role:accountable"
_LEAST_FREE = 32 << 20
_log = logging.getLogger(__name__)


@dataclass
class House:
    """Everything that is open while the server runs and that no reload of the charter may touch: evidence,
    cases, and what counts or remembers. What one charter brings is its `Release`.

    `must_ask`: others reach this address, so no charter may leave out the keys. `closing` lets go of what was
    opened on the way.
    """

    settings: Settings
    evidence: Evidence
    cases: Cases
    hosts: tuple[str, ...]
    actor: str = field(default=_ACTOR)
    must_ask: bool = False
    closing: ExitStack = field(default_factory=ExitStack)

    @cached_property
    def access(self) -> "Access":
        """Keys and limits, opened when a charter first asks for them; raises AccessError."""
        from aboveboard.access import Access

        return self.closing.enter_context(Access.open(self.settings.access)).start()

    @cached_property
    def answers(self) -> "AnswerIndex":
        """Where answers are that may be given again, opened when a charter first asks for it; raises
        AnswerIndexError.
        """
        from aboveboard.gateway.caching import AnswerIndex

        return self.closing.enter_context(AnswerIndex.open(self.settings.reuse))

    @cached_property
    def monitoring(self) -> "MonitoringStore":
        """How live promises stand, opened when a charter first has any; raises MonitoringStoreError."""
        from aboveboard.monitoring import MonitoringStore

        return self.closing.enter_context(MonitoringStore.open(self.settings.monitoring))

    @cached_property
    def outbox(self) -> "Outbox":
        """What others have to be told, opened when a charter first names somebody; raises OutboxError."""
        from aboveboard.webhooks import Outbox

        return self.closing.enter_context(Outbox.open(self.settings.webhooks))

    @cached_property
    def misuse(self) -> "Ladder":
        """Where keys and people stand who misused the gateway, opened when a charter first has a ladder;
        raises MisuseError.
        """
        from aboveboard.misuse import Ladder

        ladder = self.closing.enter_context(Ladder.open(self.settings.misuse))
        ladder.refresh()
        return ladder

    @cached_property
    def vitals(self) -> "Vitals":
        """Figures, and whether this process is about to end."""
        from aboveboard.gateway import Vitals

        return Vitals()

    def record(self, record: Record, attachments: Mapping[str, bytes]) -> None:
        """Waits until the record is durable."""
        self.evidence.recorder.record(record, attachments)

    def open_incident(self, *, category: str, decision: str, data_subject: str) -> str:
        """Puts an incident on the ledger, then opens its case for a human."""
        case, incident = self.cases.draft_incident(category, decision=decision, data_subject=data_subject)
        self.record(incident, {})
        return self.cases.add(case).id

    def cannot_write(self) -> str:
        """Why nothing should be sent here: the PostgreSQL is a standby, or lets us no longer write; empty
        when it does.

        What is wrong with it is in the log: `/readyz` may be read by anybody.
        """
        if not isinstance(self.settings.cases, Schema):
            return ""
        try:
            self.cases.check_writable()
        except CaseError as error:
            _log.warning("the database cannot be written: %s", error)
            return "the database cannot be written"
        return ""

    def lacks_space(self) -> str:
        """Why nothing should be sent here: the disk of the state is about full; empty when it is not."""
        free = shutil.disk_usage(self.settings.state).free
        return f"only {free >> 20} MiB are free in the state directory" if free < _LEAST_FREE else ""
