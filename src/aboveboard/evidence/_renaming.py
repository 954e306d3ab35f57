"""Artifacts that are named after a person: what they are called once the person is erased.

Names are stored in the clear and stand in receipts. The new ones are noted before the intent of an erasure is
recorded, by whoever knows what the person is called; from then on anybody can finish it.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from aboveboard.database import Database
from aboveboard.evidence._artifacts import KINDS, Artifact, Purged
from aboveboard.evidence._database import plain_words
from aboveboard.evidence._lineage import INSERT_ARTIFACT, INSERT_EDGE, WAITING, move_edges, thing
from aboveboard.evidence._sealing import MasterKey
from aboveboard.evidence._spelling import is_number, is_telling, without_name
from aboveboard.evidence._store import Store

_PLAN, _THING = b"renamed:", thing("")
_MARK = 12


@dataclass(frozen=True, slots=True)
class Renamed:
    """An artifact by the name that holds a person's, and what it is from now on."""

    old: str
    new: Artifact


def every_artifact(store: Store) -> list[Artifact]:
    """Every artifact that is known, also as the source of another alone."""
    with plain_words(store.path):
        rows = store.connection.execute("SELECT artifact, purger, otherwise FROM artifacts").fetchall()
        sources = store.connection.execute("SELECT DISTINCT source FROM lineage").fetchall()
    known = {row[0]: Artifact(*row) for row in rows}
    parents = [bytes(row[0]) for row in sources]
    for parent in parents:
        if parent.startswith(_THING):
            name = parent.removeprefix(_THING).decode()
            known.setdefault(name, Artifact(name))
    return list(known.values())


def named_after(
    artifacts: Iterable[Artifact], names: Sequence[str], made: Collection[str], master: MasterKey
) -> list[Renamed]:
    """Which artifacts hold one of a person's `names` in theirs, or in their instructions, and what they are
    to be.

    Of what was `made` from the person every name counts but a short number; elsewhere one that is long enough
    to stand there by no chance. Nothing is left to a purger then: it would look for the old name. So what
    others' data are purged from stays as it is: nobody's name may stand between them and their erasure.
    """
    counting = [each for each in names if each and not is_number(each)]
    telling = [each for each in counting if is_telling(each)]
    found = [
        (each, _renamed(each, counting if each.name in made else telling, master))
        for each in artifacts
        if each.name in made or not each.purger
    ]
    return [Renamed(old.name, new) for old, new in found if new != old]


def plan(store: Store, erasure: str, renamed: Sequence[Renamed]) -> None:
    """Notes in the lineage what an erasure, by its intent's id, renames."""
    notes = [(_note(erasure, each.new), each.old) for each in renamed]
    with store.transaction():
        store.connection.executemany(INSERT_EDGE, notes)


def planned(store: Store, erasure: str = "") -> dict[str, Artifact]:
    """What an erasure, or any, renames and has not yet: the new ones by the old names."""
    return {old: _new(note) for note, old in _notes(store, erasure)}


def carry_out(store: Store, erasures: Collection[str]) -> int:
    """Renames what these planned, but for what waits to be purged under its old name; returns how many."""
    with store.transaction():
        ready = [
            Renamed(old, _new(note))
            for note, old in _notes(store)
            if _erasure(note) in erasures and not _waits(store.connection, old)
        ]
        for each in ready:
            _rename(store.connection, each)
    return len(ready)


def shown(purged: Purged, renamed: Mapping[str, Artifact]) -> Purged:
    """What became of an artifact, as a receipt may say it."""
    new = renamed.get(purged.artifact)
    if new is None:
        return purged
    left = new.otherwise if purged.left and not purged.waits else purged.left
    return replace(purged, artifact=new.name, left=left)


def _renamed(artifact: Artifact, names: Sequence[str], master: MasterKey) -> Artifact:
    """The artifact without these names; itself when it holds none of them."""
    kind, _, bare = artifact.name.partition(":") if artifact.kind else ("", "", artifact.name)
    mark = f"erased-{master.tag('renamed', artifact.name).hex()[:_MARK]}"
    name, todo = bare, artifact.otherwise
    for each in names:
        name, todo = without_name(name, each, mark), without_name(todo, each, "…")
    if (name, todo) == (bare, artifact.otherwise):
        return artifact
    return Artifact(f"{kind}:{name}" if kind else name, "", todo or KINDS.get(kind, ""))


def _rename(connection: Database, each: Renamed) -> None:
    old, new = each.old, each.new
    rows = connection.execute("SELECT source FROM lineage WHERE artifact = ?", (old,)).fetchall()
    sources = [bytes(row[0]) for row in rows]
    connection.execute("DELETE FROM lineage WHERE artifact = ?", (old,))
    connection.execute("DELETE FROM artifacts WHERE artifact = ?", (old,))
    connection.execute(INSERT_ARTIFACT, (new.name, new.purger, new.otherwise))
    edges = [(source, new.name) for source in sources if not source.startswith(_PLAN)]
    connection.executemany(INSERT_EDGE, edges)
    move_edges(connection, thing(old), thing(new.name))


def _waits(connection: Database, artifact: str) -> bool:
    query = "SELECT 1 FROM lineage WHERE source = ? AND artifact = ?"
    return connection.execute(query, (WAITING, artifact)).fetchone() is not None


def _notes(store: Store, erasure: str = "") -> list[tuple[bytes, str]]:
    beginning = _PLAN + erasure.encode()
    with plain_words(store.path):
        rows = store.connection.execute(
            "SELECT source, artifact FROM lineage WHERE source > ? AND source < ?",
            (beginning, beginning + b"\xff"),
        ).fetchall()
    return [(bytes(source), artifact) for source, artifact in rows]


def _note(erasure: str, new: Artifact) -> bytes:
    return _PLAN + f"{erasure}:{json.dumps([new.name, new.otherwise])}".encode()


def _erasure(note: bytes) -> str:
    return note.removeprefix(_PLAN).partition(b":")[0].decode()


def _new(note: bytes) -> Artifact:
    name, otherwise = json.loads(note.removeprefix(_PLAN).partition(b":")[2])
    return Artifact(name, "", otherwise)
