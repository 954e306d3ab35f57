"""Correcting what is held about a person (GDPR Art. 16), with the same care as forgetting."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from aboveboard.evidence._erasing import destroy_payload, scrub
from aboveboard.evidence._errors import ErasedRecordError, EvidenceError
from aboveboard.evidence._holds import refuse_while_held
from aboveboard.evidence._lineage import Lineage
from aboveboard.evidence._outcomes import outcome_id, record_once
from aboveboard.evidence._paging import every
from aboveboard.evidence._reader import Reader
from aboveboard.evidence._recorder import Recorder
from aboveboard.evidence._store import Store
from aboveboard.evidence.records import Record, Rectification
from aboveboard.values import format_time

CORRECTION, EXPORT = "correction", "export"


@dataclass(frozen=True, slots=True)
class Rectifying:
    """Corrects records of one open state directory."""

    store: Store
    recorder: Recorder
    reader: Reader
    lineage: Lineage

    def rectify(self, intent: Rectification, correction: bytes) -> Rectification:
        """Puts the correction beside a record, and destroys what was wrong unless it is to be kept.

        Raises UnknownRecordError and ErasedRecordError, EvidenceError where the record has no such part, and
        HeldError when something is to be destroyed that is on hold.
        """
        wrong = self._wrong(intent)
        self._check(wrong, intent)
        ready = replace(
            intent,
            stage="intent",
            data_subject=wrong.data_subject,
            links=(wrong.id,),
            notify=self._told(wrong),
        )
        self.recorder.record(ready, {CORRECTION: correction})
        return self._carry_out(ready)

    def _wrong(self, intent: Rectification) -> Record:
        """The record; one that is held only in part has a stand-in, so that the part can be corrected."""
        record, part = intent.corrected, intent.part
        if part and self.reader.is_erased(record) and part in self.reader.attachments(record):
            return replace(intent, id=record, data_subject=self.reader.data_subject(record))
        return self.reader.get(record)

    def finish(self) -> None:
        """Finishes what a crash interrupted."""
        events = [each for each in every(self.reader, "rectification") if isinstance(each, Rectification)]
        done = {link for each in events if each.stage == "outcome" for link in each.links}
        for intent in events:
            if intent.stage == "intent" and intent.id not in done:
                self._carry_out(intent)

    def _carry_out(self, intent: Rectification) -> Rectification:
        destroyed = 0
        if not intent.keeps_old:
            work = self.recorder.run(lambda: destroy_payload(self.store, intent.corrected, intent.part))
            work.result()
            self.recorder.run(lambda: scrub(self.store)).result()
            destroyed = 1
        if self.reader.is_forgotten(intent.id):
            raise ErasedRecordError("this person was erased meanwhile", cure="nothing is left to correct")
        outcome = replace(
            intent,
            id=outcome_id(intent.id),
            time=format_time(datetime.now(UTC)),
            stage="outcome",
            links=(intent.id, intent.corrected),
            destroyed=destroyed,
        )
        return record_once(self.recorder, self.reader, outcome)

    def _check(self, wrong: Record, intent: Rectification) -> None:
        if intent.part and intent.part not in self.reader.attachments(wrong.id):
            parts = ", ".join(self.reader.attachments(wrong.id)) or "nothing"
            raise EvidenceError(f"record {wrong.id} has no part {intent.part!r}", cure=f"attached is {parts}")
        if not intent.keeps_old and wrong.data_subject:
            refuse_while_held(self.reader, wrong.data_subject)

    def _told(self, wrong: Record) -> tuple[str, ...]:
        """Everything that may hold the wrong value: made from the record, or from the person as a whole.

        What was drawn for the person says what was held on that day, and nobody else has it.
        """
        made = self.lineage.derived_from(wrong.data_subject, [wrong.id])
        return tuple(each.name for each in made if each.kind != EXPORT)
