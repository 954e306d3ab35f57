"""One outcome for one intent, whichever process gets there first."""

import hashlib
from collections.abc import Mapping
from typing import TypeVar

from aboveboard.evidence._errors import DuplicateRecordError
from aboveboard.evidence._reader import Reader
from aboveboard.evidence._recorder import Recorder
from aboveboard.evidence.records import Record
from aboveboard.values import encode_ulid

R = TypeVar("R", bound=Record)
_TIME_CHARACTERS = 10


def outcome_id(intent: str) -> str:
    """The id of an intent's outcome: a ULID of the same millisecond, its other half a digest of the intent's.

    80 bits of SHA-256, so that nobody meets it by chance. Who may see the intent may see the outcome.
    """
    random = int.from_bytes(hashlib.sha256(b"outcome of " + intent.encode()).digest()[:10], "big")
    return intent[:_TIME_CHARACTERS] + encode_ulid(random)[_TIME_CHARACTERS:]


def record_once(
    recorder: Recorder, reader: Reader, outcome: R, attachments: Mapping[str, bytes] | None = None
) -> R:
    """Records an outcome, or returns the one that another process recorded before."""
    try:
        recorder.record(outcome, attachments)
    except DuplicateRecordError:
        found = reader.get(outcome.id)
        if isinstance(found, type(outcome)):
            return found
        raise
    return outcome
