"""Rows in, risk out."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from aboveboard.privacy.risk._advice import advise
from aboveboard.privacy.risk._classes import group
from aboveboard.privacy.risk._coding import code_columns
from aboveboard.privacy.risk._errors import RiskError
from aboveboard.privacy.risk._population import assess_population
from aboveboard.privacy.risk._quasi import suggest_quasi
from aboveboard.privacy.risk._report import RiskReport, SizeBand
from aboveboard.privacy.risk._sensitive import assess_sensitive

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

TARGET = 11
"""Classes of eleven: a risk of 0.09 (EMA policy 0070, Health Canada)."""
MAY_DROP = 0.01
"""The share of rows that advice may tell to drop."""
_BANDS: tuple[tuple[int, int | None], ...] = (
    (1, 1),
    (2, 2),
    (3, 4),
    (5, 10),
    (11, 19),
    (20, 99),
    (100, None),
)


def assess_risk(
    columns: Mapping[str, Sequence[object]],
    quasi: Sequence[str],
    sensitive: Sequence[str] = (),
    *,
    target: int = TARGET,
    population: int | None = None,
) -> RiskReport:
    """The risk that rows of a table are led back to people by the columns `quasi`.

    `columns` are all of one length, one row a person. A missing value is a value like any other.
    `population` is how many people the rows were drawn from. O(n log n) in the rows. Raises RiskError.
    """
    if not quasi:
        likely = ", ".join(suggest_quasi(columns)) or "columns that others may know of a person"
        raise RiskError("no quasi-identifiers are named", cure=f"name them; likely ones: {likely}")
    coded = code_columns(columns, [*quasi, *sensitive])
    found = group([column.codes for column in coded[: len(quasi)]]) if len(coded[0].codes) else None
    if found is None or target < 2 or (population is not None and population < found.rows):
        raise RiskError("no rows, a target below 2, or a population smaller than the rows")
    sizes = found.sizes
    return RiskReport(
        rows=found.rows,
        quasi=tuple(quasi),
        classes=len(sizes),
        k=int(sizes.min()),
        sizes=_bands(sizes),
        unique_share=_share_below(sizes, 2),
        target=target,
        small_share=_share_below(sizes, target),
        prosecutor_highest=1 / int(sizes.min()),
        prosecutor_average=len(sizes) / found.rows,
        population=assess_population(sizes, population) if population is not None else None,
        sensitive=tuple(assess_sensitive(column, found) for column in coded[len(quasi) :]),
        advice=advise(coded[: len(quasi)], target, MAY_DROP),
    )


def _share_below(sizes: "npt.NDArray[np.int64]", bound: int) -> float:
    return float(sizes[sizes < bound].sum() / sizes.sum())


def _bands(sizes: "npt.NDArray[np.int64]") -> tuple[SizeBand, ...]:
    made = []
    for low, high in _BANDS:
        inside = sizes[(sizes >= low) & (sizes <= high if high is not None else True)]
        made.append(SizeBand(low, high, len(inside), int(inside.sum())))
    return tuple(band for band in made if band.classes)
