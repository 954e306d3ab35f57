"""Ways to make a column coarser, step by step, up to leaving it out."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import floor, log10
from typing import TYPE_CHECKING

from aboveboard.privacy.operators import coarse_date
from aboveboard.privacy.risk._coding import Coded

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4}")
_CODE = re.compile(r"(?=.*\d)[A-Za-z0-9][A-Za-z0-9 -]{2,9}")
_SAMPLE = 1000


@dataclass(frozen=True, slots=True)
class Level:
    """One step: in words, and the new code of each old one."""

    words: str
    mapping: "npt.NDArray[np.int64]"


def ladder(column: Coded) -> list[Level]:
    """From as it is (empty words) to left out; each level only joins what the one before kept apart."""
    import numpy as np

    size = len(column.categories)
    levels = [Level("", np.arange(size))]
    for words, coarsen in _steps(column):
        texts = [coarsen(value) for value in column.categories]
        mapping = _numbered(texts)
        if int(mapping.max(initial=0)) + 1 < int(levels[-1].mapping.max(initial=0)) + 1:
            levels.append(Level(words, mapping))
    return [*levels, Level("leave out", np.zeros(size, np.int64))] if size > 1 else levels


def _numbered(values: Sequence[object]) -> "npt.NDArray[np.int64]":
    import numpy as np

    index: dict[object, int] = {}
    return np.array([index.setdefault(value, len(index)) for value in values], np.int64)


def _steps(column: Coded) -> list[tuple[str, Callable[[object], object]]]:
    values = [value for value in column.categories if value is not None]
    sample = [str(value) for value in values[:_SAMPLE]]
    numbers = [number for number in map(_number, values) if number is not None]
    if values and all(map(_DATE.fullmatch, sample)):
        return [(f"{name} only", _date_to(name)) for name in ("month", "year", "decade")]
    lengths = {len(text) for text in sample}
    if values and all(map(_CODE.fullmatch, sample)) and len(lengths) <= 3 and _is_code(column.name, sample):
        return [
            (f"first {kept} characters", _prefix(kept)) for kept in range(min(max(lengths) - 1, 4), 0, -1)
        ]
    if values and len(numbers) == len(values):
        return [(f"bands of {width:g}", _band(width)) for width in _widths(numbers)]
    return []


def _is_code(name: str, sample: Sequence[str]) -> bool:
    """A postcode rather than a number: it says so, has a leading zero, or letters."""
    named = re.search(r"zip|post|plz|cap$|code|cp$", name, re.IGNORECASE)
    return bool(named) or any(text.startswith("0") or not text.isdigit() for text in sample)


def _number(value: object) -> float | None:
    try:
        number = float(value) if isinstance(value, int | float | str) else None
    except ValueError:
        return None
    return number if number is not None and abs(number) < 1e300 else None


def _widths(numbers: Sequence[float]) -> list[float]:
    """1, 2, 5, 10, 20… times a power of ten: from twenty bands or so down to two."""
    spread = max(numbers) - min(numbers)
    if not spread:
        return []
    lowest = 10.0 ** floor(log10(spread / 20))
    widths = [lowest * factor for factor in (1, 2, 5, 10, 20, 50, 100)]
    return [width for width in widths if spread / 20 <= width <= spread / 2]


def _band(width: float) -> Callable[[object], object]:
    def coarsen(value: object) -> object:
        number = _number(value)
        return None if number is None else floor(number / width)

    return coarsen


def _date_to(precision: str) -> Callable[[object], object]:
    return lambda value: None if value is None else coarse_date(str(value), precision)


def _prefix(kept: int) -> Callable[[object], object]:
    return lambda value: None if value is None else str(value)[:kept]
