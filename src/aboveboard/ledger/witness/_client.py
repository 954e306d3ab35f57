"""Asking witnesses to cosign the newest checkpoint."""

import re
import urllib.error
import urllib.request
from collections.abc import Iterable
from dataclasses import dataclass
from http.client import HTTPException

from aboveboard.ledger._errors import NoteError, WitnessError
from aboveboard.ledger._reader import LedgerReader
from aboveboard.ledger.notes import (
    Checkpoint,
    Note,
    NoteVerifier,
    Standing,
    open_note,
    parse_checkpoint,
    parse_note,
    standing,
)
from aboveboard.ledger.witness._request import AddCheckpoint

_MAX_ANSWER = 65_536
_SIZE = re.compile(rb"(0|[1-9][0-9]{0,18})\n")
_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class WitnessPeer:
    """Where a witness answers (the URL that `/add-checkpoint` follows), and its verifier key."""

    url: str
    vkey: str


@dataclass(frozen=True, slots=True)
class Cosigning:
    """The checkpoint with what it got. `failures` says for each silent witness why."""

    checkpoint: bytes
    witnesses: tuple[str, ...]
    failures: tuple[WitnessError, ...]
    standing: Standing


def _keep(reader: LedgerReader, cosigned: Note) -> Note:
    """Stores the note beside the ledger; what lies there of another log or history makes way."""
    if reader.cosigned_checkpoint() is None:
        reader.cosigned.drop()
    return reader.cosigned.store(cosigned)


@dataclass(frozen=True, slots=True)
class _Task:
    reader: LedgerReader
    note: bytes
    checkpoint: Checkpoint
    timeout: float


def request_cosignatures(
    reader: LedgerReader, witnesses: Iterable[WitnessPeer], *, timeout: float = 10.0
) -> Cosigning:
    """Asks each witness to cosign the newest checkpoint, and keeps what they sign beside the ledger.

    One that fails does not stop the others. `timeout` is in seconds, for each request.
    """
    note = reader.checkpoint()
    task = _Task(reader, note, parse_checkpoint(parse_note(note).text), timeout)
    lines, signers, failures = [], [], []
    for peer in witnesses:
        try:
            verifier = NoteVerifier.from_text(peer.vkey)
            lines.append(_cosignature(task, peer, verifier))
            signers.append(verifier)
        except WitnessError as failure:
            failures.append(failure)
    cosigned = parse_note(note).with_lines(lines)
    if lines:
        cosigned = _keep(reader, cosigned)
    names = tuple(signer.name for signer in signers)
    verdict = standing(signers, NoteVerifier.from_text(reader.vkey))
    return Cosigning(cosigned.to_bytes(), names, tuple(failures), verdict)


def _cosignature(task: _Task, peer: WitnessPeer, verifier: NoteVerifier) -> bytes:
    """The witness's signature line; it is first asked as if it knew nothing, then from the size it says."""
    old = 0
    for _ in range(_ATTEMPTS):
        proof = tuple(task.reader.consistency_proof(old, task.checkpoint.size))
        status, body = _post(peer, AddCheckpoint(old, proof, task.note).to_bytes(), task.timeout)
        if status == 200:
            return _verified(task, peer, verifier, body)
        if status != 409:
            raise WitnessError(
                f"the witness refused ({status}): {_shown(body)}", where=peer.url, cure=_CURES.get(status, "")
            )
        old = _known_size(task, peer, body, old)
    raise WitnessError("the witness keeps changing its mind about the size it knows", where=peer.url)


_CURES = {
    403: "the witness has another verifier key for this log: give it the present one",
    404: "the witness does not watch this log: give it the log's verifier key",
}


def _known_size(task: _Task, peer: WitnessPeer, body: bytes, old: int) -> int:
    match = _SIZE.fullmatch(body)
    if not match:
        raise WitnessError(f"the witness answered nonsense: {_shown(body)}", where=peer.url)
    size = int(match[1])
    if size > task.checkpoint.size or size == old:
        raise WitnessError(
            f"the witness has cosigned another history of this log, of {size} entries (this one has "
            f"{task.checkpoint.size})",
            where=peer.url,
            cure="was the ledger restored from an old copy? `aboveboard ledger check` with the witness's "
            "memory tells; do not go on signing before you know",
        )
    return size


def _verified(task: _Task, peer: WitnessPeer, verifier: NoteVerifier, body: bytes) -> bytes:
    """The line by the key we know; lines by other keys are left out."""
    try:
        opened = open_note(task.checkpoint.text() + b"\n" + body, [verifier])
    except NoteError as error:
        raise WitnessError(f"the cosignature does not verify: {error.what}", where=peer.url) from error
    wanted = (verifier.name, verifier.key_id)
    return next(one.line for one in opened.note.signatures if (one.name, one.key_id) == wanted)


def _post(peer: WitnessPeer, body: bytes, timeout: float) -> tuple[int, bytes]:
    if not peer.url.startswith(("http://", "https://")):
        raise WitnessError("not an http address", where=peer.url)
    address = peer.url.rstrip("/") + "/add-checkpoint"
    request = urllib.request.Request(address, data=body, method="POST")  # noqa: S310 - scheme checked above
    try:
        with urllib.request.urlopen(request, timeout=timeout) as response:  # noqa: S310 - likewise
            return response.status, response.read(_MAX_ANSWER)
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.read(_MAX_ANSWER)
    except (OSError, ValueError, HTTPException) as error:
        raise WitnessError(f"the witness cannot be reached: {error}", where=peer.url) from error


def _shown(body: bytes) -> str:
    """What a stranger sent, short and harmless on a terminal."""
    return repr(body[:120].decode(errors="replace").strip())
