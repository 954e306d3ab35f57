"""What was made from whose data: data shards, synthetic sets, checkpoints, caches, embeddings, eval cases."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from aboveboard.errors import AboveboardError, UnknownNameError
from aboveboard.evidence._owners import owner_tag
from aboveboard.evidence._reader import Reader
from aboveboard.evidence._recorder import Recorder
from aboveboard.evidence._store import Store

Purger = Callable[[str], str]
"""Takes an artifact's name and removes the person's data from it; returns "" or what remains to be done.

It may be called again for the same artifact, after a crash or by two processes, and must bear that.
"""

Cleaner = Callable[[Reader], str]
"""Removes from a place what hangs on erased records; returns "" or what remains to be done."""

CaseFinder = Callable[[Sequence[str]], Sequence[str]]
"""Takes the ids of records and returns those of the cases that they opened, or that are about them."""

KINDS: Mapping[str, str] = {
    "shard": "take this person's rows out of it",
    "synthetic": "generate it again without this person's data",
    "checkpoint": "retrain it without this person's data",
    "cache": "empty it",
    "embedding": "delete this person's vectors and build the index again",
    "eval-case": "take it out of its suite",
    "run": "delete its per-item log",
    "export": "delete every copy of it",
}
"""The kinds of artifacts, and what has to happen to one that nothing here can purge."""

PERSON = "person:"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Artifact:
    """Something made from data. `purger` names what can purge it; `otherwise` says what must happen without
    one.

    The name is stored in the clear: never put a person's name or pseudonym in it.
    """

    name: str
    purger: str = ""
    otherwise: str = ""

    @property
    def kind(self) -> str:
        """One of KINDS, when the name says: it is then `kind:name`."""
        kind = self.name.partition(":")[0]
        return kind if kind in KINDS else ""


@dataclass(frozen=True, slots=True)
class Purgers:
    """What can remove a person's data outside the vault.

    `named` purge the artifacts that name them; `always` run at every erasure, once the payloads are gone.
    `cases` knows which cases were opened by or about records.
    """

    named: Mapping[str, Purger] = field(default_factory=dict)
    always: Mapping[str, Cleaner] = field(default_factory=dict)
    cases: CaseFinder = lambda _: ()


@dataclass(frozen=True, slots=True)
class Purged:
    """What became of one artifact: `left` is empty when it is rid of the person."""

    artifact: str
    left: str


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
        hand, and by when. Raises UnknownNameError for another kind.
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
        """Notes that an artifact was made from data of these people, and from these artifacts."""
        sources = [self._person(each) for each in data_subjects] + [thing(each) for each in artifacts]
        self._recorder.run(lambda: self._write(artifact, sources)).result()

    def derived_from(self, data_subject: str, records: Sequence[str] = ()) -> list[Artifact]:
        """Everything that came, however far down, from a person's data, or from these records of theirs."""
        sources = [self._person(data_subject), *(thing(f"record:{each}") for each in records)]
        return self._recorder.run(lambda: self._follow(sources)).result()

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
        artifacts = self._recorder.run(lambda: self._follow([claim])).result()
        with self._lock:
            return all(not each.purger or each.purger in self._purgers for each in artifacts)

    def purge(self, sources: Sequence[bytes]) -> list[Purged]:
        """Purges what came from these sources; asked again, it does and says the same again."""
        artifacts = self._recorder.run(lambda: self._follow(sources)).result()
        return [Purged(each.name, self._purged(each)) for each in artifacts]

    def clean(self, reader: Reader) -> list[Purged]:
        """Has every place cleaned of what hangs on erased records."""
        return [Purged(name, _attempted(name, cleaner, reader)) for name, cleaner in self._always.items()]

    def forget(self, sources: Sequence[bytes]) -> None:
        """Drops what is known of these sources, when all that came from them is dealt with."""
        self._recorder.run(lambda: self._forget(sources)).result()

    def _person(self, data_subject: str) -> bytes:
        return person_source(owner_tag(self._store.master, data_subject))

    def _write(self, artifact: Artifact, sources: Sequence[bytes]) -> None:
        with self._store.transaction():
            self._store.connection.execute(
                _INSERT_ARTIFACT, (artifact.name, artifact.purger, artifact.otherwise)
            )
            self._store.connection.executemany(INSERT_EDGE, [(each, artifact.name) for each in sources])

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

    def _purged(self, artifact: Artifact) -> str:
        with self._lock:
            purger = self._purgers.get(artifact.purger)
        if purger is None:
            return artifact.otherwise or "remove what came from this person"
        return _attempted(artifact.purger, purger, artifact.name)


def _attempted(name: str, purger: Callable[[T], str], given: T) -> str:
    try:
        return purger(given)
    except (AboveboardError, OSError) as error:
        return f"{name} failed: {error}"


NO_ARTIFACT = ""
"""Where a source has to stand in the lineage although nothing came from it."""

_INSERT_ARTIFACT = (
    "INSERT INTO artifacts (artifact, purger, otherwise) VALUES (?, ?, ?) ON CONFLICT (artifact)"
    " DO UPDATE SET purger = excluded.purger, otherwise = excluded.otherwise"
)
INSERT_EDGE = "INSERT INTO lineage (source, artifact) VALUES (?, ?) ON CONFLICT (source, artifact) DO NOTHING"
_MADE_FROM = (
    "SELECT artifacts.artifact, purger, otherwise FROM lineage"
    " JOIN artifacts ON lineage.artifact = artifacts.artifact WHERE source = ? ORDER BY artifacts.artifact"
)


def thing(artifact: str) -> bytes:
    """How an artifact, or a record as `record:` and its id, stands in the lineage."""
    return b"artifact:" + artifact.encode()


def person_source(tag: bytes) -> bytes:
    """How a person stands in the lineage, by their keyed hash."""
    return b"person:" + tag
