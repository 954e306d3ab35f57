"""Drawing the documents from what the ledger holds."""

import base64
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from aboveboard.charter import Charter, ModelEntry
from aboveboard.cli._workspace import open_entry
from aboveboard.errors import AboveboardError

if TYPE_CHECKING:
    from aboveboard.documents import DocumentContext, LogFacts
    from aboveboard.evidence import Reader
    from aboveboard.evidence.records import Measurement
    from aboveboard.ledger import NoteVerifier


def write_documents(
    charter: Charter,
    reader: "Reader",
    folder: Path,
    witnesses: "Sequence[NoteVerifier]" = (),
    entry: ModelEntry | None = None,
) -> dict[str, Path]:
    """Writes report.html and model-card.md of a model (default: the primary one); the paths by name."""
    from aboveboard.documents import write_model_card, write_report

    context = document_context(charter, reader, digest_of(entry or charter.primary), witnesses)
    paths = {"report": folder / "report.html", "model card": folder / "model-card.md"}
    write_report(context, paths["report"])
    write_model_card(context, paths["model card"])
    return paths


def document_context(
    charter: Charter,
    reader: "Reader",
    model_digest: str | None = None,
    witnesses: "Sequence[NoteVerifier]" = (),
) -> "DocumentContext":
    """The charter's promises as they stand for a model, with the measurements that settle them."""
    from aboveboard.documents import DocumentContext, Evidence
    from aboveboard.evidence import every, settle
    from aboveboard.evidence.records import Measurement, PreRegistration

    now = datetime.now(UTC)
    statuses = settle(charter, reader, now, model_digest)
    settling = {status.record_id for status in statuses}
    shown = _latest(
        each
        for each in every(reader, "measurement", newest_first=True)
        if isinstance(each, Measurement)
        and model_digest in (None, each.model_digest)
        and (each.id in settling or each.charter_digest == charter.digest)
    )
    registered = every(reader, "pre-registration", newest_first=True)
    registrations = [each for each in registered if isinstance(each, PreRegistration)]
    indexes = {each.id: reader.index(each.id) for each in shown}
    facts = log_facts(reader, witnesses)
    return DocumentContext(charter, Evidence(statuses, shown, registrations, facts, indexes), now)


def digest_of(entry: ModelEntry) -> str | None:
    """The digest of a charter's model; None where it is not installed, and its name has to do."""
    try:
        return open_entry(entry).info.digest
    except AboveboardError:
        return None


def _latest(measurements: "Iterable[Measurement]") -> "list[Measurement]":
    """The newest measurement of each measure (they come newest first)."""
    found: dict[str, Measurement] = {}
    for each in measurements:
        found.setdefault(each.measure, each)
    return sorted(found.values(), key=lambda each: each.measure)


def log_facts(reader: "Reader", witnesses: "Sequence[NoteVerifier]" = ()) -> "LogFacts":
    """Origin, size and root of the latest checkpoint, and which of the known witnesses cosigned one."""
    from aboveboard.documents import LogFacts
    from aboveboard.ledger import NoteVerifier, open_note, parse_checkpoint

    log = NoteVerifier.from_text(reader.vkey)
    checkpoint = parse_checkpoint(open_note(reader.ledger.checkpoint(), [log]).text)
    cosigned = reader.ledger.cosigned_checkpoint()
    signers = open_note(cosigned, [log, *witnesses]).signers if cosigned else ()
    names = tuple(signer.name for signer in signers if signer.name != log.name)
    return LogFacts(
        checkpoint.origin, checkpoint.size, base64.b64encode(checkpoint.root).decode(), reader.vkey, names
    )
