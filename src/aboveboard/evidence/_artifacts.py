"""What can be made from data, by kind, and who can take a person out of it again."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from aboveboard.evidence._reader import Reader

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

HELD = "it also holds data of somebody on legal hold, and goes when that has ended"
"""What remains of an artifact that a hold keeps from being purged."""


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
    """What became of one artifact: `left` is empty when it is rid of the person. One that `waits` is tried
    again by whoever opens the state next.
    """

    artifact: str
    left: str
    waits: bool = False
