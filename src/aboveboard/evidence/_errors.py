"""Everything evidence can complain of.

EvidenceError
├── RecordFormatError      not a record this version can read or write
├── RecordTooLargeError    more attachments, or longer ones, than one record may have
├── DuplicateRecordError   another record has this id
├── UnknownRecordError     no record has this id
├── ErasedRecordError      the record was there; its content has been destroyed
├── ArtifactNameError      an artifact is named after a person, or by what cannot be kept
├── HeldError              a legal hold forbids an erasure
├── KeyFileError           a key that is missing, readable by others, damaged, or not the one used before
├── StoreError             evidence.db cannot be opened, written or read
├── RecorderError          the recorder is closed, or has more to write than it can hold
└── ReceiptError           a receipt that does not prove what it says
"""

from aboveboard.errors import AboveboardError


class EvidenceError(AboveboardError):
    """Any failure of this package."""


class RecordFormatError(EvidenceError):
    """Not a record this version can read or write."""


class RecordTooLargeError(EvidenceError):
    """More attachments, or longer ones, than one record may have."""


class DuplicateRecordError(EvidenceError):
    """Another record, with other content, has this id."""


class UnknownRecordError(EvidenceError):
    """No record has this id."""


class ErasedRecordError(EvidenceError):
    """The record was there, and its proof still is; its content has been destroyed."""


class ArtifactNameError(EvidenceError):
    """An artifact is named after a person whose data it holds, or its name cannot be kept."""


class HeldError(EvidenceError):
    """A legal hold forbids destroying what is held about a person."""


class KeyFileError(EvidenceError):
    """A key that is missing, readable by others, damaged, or not the one used before."""


class StoreError(EvidenceError):
    """evidence.db cannot be opened, written or read."""


class RecorderError(EvidenceError):
    """The recorder is closed, or has more to write than it can hold."""


class ReceiptError(EvidenceError):
    """A receipt that does not prove what it says."""
