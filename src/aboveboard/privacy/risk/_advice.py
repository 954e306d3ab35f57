"""Which columns to make coarser so that every class has k rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aboveboard.privacy.risk._classes import group
from aboveboard.privacy.risk._coding import Coded
from aboveboard.privacy.risk._ladders import Level, ladder

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Codes = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Advice:
    """The steps (column, what to do) after which at most `dropped` (a share) of the rows, which must go,
    are in classes of fewer than `k` rows. No step can be made smaller by itself; another set of steps
    may still lose less.
    """

    k: int
    steps: tuple[tuple[str, str], ...]
    dropped: float


def advise(columns: Sequence[Coded], k: int, may_drop: float) -> Advice | None:
    """The steps for these quasi-identifiers; None when there are fewer than k rows at all."""
    search = _Search(columns, k)
    if search.rows < k:
        return None
    levels = search.refined(search.reached(may_drop), may_drop)
    steps = [
        (column.name, search.ladders[place][levels[place]].words) for place, column in enumerate(columns)
    ]
    return Advice(k, tuple(step for step in steps if step[1]), search.small(levels))


class _Search:
    def __init__(self, columns: Sequence[Coded], k: int) -> None:
        import numpy as np

        self._k = k
        self.ladders: list[list[Level]] = [ladder(column) for column in columns]
        classes = group([column.codes for column in columns])
        first = np.empty(len(classes.sizes), np.int64)
        first[classes.of_row] = np.arange(len(classes.of_row))
        self._codes: list[Codes] = [column.codes[first] for column in columns]
        self._weights = classes.sizes
        self.rows = classes.rows

    def small(self, levels: Sequence[int]) -> float:
        """The share of rows in classes of fewer than k when the columns are at these levels."""
        coded = [
            ladder_[level].mapping[codes]
            for ladder_, level, codes in zip(self.ladders, levels, self._codes, strict=True)
        ]
        sizes = group(coded, self._weights).sizes
        return float(sizes[sizes < self._k].sum() / self.rows)

    def reached(self, may_drop: float) -> list[int]:
        """Upwards from the data as they are, each time the step that leaves the fewest rows in small
        classes.
        """
        levels = [0] * len(self.ladders)
        left = self.small(levels)
        while left > may_drop:
            ways = [
                (self.small(_with(levels, place, levels[place] + 1)), -len(self.ladders[place]), place)
                for place in range(len(levels))
                if levels[place] + 1 < len(self.ladders[place])
            ]
            left, _, place = min(ways)
            levels[place] += 1
        return levels

    def refined(self, levels: list[int], may_drop: float) -> list[int]:
        """Each column back down as far as goes while all is still well, the highest first."""
        for place in sorted(range(len(levels)), key=lambda place: -levels[place]):
            for lower in range(levels[place]):
                if self.small(_with(levels, place, lower)) <= may_drop:
                    levels[place] = lower
                    break
        return levels


def _with(levels: Sequence[int], place: int, level: int) -> list[int]:
    return [*levels[:place], level, *levels[place + 1 :]]
