"""What belongs to nobody and speaks of a person: a reviewer's reasons about their answer or their case."""

from collections.abc import Collection, Iterable, Sequence

from aboveboard.evidence._database import plain_words
from aboveboard.evidence._owners import ORGANISATION
from aboveboard.evidence._store import Store
from aboveboard.evidence.records import Appeal, Feedback, Incident, Record, SubjectRequest

_AT_ONCE = 500
_UNOWNED = "SELECT id FROM records WHERE owner = ? AND subject IN ({}) ORDER BY seq"
_OPENING = (Appeal, Feedback, Incident, SubjectRequest)


def subjects_about(
    store: Store, tag: bytes, ids: Sequence[str], records: Iterable[Record], cases: Collection[str]
) -> list[str]:
    """What records of nobody may be about: a person's records, erased ones too, and their cases.

    `ids` are all the person's records, `records` those that can be read, `cases` what is known beside the
    vault. A record may name any case; it counts only where it was opened by or about a record of theirs.
    """
    mine = set(ids)
    named = {_case(each) for each in records if _case(each) and _is_theirs(store, tag, mine, each)}
    return sorted({f"decision:{each}" for each in mine} | {f"case:{each}" for each in {*named, *cases}})


def unowned(store: Store, subjects: Sequence[str]) -> list[str]:
    """The ids of the records of nobody about these subjects, also of those whose own content is gone."""
    tags, found = [store.master.tag("subject", each) for each in subjects], list[str]()
    with plain_words(store.path):
        for at in range(0, len(tags), _AT_ONCE):
            some = tags[at : at + _AT_ONCE]
            query = _UNOWNED.format(", ".join("?" * len(some)))
            found += [row[0] for row in store.connection.execute(query, (ORGANISATION, *some)).fetchall()]
    return found


def holding(store: Store, ids: Sequence[str]) -> list[str]:
    """Which of these records still hold something: their content, or an attachment."""
    query = (
        "SELECT 1 FROM records JOIN payloads ON place BETWEEN seq * 64 AND seq * 64 + 63 WHERE id = ? LIMIT 1"
    )
    with plain_words(store.path):
        return [each for each in ids if store.connection.execute(query, (each,)).fetchone()]


def _case(record: Record) -> str:
    case: str = getattr(record, "case", "")
    return case


def _is_theirs(store: Store, tag: bytes, mine: set[str], record: Record) -> bool:
    decision: str = getattr(record, "decision", "")
    if not mine.isdisjoint({decision, *record.links}):
        return True
    return isinstance(record, _OPENING) and not any(
        _is_anothers(store, tag, each) for each in {decision, *record.links}
    )


def _is_anothers(store: Store, tag: bytes, record: str) -> bool:
    query = "SELECT 1 FROM records JOIN owners USING (owner) WHERE id = ? AND owner <> ? AND tag <> ?"
    with plain_words(store.path):
        return store.connection.execute(query, (record, ORGANISATION, tag)).fetchone() is not None
