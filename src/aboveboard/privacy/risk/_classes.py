"""Equivalence classes: rows that agree in every quasi-identifier."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Codes = npt.NDArray[np.int64]

_LARGEST_KEY = 1 << 62


@dataclass(frozen=True, slots=True)
class Classes:
    """The class of each row, and how many rows each class has."""

    of_row: "Codes"
    sizes: "Codes"

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return int(self.sizes.sum())


def group(columns: Sequence["Codes"], weights: "Codes | None" = None) -> Classes:
    """Rows grouped by their codes in all columns (at least one). `weights`: how many rows each row stands
    for.
    """
    import numpy as np

    key, bound = columns[0], int(columns[0].max(initial=0)) + 1
    for column in columns[1:]:
        width = int(column.max(initial=0)) + 1
        if bound > _LARGEST_KEY // width:
            found, key = np.unique(key, return_inverse=True)
            bound = len(found)
        key, bound = key * width + column, bound * width
    found, of_row = np.unique(key, return_inverse=True)
    sizes = np.bincount(of_row, weights, minlength=len(found)).astype(np.int64)
    return Classes(of_row, sizes)
