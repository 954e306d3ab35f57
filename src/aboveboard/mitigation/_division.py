"""Items kept back: which of a suite's are tried on, and which no candidate answers until the end."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from aboveboard.evals import Item, Options, Suite
from aboveboard.mitigation._earlier import Earlier
from aboveboard.values import digest_json


@dataclass(frozen=True, slots=True)
class Division:
    """Two parts of a suite's items. `seen_by` are the earlier trials whose candidates answered some of those
    kept back: none, as long as there are others to keep back.
    """

    suite: str
    tried_on: list[Item]
    kept_back: list[Item]
    seen_by: tuple[Earlier, ...] = ()

    @property
    def digest(self) -> str:
        """Of the items kept back, for the record of what was decided before anything was tried."""
        return digest_json([item.id for item in self.kept_back])


def halves(suite: Suite, options: Options) -> Division:
    """The suite's items in two halves, the same in every run; no item is apart from others of its cluster.

    Clusters are put in the order of a digest of their name and the seed, and the second half is kept back.
    """
    items = suite.items(options)
    order = _ordered(items, suite.id, options.seed)
    first = set(order[: (len(order) + 1) // 2])
    return Division(
        suite.id,
        [item for item in items if item.cluster in first],
        [item for item in items if item.cluster not in first],
    )


def divide(suite: Suite, options: Options, earlier: Sequence[Earlier]) -> Division:
    """The halves; items kept back that an earlier trial's candidates answered give way to as many that none
    did, from all that the suite has.

    Where there are not as many, the half stays and `seen_by` says who saw it: what is tried now may have been
    thought of because of what was seen there (Dwork et al. 2015, "The reusable holdout", Science 349:636).
    """
    division = halves(suite, options)
    spent = frozenset[str]().union(*(each.answered for each in earlier))
    mine = marks(suite.id, division.kept_back)
    if spent.isdisjoint(mine):
        return division
    fresh = _unseen(suite, options, division, spent)
    if len(clusters_of(fresh)) == len(mine):
        return replace(division, kept_back=fresh)
    return replace(division, seen_by=tuple(each for each in earlier if not each.answered.isdisjoint(mine)))


def clusters_of(items: Sequence[Item]) -> list[str]:
    """The clusters of items, in the order in which they come."""
    return list(dict.fromkeys(item.cluster for item in items))


def marks(suite: str, items: Sequence[Item]) -> tuple[str, ...]:
    """Those of the items' clusters, sorted."""
    return tuple(sorted(_mark(suite, name) for name in clusters_of(items)))


def _unseen(suite: Suite, options: Options, division: Division, spent: frozenset[str]) -> list[Item]:
    """Up to as many clusters as are kept back, of those that are not tried on and that nobody has answered:
    the half's own first, then others of the suite."""
    near = {*clusters_of(division.tried_on), *clusters_of(division.kept_back)}
    whole = suite.items(replace(options, profile="full", limit=None))
    others = [item for item in whole if item.cluster not in near]
    parts = (division.kept_back, others)
    order = [name for part in parts for name in _ordered(part, suite.id, options.seed)]
    free = [name for name in order if _mark(suite.id, name) not in spent]
    chosen = set(free[: len(clusters_of(division.kept_back))])
    return [item for part in parts for item in part if item.cluster in chosen]


def _ordered(items: Sequence[Item], suite: str, seed: int) -> list[str]:
    return sorted(clusters_of(items), key=lambda name: _place(name, suite, seed))


def _place(cluster: str, suite: str, seed: int) -> bytes:
    return hashlib.sha256(f"{seed}\x00{suite}\x00{cluster}".encode()).digest()


def _mark(suite: str, cluster: str) -> str:
    """A short digest, by which records say what was seen and not what it was about."""
    return hashlib.sha256(f"{suite}\x00{cluster}".encode()).hexdigest()[:16]
