"""What goes into the log for a record: an in-toto Statement of digests, with neither content nor id."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import msgspec

from aboveboard.evidence._errors import ReceiptError
from aboveboard.values import CanonicalJsonError, canonical_json

STATEMENT_TYPE = "https://in-toto.io/Statement/v1"
PREDICATE_TYPE = "https://aboveboard.dev/evidence/v2"


@dataclass(frozen=True, slots=True)
class Statement:
    """A record of this kind and schema has these payloads: one commitment (32 bytes) a position.

    Which record it is, is not said: an id in a public log would name its receipt, and tell the time. The
    first commitment covers the record, and the record holds its id.

    Each subject is named by its position. Its `sha256` is, as in-toto asks, the digest of bytes that exist:
    the opening `pad(payload) ‖ salt ‖ position`. See github.com/in-toto/attestation, spec/v1/statement.md.
    """

    kind: str
    schema: int
    commitments: Sequence[bytes]

    def to_bytes(self) -> bytes:
        """Canonical JSON."""
        subjects = [
            b'{"digest":{"sha256":"%b"},"name":"%d"}' % (each.hex().encode(), position)
            for position, each in enumerate(self.commitments)
        ]
        return b'%b,"subject":[%b]}' % (_beginning(self.kind, self.schema), b",".join(subjects))


@lru_cache(maxsize=64, typed=True)
def _beginning(kind: str, schema: int) -> bytes:
    """Everything but the subjects: the same for all records of a kind."""
    named = {
        "_type": STATEMENT_TYPE,
        "predicateType": PREDICATE_TYPE,
        "predicate": {"kind": kind, "schema": schema},
    }
    return canonical_json(named).removesuffix(b"}")


def parse_statement(payload: bytes) -> Statement:
    """The statement of canonical bytes; raises ReceiptError for anything `Statement.to_bytes` does not
    write.
    """
    try:
        statement = _read(msgspec.json.decode(payload))
        is_ours = statement.to_bytes() == payload and _is_typed(statement)
    except (ValueError, TypeError, LookupError, RecursionError, CanonicalJsonError) as error:
        raise ReceiptError("the log entry is no evidence statement") from error
    if not is_ours or not statement.commitments or any(len(each) != 32 for each in statement.commitments):
        raise ReceiptError("the log entry is no evidence statement of this version")
    return statement


def _is_typed(statement: Statement) -> bool:
    return isinstance(statement.kind, str) and type(statement.schema) is int


def _read(content: Any) -> Statement:
    predicate = content["predicate"]
    commitments = [bytes.fromhex(each["digest"]["sha256"]) for each in content["subject"]]
    return Statement(predicate["kind"], predicate["schema"], commitments)
