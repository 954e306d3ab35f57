"""Answers that one model gave readably and the other did not: how many, and what they could hide."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from aboveboard.evals._item import Score, Scored
from aboveboard.evals._suite import Asks, Suite
from aboveboard.evals.comparing._difference import Key, Paired, values_of
from aboveboard.evals.comparing._harm import harm


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many answers could be read, as shares of the `n` items. `lost` are those that the first gave
    readably and the second did not; `p_value` is one-sided, against "the second loses no more than it gains".
    """

    n: int
    first: float
    second: float
    lost: int
    p_value: float


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a suite, and the questions under which the suite draws it."""

    key: Key
    asks: Asks


def coverage(measure: str, first: Sequence[Scored], second: Sequence[Scored]) -> Coverage:
    """Of the items of a measure, what both could be read for; an item without an entry was not read.

    The test is an exact sign test over clusters (Dixon and Mood 1946), as the answers of one cluster are
    lost together.
    """
    mine = [each for each in first if each.item.is_for(measure)]
    right = _read(second)
    moved: dict[str, int] = {}
    for each in mine:
        change = (each.item.id in right) - (each.score is not None)
        moved[each.item.cluster] = moved.get(each.item.cluster, 0) + change
    before = sum(each.score is not None for each in mine)
    lost = sum(each.score is not None and each.item.id not in right for each in mine)
    after = sum(each.item.id in right for each in mine)
    n = max(1, len(mine))
    return Coverage(len(mine), before / n, after / n, lost, _sign_test(moved.values()))


def lost_at_worst(suite: Suite, first: Sequence[Scored], second: Sequence[Scored], figure: Figure) -> Paired:
    """What both answered readably, and with it what only the first did, at its worst for the second.

    A lost answer takes a score that was seen on an item like it, so that it is one the suite can draw: of
    those with the least and the greatest numbers, the one under which the figure is farthest from good,
    group by group, those before it in place. For a figure that rises or falls with every score that is a
    bound (Horowitz and Manski 2000, JASA 95); for others a search near it.
    """
    seen, gone = _divided(figure.key[0], first, second)
    paired = Paired([one for one, _ in seen], [two for _, two in seen])
    for alike in _alike(gone, figure.key[1]):
        donors = _extremes(alike, seen)
        if not donors:
            continue
        tried = [_with(paired, alike, donor) for donor in donors]
        paired = max(tried, key=lambda each: _harm(suite, each, figure))
    return paired


def _read(scored: Sequence[Scored]) -> dict[str, Scored]:
    return {each.item.id: each for each in scored if each.score is not None}


def _sign_test(changes: Iterable[int]) -> float:
    """The chance of as many clusters below 0, if a cluster that changes is as likely to be above."""
    signs = [change < 0 for change in changes if change]
    return sum(math.comb(len(signs), k) for k in range(sum(signs), len(signs) + 1)) / (1 << len(signs))


def _divided(
    measure: str, first: Sequence[Scored], second: Sequence[Scored]
) -> tuple[list[tuple[Scored, Scored]], list[Scored]]:
    right = _read(second)
    read = [each for each in first if each.score is not None]
    both = [(each, right[each.item.id]) for each in read if each.item.id in right]
    gone = [each for each in read if each.item.id not in right and each.item.is_for(measure)]
    return both, gone


def _alike(gone: Sequence[Scored], by: str) -> list[list[Scored]]:
    """The lost answers of one group and of one kind of score each; of the whole, by all that groups items."""
    found: dict[tuple[object, ...], list[Scored]] = {}
    for each in gone:
        groups = each.item.groups.get(by) if by else tuple(sorted(each.item.groups.items()))
        found.setdefault((groups, *sorted(each.score or ())), []).append(each)
    return list(found.values())


def _extremes(alike: Sequence[Scored], seen: Sequence[tuple[Scored, Scored]]) -> list[Score]:
    """Of the scores seen that have the names of these, those with the least and the greatest of each name."""
    names = sorted(alike[0].score or ())
    scores: list[Mapping[str, float]] = [
        each.score
        for each in (*alike, *(one for pair in seen for one in pair))
        if each.score is not None and sorted(each.score) == names
    ]
    ends = [end(scores, key=itemgetter(name)) for name in names for end in (min, max)]
    return [each for place, each in enumerate(ends) if each not in ends[:place]]


def _with(paired: Paired, alike: Sequence[Scored], score: Score) -> Paired:
    return Paired([*paired.first, *alike], [*paired.second, *(replace(each, score=score) for each in alike)])


def _harm(suite: Suite, paired: Paired, figure: Figure) -> float:
    """Of the second; one that has no value is no worse than any."""
    direction = next(each.direction for each in suite.measures if each.id == figure.key[0])
    value = values_of(suite, paired.second, figure.asks).get(figure.key)
    return -math.inf if value is None else harm(direction, value)
