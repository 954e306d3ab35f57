"""One person for all spellings of a name: what an earlier version kept under another is handed over."""

from dataclasses import dataclass

from aboveboard.database import Database
from aboveboard.evidence._erasing import forget_owner, scrub
from aboveboard.evidence._lineage import move_edges
from aboveboard.evidence._owners import Owner, owner_tag, person_source, pseudonym_for
from aboveboard.evidence._reader import Reader
from aboveboard.evidence._recorder import Recorder
from aboveboard.evidence._rows import places, position_of
from aboveboard.evidence._spelling import canonical, other_spellings
from aboveboard.evidence._store import Store


@dataclass(frozen=True, slots=True)
class Uniting:
    """Makes pseudonyms of names, over one open state directory."""

    store: Store
    recorder: Recorder
    reader: Reader

    def pseudonym(self, name: str) -> str:
        """The pseudonym of a name in any spelling, empty for an empty one.

        A name with several spellings costs a look into the vault; what is held under another pseudonym, from
        before spellings were one, is then handed over.
        """
        spelt = canonical(name)
        if not spelt:
            return ""
        person = pseudonym_for(self.store.master, spelt)
        for other in sorted(other_spellings(name)):
            self._unite(pseudonym_for(self.store.master, other), person)
        return person

    def _unite(self, other: str, person: str) -> None:
        if self.reader.is_known(other):
            self.recorder.run(lambda: hand_over(self.store, other, person)).result()


def hand_over(store: Store, other: str, person: str) -> None:
    """Seals anew, with the person's key, what was sealed with the other's, and destroys that key.

    Salts and commitments stay, so every proof verifies as before.
    """
    giver, taker = (owner_tag(store.master, each) for each in (other, person))
    with store.transaction():
        if store.connection.execute("SELECT 1 FROM owners WHERE tag = ?", (giver,)).fetchone():
            _seal_anew(store.connection, store.owner(other), store.owner(person))
        move_edges(store.connection, person_source(giver), person_source(taker))
    store.forget_keys()
    scrub(store)


def _seal_anew(connection: Database, giver: Owner, taker: Owner) -> None:
    for seq, record in connection.execute(
        "SELECT seq, id FROM records WHERE owner = ?", (giver.number,)
    ).fetchall():
        query = "SELECT place, sealed FROM payloads WHERE place BETWEEN ? AND ?"
        for at, sealed in connection.execute(query, places(seq)).fetchall():
            anew = giver.key.sealed_for(taker.key, sealed, record, position_of(at))
            connection.execute("UPDATE payloads SET sealed = ? WHERE place = ?", (anew, at))
    connection.execute("UPDATE records SET owner = ? WHERE owner = ?", (taker.number, giver.number))
    forget_owner(connection, giver.number)
