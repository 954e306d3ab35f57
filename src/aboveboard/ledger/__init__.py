"""A tamper-evident log of opaque bytes (C2SP static log): append, prove, checkpoint, witness, check."""

from aboveboard.ledger._app import ledger_app
from aboveboard.ledger._errors import (
    LedgerBusyError,
    LedgerClosedError,
    LedgerCorruptError,
    LedgerEntryError,
    LedgerError,
    LedgerExportError,
    LedgerFullError,
    LedgerMissingError,
    LedgerPathError,
    LedgerVersionError,
    LedgerWriteError,
    NoteError,
    ProofError,
    WitnessError,
)
from aboveboard.ledger._export import Exported, export
from aboveboard.ledger._ledger import Ledger
from aboveboard.ledger._queue import QueueLimits
from aboveboard.ledger._reader import LedgerReader
from aboveboard.ledger._tlog_proof import TlogProof, VerifiedProof, parse_tlog_proof, verify_tlog_proof
from aboveboard.ledger.fsck import CheckReport, Kind, Problem, SourceError, check
from aboveboard.ledger.notes import (
    Checkpoint,
    NoteSigner,
    NoteVerifier,
    Standing,
    generate_cosigner,
    generate_signer,
    open_note,
    parse_checkpoint,
)
from aboveboard.ledger.store import is_begun
from aboveboard.ledger.tree import leaf_hash, verify_consistency, verify_inclusion
from aboveboard.ledger.witness import (
    Cosigning,
    Witness,
    WitnessPeer,
    read_memories,
    request_cosignatures,
    witness_app,
)

__all__ = [
    "CheckReport",
    "Checkpoint",
    "Cosigning",
    "Exported",
    "Kind",
    "Ledger",
    "LedgerBusyError",
    "LedgerClosedError",
    "LedgerCorruptError",
    "LedgerEntryError",
    "LedgerError",
    "LedgerExportError",
    "LedgerFullError",
    "LedgerMissingError",
    "LedgerPathError",
    "LedgerReader",
    "LedgerVersionError",
    "LedgerWriteError",
    "NoteError",
    "NoteSigner",
    "NoteVerifier",
    "Problem",
    "ProofError",
    "QueueLimits",
    "SourceError",
    "Standing",
    "TlogProof",
    "VerifiedProof",
    "Witness",
    "WitnessError",
    "WitnessPeer",
    "check",
    "export",
    "generate_cosigner",
    "generate_signer",
    "is_begun",
    "leaf_hash",
    "ledger_app",
    "open_note",
    "parse_checkpoint",
    "parse_tlog_proof",
    "read_memories",
    "request_cosignatures",
    "verify_consistency",
    "verify_inclusion",
    "verify_tlog_proof",
    "witness_app",
]
