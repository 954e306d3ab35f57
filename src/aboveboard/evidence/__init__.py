"""Evidence: typed records, recorded durably and provably, readable, erasable, and checkable by anyone."""

from aboveboard.evidence._alarms import is_lifted_by, standing
from aboveboard.evidence._artifacts import Artifact, Cleaner, Purger, Purgers
from aboveboard.evidence._codec import CODEC, Codec
from aboveboard.evidence._consents import (
    ConsentState,
    as_recorded,
    consent_events,
    consents,
    ended_by_withdrawal,
    has_consent,
    purpose_subject,
)
from aboveboard.evidence._counting import counted_in_groups
from aboveboard.evidence._erasing import Expired
from aboveboard.evidence._errors import (
    ArtifactNameError,
    DuplicateRecordError,
    ErasedRecordError,
    EvidenceError,
    HeldError,
    KeyFileError,
    ReceiptError,
    RecorderError,
    RecordFormatError,
    RecordTooLargeError,
    StoreError,
    UnknownRecordError,
)
from aboveboard.evidence._evidence import Evidence
from aboveboard.evidence._holds import held_people, holds
from aboveboard.evidence._lineage import Lineage
from aboveboard.evidence._outcomes import outcome_id, record_once
from aboveboard.evidence._paging import every
from aboveboard.evidence._promise_status import PromiseStatus
from aboveboard.evidence._reader import Followed, Reader
from aboveboard.evidence._recorder import Recorded, Recorder
from aboveboard.evidence._run_settlement import settle_run
from aboveboard.evidence._settlement import settle
from aboveboard.evidence._spelling import holds_name
from aboveboard.evidence._verification import VerifiedReceipt, verify_receipt

__all__ = [
    "CODEC",
    "Artifact",
    "ArtifactNameError",
    "Cleaner",
    "Codec",
    "ConsentState",
    "DuplicateRecordError",
    "ErasedRecordError",
    "Evidence",
    "EvidenceError",
    "Expired",
    "Followed",
    "HeldError",
    "KeyFileError",
    "Lineage",
    "PromiseStatus",
    "Purger",
    "Purgers",
    "Reader",
    "ReceiptError",
    "RecordFormatError",
    "RecordTooLargeError",
    "Recorded",
    "Recorder",
    "RecorderError",
    "StoreError",
    "UnknownRecordError",
    "VerifiedReceipt",
    "as_recorded",
    "consent_events",
    "consents",
    "counted_in_groups",
    "ended_by_withdrawal",
    "every",
    "has_consent",
    "held_people",
    "holds",
    "holds_name",
    "is_lifted_by",
    "outcome_id",
    "purpose_subject",
    "record_once",
    "settle",
    "settle_run",
    "standing",
    "verify_receipt",
]
