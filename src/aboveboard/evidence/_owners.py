"""Whose payloads are whose: data subjects, and the organisation for records that concern no person."""

from dataclasses import dataclass

from aboveboard.database import Database
from aboveboard.evidence._sealing import DataKey, MasterKey

ORGANISATION = 1
PERSON = "person:"
_REMEMBERED = 4096


@dataclass(frozen=True, slots=True)
class Owner:
    """A data subject's number in evidence.db, and their key."""

    number: int
    key: DataKey


def owner_tag(master: MasterKey, data_subject: str) -> bytes:
    """The keyed hash that a data subject is found by; the pseudonym itself is stored only encrypted."""
    return master.tag("owner", data_subject)


def person_source(tag: bytes) -> bytes:
    """How a person stands in the lineage, by their keyed hash."""
    return PERSON.encode() + tag


def pseudonym_for(master: MasterKey, name: str) -> str:
    """The pseudonym of a name: keyed, so not to be guessed."""
    return PERSON + master.tag("pseudonym", name).hex()[:32]


def pseudonym_of(connection: Database, master: MasterKey, tag: bytes) -> str | None:
    """The pseudonym that a keyed hash belongs to; None when nothing is held under it, or no longer."""
    row = connection.execute("SELECT wrapped, name FROM owners WHERE tag = ?", (tag,)).fetchone()
    return master.unwrap(row[0], tag).open_name(row[1]) if row else None


class Owners:
    """Finds and makes owners for the one writer, inside its transaction."""

    def __init__(self, connection: Database, master: MasterKey) -> None:
        self._connection = connection
        self._master = master
        self._known: dict[str, Owner] = {}

    def of(self, data_subject: str) -> Owner:
        """The owner, made with a fresh key when there is none."""
        known = self._known.get(data_subject)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self.forget()
            known = self._known[data_subject] = self._found_or_made(data_subject)
        return known

    def forget(self) -> None:
        """Drops every key from memory: after an erasure, or a transaction that was undone."""
        self._known.clear()

    def _found_or_made(self, data_subject: str) -> Owner:
        tag = owner_tag(self._master, data_subject)
        row = self._connection.execute("SELECT owner, wrapped FROM owners WHERE tag = ?", (tag,)).fetchone()
        return Owner(row[0], self._master.unwrap(row[1], tag)) if row else self._made(data_subject, tag)

    def _made(self, data_subject: str, tag: bytes) -> Owner:
        key = DataKey.new()
        # The organisation's number is fixed, so that the index of owners can leave its records out.
        number = self._next() if data_subject else ORGANISATION
        self._connection.execute(
            "INSERT INTO owners (owner, tag, wrapped, name) VALUES (?, ?, ?, ?)",
            (number, tag, key.wrapped(self._master, tag), key.seal_name(data_subject)),
        )
        return Owner(number, key)

    def _next(self) -> int:
        row = self._connection.execute("SELECT max(owner) FROM owners").fetchone()
        return max(ORGANISATION, row[0] or 0) + 1
