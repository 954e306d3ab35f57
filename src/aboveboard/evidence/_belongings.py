"""What belongs to a person: their records, what nobody owns and speaks of them, what was made from either."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from aboveboard.evidence._erasing import Spared, owned
from aboveboard.evidence._holds import held_people
from aboveboard.evidence._lineage import Lineage, thing
from aboveboard.evidence._mentions import holding, subjects_about, unowned
from aboveboard.evidence._owners import owner_tag, person_source, pseudonym_of
from aboveboard.evidence._paging import every
from aboveboard.evidence._reader import Reader
from aboveboard.evidence._recorder import Recorder
from aboveboard.evidence._store import Store

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Belongings:
    """Finds them in one open state directory; a person is given by their keyed hash."""

    store: Store
    recorder: Recorder
    reader: Reader
    lineage: Lineage

    def of(self, tag: bytes) -> tuple[list[str], list[str]]:
        """The ids of a person's records, and of what nobody owns and is about one of them, or corrects it."""
        subjects = self.subjects(tag)
        ids, about = self._run(lambda: (owned(self.store, tag), unowned(self.store, subjects)))
        corrected = [f"record:{each}" for each in (*ids, *about)]
        return ids, [*about, *self._run(lambda: unowned(self.store, corrected))]

    def readable(self, tag: bytes) -> list[str]:
        """The ids of all records that still hold something of a person."""
        ids, about = self.of(tag)
        return self._run(lambda: holding(self.store, [*ids, *about]))

    def subjects(self, tag: bytes) -> list[str]:
        """What records of nobody may be about: this person's answers and cases, erased ones too."""
        pseudonym = self._run(lambda: pseudonym_of(self.store.connection, self.store.master, tag))
        if not pseudonym:
            return []
        ids = self._run(lambda: owned(self.store, tag))
        readable, cases = list(every(self.reader, data_subject=pseudonym)), self.lineage.cases_of(ids)
        return self._run(lambda: subjects_about(self.store, tag, ids, readable, cases))

    def made_from_held(self) -> frozenset[str]:
        """The names of what was made from the data of people on legal hold."""
        sources = [each for tag in self.people_on_hold() for each in self._sources(tag)]
        return frozenset(each.name for each in self.lineage.follow(sources)) if sources else frozenset()

    def spared(self) -> Spared:
        """A hold keeps the person's records, and what others recorded about those."""
        people = self.people_on_hold()
        return Spared(people, [each for tag in people for each in self.of(tag)[1]])

    def people_on_hold(self) -> list[bytes]:
        """The keyed hashes of people on legal hold."""
        return [owner_tag(self.store.master, each) for each in sorted(held_people(self.reader))]

    def _sources(self, tag: bytes) -> Sequence[bytes]:
        ids, about = self.of(tag)
        return [person_source(tag), *(thing(f"record:{each}") for each in (*ids, *about))]

    def _run(self, work: Callable[[], T]) -> T:
        return self.recorder.run(work).result()
