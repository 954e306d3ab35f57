"""Everything held about one person, as one JSON value: what the report shows and the export hands over."""

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, ClassVar
from urllib.parse import urlsplit

import msgspec

from aboveboard.cases import Case
from aboveboard.charter import Charter, duration_words
from aboveboard.cli._retention import kept_for
from aboveboard.cli.subject._desk import Desk
from aboveboard.evidence import ConsentState, consents, holds
from aboveboard.evidence.records import Record, Rectification
from aboveboard.values import format_time, parse_time

FORMAT = "aboveboard-subject"
_SYSTEM_ACTORS = ("gateway", "person", "system")
_TO_BASE_32 = str.maketrans("0123456789ABCDEFGHJKMNPQRSTVWXYZ", "0123456789ABCDEFGHIJKLMNOPQRSTUV")
_FRAME = ("schema", "id", "time", "subject", "actor", "data_subject")


@dataclass(frozen=True, slots=True)
class Held:
    """One record about the person, with what is attached to it."""

    record: Record
    entry: int
    attachments: Mapping[str, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Remains(Record):
    """What stands for a record whose own content is gone, while something attached to it is held."""

    kind: ClassVar[str] = "remains"


def held_about(desk: Desk, person: str) -> Iterator[Held]:
    """Every record of `records_about`, with where the ledger has it and what is attached."""
    for record in records_about(desk, person):
        names = desk.reader.attachments(record.id)
        texts = {name: desk.reader.attachment(record.id, name) or b"" for name in names}
        yield Held(record, desk.reader.index(record.id), texts)


def records_about(desk: Desk, person: str) -> list[Record]:
    """Every record that holds something of a person, theirs and nobody's about one of theirs; the oldest
    first.
    """
    records = [_readable_part(desk, each, person) for each in desk.evidence.held_about(person)]
    return sorted(records, key=lambda each: (each.time, each.id))


def _readable_part(desk: Desk, record: str, person: str) -> Record:
    if not desk.reader.is_erased(record):
        return desk.reader.get(record)
    return Remains(id=record, time=_begun(record), subject="", actor="system", data_subject=person)


def _begun(record: str) -> str:
    """The moment in an id: the first ten characters of a ULID are milliseconds in Crockford base 32."""
    milliseconds = int(record[:10].translate(_TO_BASE_32), 32)
    return format_time(datetime.fromtimestamp(milliseconds / 1000, UTC))


def holdings(desk: Desk, person: str, charter: Charter | None) -> dict[str, Any]:
    """All of it (GDPR Art. 15(1)). Who acted is said by role only: a reviewer is a person, too."""
    held = list(held_about(desk, person))
    now = desk.clock.now()
    return {
        "format": FORMAT,
        "version": 1,
        "drawn": format_time(now),
        "person": person,
        "controller": _controller(charter),
        "recipients": _recipients(charter),
        "kept": {
            name: duration_words(length) for name, length in (charter.retention if charter else {}).items()
        },
        "records": [_record(each, charter) for each in held],
        "consents": [consent_row(state, now) for state in consents(desk.reader, person, now)],
        "holds": [{"until": each.until, "reason": each.reason} for each in holds(desk.reader, person, now)],
        "cases": [_case(each) for each in _cases(desk, held)],
        "made_from_it": offspring(desk, person, [each.record for each in held]),
        "rights": RIGHTS_IN_WORDS,
    }


RIGHTS_IN_WORDS = [
    "You may have what is wrong corrected (GDPR Art. 16), and everything erased (Art. 17).",
    "You may ask that your data be used less for a while (Art. 18), or object to their use (Art. 21).",
    "You may have your data in a form that machines read (Art. 20).",
    "You may withdraw a consent at any time; what was done before stays lawful (Art. 7(3)).",
    "You may complain to a supervisory authority (Art. 77), and challenge any answer you were given.",
]


def offspring(desk: Desk, person: str, records: Sequence[Record]) -> list[dict[str, Any]]:
    """What was made from the person's data, as a tree; a thing met again is named and not opened twice."""
    seen: set[str] = set()
    ids = [each.id for each in records]
    ids += [each.corrected for each in records if isinstance(each, Rectification)]
    sources = [person, *(f"record:{each}" for each in dict.fromkeys(ids))]
    return [branch for source in sources for branch in _branches(desk, source, seen)]


def _branches(desk: Desk, source: str, seen: set[str]) -> list[dict[str, Any]]:
    made = desk.evidence.lineage.made_directly_from(source)
    fresh = [each for each in made if each.name not in seen]
    seen |= {each.name for each in made}
    again = [{"name": each.name, "again": True} for each in made if each not in fresh]
    return again + [
        {
            "name": each.name,
            "kind": each.kind,
            "on_erasure": f"purged by `{each.purger}`" if each.purger else each.otherwise,
            "made_from_it": _branches(desk, each.name, seen),
        }
        for each in fresh
    ]


def _record(held: Held, charter: Charter | None) -> dict[str, Any]:
    record = held.record
    fields = msgspec.to_builtins(record)
    return {
        "id": record.id,
        "kind": record.kind,
        "time": record.time,
        "about": record.subject,
        "by": _who(record.actor),
        "entry_in_ledger": held.entry,
        "kept_until": _until(record, kept_for(charter, record, is_attachment=False)),
        "content": {name: value for name, value in fields.items() if name not in _FRAME},
        "attachments": [_attachment(held, name, charter) for name in sorted(held.attachments)],
    }


def _attachment(held: Held, name: str, charter: Charter | None) -> dict[str, Any]:
    content = held.attachments[name]
    return {
        "name": name,
        "bytes": len(content),
        "sha256": sha256(content).hexdigest(),
        "kept_until": _until(held.record, kept_for(charter, held.record, is_attachment=True)),
        **_readable(content),
    }


def _readable(content: bytes) -> dict[str, Any]:
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(content).decode()}
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return {"text": text}
    return {"json": value} if isinstance(value, dict | list) else {"text": text}


def _until(record: Record, length: timedelta | None) -> str | None:
    return format_time(parse_time(record.time) + length) if length is not None else None


def _who(actor: str) -> str:
    return actor if actor.startswith("role:") or actor in _SYSTEM_ACTORS else "somebody of the operator"


def consent_row(state: ConsentState, now: datetime) -> dict[str, Any]:
    """What holds of one purpose, and what could prove it."""
    given, withdrawn = state.given, state.withdrawn
    return {
        "purpose": state.purpose,
        "in_force": state.is_in_force(now),
        "basis": given.basis if given else None,
        "given": given.effective if given else None,
        "notice": given.notice if given else None,
        "notice_digest": given.notice_digest if given else None,
        "withdrawn": withdrawn.effective if withdrawn else None,
    }


def _cases(desk: Desk, held: Sequence[Held]) -> list[Case]:
    """Those that a record of the person opened, or that are about one; not what one merely names."""
    return [desk.cases.get(each) for each in desk.cases.of_records([one.record.id for one in held])]


def _case(case: Case) -> dict[str, str]:
    return {
        "id": case.id,
        "kind": str(case.kind),
        "category": case.category,
        "status": str(case.status),
        "opened": case.opened,
        "due": case.due,
        "decided_by": case.role,
        "outcome": case.outcome,
    }


def _controller(charter: Charter | None) -> dict[str, str] | None:
    if charter is None:
        return None
    role = charter.roles["accountable"]
    return {
        "system": charter.system.name,
        "purpose": charter.system.purpose,
        "accountable": role.title,
        "contact": role.contact,
    }


def _recipients(charter: Charter | None) -> list[dict[str, str]] | None:
    """Who gets the texts: the providers of the models. None when no charter says."""
    if charter is None:
        return None
    return [
        {
            "model": model.id,
            "provider": model.provider,
            "where": urlsplit(model.base_url).hostname or "on the operator's own machine",
        }
        for model in charter.models
    ]
