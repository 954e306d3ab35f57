"""Columns of anything as columns of small whole numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aboveboard.errors import suggest
from aboveboard.privacy.risk._errors import RiskError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Codes = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Coded:
    """A column: `categories[codes[i]]` is its i-th value (None where it is missing)."""

    name: str
    codes: "Codes"
    categories: tuple[object, ...]


def code_columns(columns: Mapping[str, Sequence[object]], names: Sequence[str]) -> list[Coded]:
    """These columns. Raises RiskError for one that is not there, twice named, or of another length."""
    if len(set(names)) < len(names):
        raise RiskError(
            "a column is named twice", cure="a column is a quasi-identifier or sensitive, not both"
        )
    for name in names:
        if name not in columns:
            raise RiskError(f"no column {name!r}", cure=suggest(name, list(columns)))
    if len({len(columns[name]) for name in names}) > 1:
        lengths = ", ".join(f"{name}: {len(columns[name])}" for name in names)
        raise RiskError(
            "columns of different lengths", where=lengths[:200], cure="one value a row in each column"
        )
    return [_code(name, columns[name]) for name in names]


def _code(name: str, column: Sequence[object]) -> Coded:
    import numpy as np

    values = column.tolist() if hasattr(column, "tolist") else column
    index: dict[object, int] = {}
    try:
        first = (index.setdefault(value, len(index)) for value in values)
        codes = np.fromiter(first, np.int64, len(values))
    except TypeError as error:
        raise RiskError(
            f"the column {name!r} holds lists or mappings", cure="a column holds plain values"
        ) from error
    return _without_gaps(name, codes, list(index))


def _without_gaps(name: str, codes: "Codes", found: list[object]) -> Coded:
    """Everything that means a missing value (None, an empty text, not a number) as one category."""
    import numpy as np

    gaps = [place for place, value in enumerate(found) if is_missing(value)]
    if not gaps or (gaps == [0] and found[0] is None):
        return Coded(name, codes, tuple(found))
    kept = [place for place in range(len(found)) if place not in set(gaps)]
    new = np.zeros(len(found), np.int64)
    new[kept] = np.arange(1, len(kept) + 1)
    return Coded(name, new[codes], (None, *(found[place] for place in kept)))


def is_missing(value: object) -> bool:
    """None, a text of white space alone, and what is not equal to itself (not a number)."""
    return value is None or (isinstance(value, str) and not value.strip()) or value != value
