"""Which items of a run make a measure bad."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from aboveboard.console._item_rows import ItemRow
from aboveboard.errors import AboveboardError
from aboveboard.evals import load_suite
from aboveboard.evals.comparing import open_run, scored_from_log, worst_clusters
from aboveboard.evidence.records import Measurement

_MOST_ITEMS = 1000
"""In a larger run, leaving each case out would keep the page waiting."""


@dataclass(frozen=True, slots=True)
class WorstCase:
    """A case, by how much the measure would be better without it, and its items."""

    name: str
    influence: float
    items: Sequence[ItemRow]


@dataclass(frozen=True, slots=True)
class Worst:
    """The worst cases for a measure, or why none can be told."""

    measure: str
    cases: Sequence[WorstCase] = ()
    reason: str = ""


def worst_of(folder: Path, measure: str, measured: Sequence[Measurement]) -> Worst | None:
    """For a measure of the run, its worst cases; None when none was asked for, or it is none of the run's."""
    found = next((each for each in measured if each.measure == measure), None)
    if found is None:
        return None
    if found.coverage.planned > _MOST_ITEMS:
        return Worst(
            measure, reason=f"There are more than {_MOST_ITEMS:,} items: too many to try each case here."
        )
    try:
        cases = _cases(folder, found)
    except AboveboardError as error:
        return Worst(measure, reason=f"It cannot be told: {error.what}.")
    return Worst(measure, cases) if cases else Worst(measure, reason="No case alone makes it worse.")


def _cases(folder: Path, measurement: Measurement) -> list[WorstCase]:
    run, suite = open_run(folder.parent.parent, folder.name), load_suite(measurement.suite)
    logged = run.of_suite(suite.id)
    scored = scored_from_log(logged, run.items(suite))
    return [
        WorstCase(each.cluster, each.influence, [ItemRow.of(logged[one.item.id]) for one in each.items])
        for each in worst_clusters(suite, measurement.measure, scored)
    ]
