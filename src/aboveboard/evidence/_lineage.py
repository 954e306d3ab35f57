"""What was made from whose data: data shards, synthetic sets, checkpoints, caches, embeddings, eval cases."""

import threading
from collections.abc import Callable, Collection, Sequence
from typing import Any, TypeVar

from aboveboard.database import Database
from aboveboard.errors import AboveboardError, UnknownNameError
from aboveboard.evidence._artifacts import HELD, KINDS, Artifact, Purged, Purger, Purgers
from aboveboard.evidence._errors import ArtifactNameError
from aboveboard.evidence._owners import PERSON, owner_tag, person_source, pseudonym_for
from aboveboard.evidence._reader import Reader
from aboveboard.evidence._recorder import Recorder
from aboveboard.evidence._spelling import LONGEST, holds_name, is_telling, possible_names
from aboveboard.evidence._store import Store

T = TypeVar("T")


class Lineage:
    """Remembers what came from what, and follows it when a person is erased."""

    def __init__(self, store: Store, recorder: Recorder, purgers: Purgers | None = None) -> None:
        given = purgers or Purgers()
        self._store = store
        self._recorder = recorder
        self._purgers = dict(given.named)
        self._always = dict(given.always)
        self._cases = given.cases
        self._lock = threading.Lock()

    def register(self, name: str, purger: Purger) -> None:
        """Makes `purger` answer for the artifacts that name it."""
        with self._lock:
            self._purgers[name] = purger

    def made_from(
        self, name: str, sources: Sequence[str], *, kind: str, purger: str = "", otherwise: str = ""
    ) -> Artifact:
        """Notes that something of a kind (one of KINDS) was made from people, records and artifacts.

        A source that begins with `person:` is a pseudonym, `record:` and an id a record; any other is the
        name of an artifact as this returns it. `otherwise` says what must happen where no `purger` is at
        hand, and by when. Raises UnknownNameError for another kind, and ArtifactNameError for something named
        after one of these people.
        """
        if kind not in KINDS:
            raise UnknownNameError("kind of artifact", kind, list(KINDS))
        artifact = Artifact(f"{kind}:{name}", purger, otherwise or KINDS[kind])
        people = [each for each in sources if each.startswith(PERSON)]
        self.derive(
            artifact, data_subjects=people, artifacts=[each for each in sources if each not in people]
        )
        return artifact

    def derive(
        self, artifact: Artifact, *, data_subjects: Sequence[str] = (), artifacts: Sequence[str] = ()
    ) -> None:
        """Notes that an artifact was made from data of these people, and from these artifacts.

        Raises ArtifactNameError when it is named after one of them, or its name cannot be kept.
        """
        self._check_name(data_subjects, artifact)
        sources = [self._person(each) for each in data_subjects] + [thing(each) for each in artifacts]
        self._recorder.run(lambda: self._write(artifact, sources)).result()

    def derived_from(self, data_subject: str, records: Sequence[str] = ()) -> list[Artifact]:
        """Everything that came, however far down, from a person's data, or from these records of theirs."""
        return self.follow([self._person(data_subject), *(thing(f"record:{each}") for each in records)])

    def follow(self, sources: Sequence[bytes]) -> list[Artifact]:
        """Everything that came, however far down, from these sources, by name."""
        return self._recorder.run(lambda: self._follow(sources)).result()

    def of_kind(self, kind: str) -> list[Artifact]:
        """Every artifact of a kind that was ever noted, by name."""
        between = (f"{kind}:", f"{kind};")  # `;` follows `:`, and text compares by bytes in both engines
        rows = self._recorder.run(lambda: self._rows(_OF_KIND, between)).result()
        return [Artifact(*row) for row in rows]

    def made_directly_from(self, source: str) -> list[Artifact]:
        """What came from a person (`person:…`), a record (`record:…`) or an artifact in one step."""
        found = self._person(source) if source.startswith(PERSON) else thing(source)
        return self._recorder.run(lambda: self._step(found)).result()

    def sources(self, beginning: bytes) -> list[bytes]:
        """Everything that something was made from and whose name begins so."""
        rows = self._recorder.run(lambda: self._rows("SELECT DISTINCT source FROM lineage")).result()
        found = [bytes(row[0]) for row in rows]
        return [each for each in found if each.startswith(beginning)]

    def is_source(self, source: bytes) -> bool:
        """Whether anything is known to come from it; a claim is one even where nothing does."""
        query = "SELECT 1 FROM lineage WHERE source = ? LIMIT 1"
        return bool(self._recorder.run(lambda: self._rows(query, (source,))).result())

    def cases_of(self, records: Sequence[str]) -> Sequence[str]:
        """The cases that were opened by or about these records, as far as somebody here keeps cases."""
        return self._cases(records)

    def can_purge(self, claim: bytes) -> bool:
        """Whether every purger that a claim names is at hand."""
        artifacts = self.follow([claim])
        with self._lock:
            return all(not each.purger or each.purger in self._purgers for each in artifacts)

    def purge(self, artifacts: Sequence[Artifact], held: Collection[str] = ()) -> list[Purged]:
        """Purges these; asked again, it does and says the same again.

        What is `held`, by name, because it also came from somebody on legal hold, is left as it is.
        """
        return [self._purged(each, is_held=each.name in held) for each in artifacts]

    def waiting(self) -> list[Artifact]:
        """What a hold, or a purger that could not, has kept from being purged."""
        return self._recorder.run(lambda: self._step(WAITING)).result()

    def keep_for_later(self, purges: Sequence[Purged]) -> None:
        """Notes what has to wait, so that it is tried again."""
        edges = [(WAITING, each.artifact) for each in purges if each.waits]
        if edges:
            self._recorder.run(lambda: self._write_many(INSERT_EDGE, edges)).result()

    def wait_no_more(self, purges: Sequence[Purged]) -> None:
        """Drops what had waited and is purged now."""
        edges = [(WAITING, each.artifact) for each in purges]
        self._recorder.run(lambda: self._write_many(_DELETE_EDGE, edges)).result()

    def clean(self, reader: Reader) -> list[Purged]:
        """Has every place cleaned of what hangs on erased records."""
        return [Purged(name, _attempted(name, cleaner, reader)) for name, cleaner in self._always.items()]

    def forget(self, sources: Sequence[bytes]) -> None:
        """Drops what is known of these sources, when all that came from them is dealt with."""
        self._recorder.run(lambda: self._forget(sources)).result()

    def _check_name(self, people: Sequence[str], artifact: Artifact) -> None:
        """Names are stored in the clear, and stand in receipts of others, which outlive the person."""
        for text in (artifact.name, artifact.otherwise):
            if len(text) > LONGEST or not _is_text(text):
                raise ArtifactNameError(
                    "the name of an artifact, or what is to be done, cannot be kept",
                    cure=f"at most {LONGEST} characters, none of them a NUL or half of one",
                )
            names = {each for each in possible_names(text) if is_telling(each)}
            found = {pseudonym_for(self._store.master, each) for each in names}
            if not found.isdisjoint(people) or any(
                holds_name(text, each.removeprefix(PERSON)) for each in people
            ):
                raise ArtifactNameError(
                    "this artifact is named after a person whose data it holds",
                    cure="give it a number or a digest for a name: names are stored in the clear",
                )

    def _person(self, data_subject: str) -> bytes:
        return person_source(owner_tag(self._store.master, data_subject))

    def _write(self, artifact: Artifact, sources: Sequence[bytes]) -> None:
        with self._store.transaction():
            self._store.connection.execute(
                INSERT_ARTIFACT, (artifact.name, artifact.purger, artifact.otherwise)
            )
            self._store.connection.executemany(INSERT_EDGE, [(each, artifact.name) for each in sources])

    def _write_many(self, statement: str, edges: Sequence[tuple[bytes, str]]) -> None:
        with self._store.transaction():
            self._store.connection.executemany(statement, edges)

    def _follow(self, sources: Sequence[bytes]) -> list[Artifact]:
        """All that is reached, by name; what was reached is not followed again, so circles end."""
        reached: dict[str, Artifact] = {}
        waiting = list(sources)
        while waiting:
            for artifact in self._step(waiting.pop()):
                if artifact.name not in reached:
                    reached[artifact.name] = artifact
                    waiting.append(thing(artifact.name))
        return [reached[name] for name in sorted(reached)]

    def _step(self, source: bytes) -> list[Artifact]:
        return [Artifact(*row) for row in self._rows(_MADE_FROM, (source,))]

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with self._store.transaction():
            return list(self._store.connection.execute(query, values))

    def _forget(self, sources: Sequence[bytes]) -> None:
        with self._store.transaction():
            self._store.connection.executemany(
                "DELETE FROM lineage WHERE source = ?", [(each,) for each in sources]
            )

    def _purged(self, artifact: Artifact, *, is_held: bool) -> Purged:
        with self._lock:
            purger = self._purgers.get(artifact.purger)
        if is_held and artifact.purger:
            return Purged(artifact.name, HELD, waits=True)
        if purger is None:
            return Purged(artifact.name, artifact.otherwise or "remove what came from this person")
        left = _attempted(artifact.purger, purger, artifact.name)
        return Purged(artifact.name, left, waits=bool(left))


def _is_text(text: str) -> bool:
    """Whether either database takes it: PostgreSQL has no NUL, and UTF-8 no surrogates."""
    return "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


def _attempted(name: str, purger: Callable[[T], str], given: T) -> str:
    try:
        return purger(given)
    except AboveboardError as error:  # what it says of a place may name the person, and receipts outlive them
        return f"{name} failed: {error.what}"
    except OSError as error:
        return f"{name} failed: {error.strerror or type(error).__name__}"


WAITING = b"waiting"
"""Under what the lineage keeps artifacts that could not be purged yet."""

NO_ARTIFACT = ""
"""Where a source has to stand in the lineage although nothing came from it."""

INSERT_ARTIFACT = (
    "INSERT INTO artifacts (artifact, purger, otherwise) VALUES (?, ?, ?) ON CONFLICT (artifact)"
    " DO UPDATE SET purger = excluded.purger, otherwise = excluded.otherwise"
)
INSERT_EDGE = "INSERT INTO lineage (source, artifact) VALUES (?, ?) ON CONFLICT (source, artifact) DO NOTHING"
_OF_KIND = (
    "SELECT artifact, purger, otherwise FROM artifacts WHERE artifact > ? AND artifact < ? ORDER BY artifact"
)
_DELETE_EDGE = "DELETE FROM lineage WHERE source = ? AND artifact = ?"
_MADE_FROM = (
    "SELECT artifacts.artifact, purger, otherwise FROM lineage"
    " JOIN artifacts ON lineage.artifact = artifacts.artifact WHERE source = ? ORDER BY artifacts.artifact"
)


def thing(artifact: str) -> bytes:
    """How an artifact, or a record as `record:` and its id, stands in the lineage."""
    return b"artifact:" + artifact.encode()


def move_edges(connection: Database, source: bytes, target: bytes) -> None:
    """Says of all that came from a source that it came from another, within a transaction."""
    rows = connection.execute("SELECT artifact FROM lineage WHERE source = ?", (source,)).fetchall()
    connection.executemany(INSERT_EDGE, [(target, artifact) for (artifact,) in rows])
    connection.execute("DELETE FROM lineage WHERE source = ?", (source,))
