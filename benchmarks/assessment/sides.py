"""One side of the assessment read back from its state folder: the runs, the promises, what was measured."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from aboveboard.charter import Charter
from aboveboard.cli._charters import open_charter
from aboveboard.evals import RunView, list_runs
from aboveboard.evals.comparing import RecordedRun, open_run
from aboveboard.evidence import Evidence, PromiseStatus, settle
from aboveboard.evidence.records import Decision, Footprint, Measurement

_IN_ONE_GO = 1.1
"""A model in this process is asked one thing at a time: who waited longer than the run took stopped it."""


@dataclass(frozen=True)
class Side:
    """`runs` are finished ones that have every suite; `measurements` are by measure.

    `footprints` by suite are absent where the first run took answers from the cache, or was stopped between:
    what they had cost is not in its figure.
    """

    charter: Charter
    runs: Sequence[RecordedRun]
    statuses: Sequence[PromiseStatus]
    measurements: dict[str, Measurement]
    footprints: dict[str, Footprint]

    @property
    def suites(self) -> list[str]:
        return [name for run in self.runs for name in run.view.suites]

    @property
    def answers(self) -> int:
        return sum(len(run.entries) for run in self.runs)

    def count(self, verdict: str) -> int:
        return sum(status.verdict.value == verdict for status in self.statuses)

    def of_verdict(self, verdict: str) -> list[PromiseStatus]:
        return [status for status in self.statuses if status.verdict.value == verdict]


def read_side(state: Path, charter_file: Path) -> Side:
    """What a state folder holds about a charter; raises AboveboardError, ValueError where no run is done."""
    charter = open_charter(charter_file)
    views = finished(state, charter)
    if not views:
        raise ValueError(f"{state}: no finished run of {charter_file}; run this without --page")
    with Evidence.read(state, None, None) as reader:
        statuses = settle(charter, reader, datetime.now(UTC), model_digest=views[0].model_digest)
        found = [each for each in reader.find("measurement") if isinstance(each, Measurement)]
    runs = {view.id: open_run(state, view.id) for view in views}
    newest = [each for each in found if each.run in runs]
    return Side(
        charter,
        list(runs.values()),
        statuses,
        {each.measure: each for each in reversed(newest)},
        _footprints(runs[views[0].id], newest),
    )


def _footprints(run: RecordedRun, measurements: Iterable[Measurement]) -> dict[str, Footprint]:
    """What each suite took, where all its answers were given in this run, and in one go."""
    fresh = {name for name in run.view.suites if not any(e["cached"] for e in run.of_suite(name).values())}
    waited = sum(each["seconds"] for each in run.entries.values() if not each["cached"])
    if waited > _IN_ONE_GO * run.view.seconds:
        return {}
    return {each.suite: each.footprint for each in measurements if each.footprint and each.suite in fresh}


def finished(state: Path, charter: Charter) -> list[RunView]:
    """The finished runs of the charter, so many that each suite has one: wide ones first, then the newest."""
    runs = [each for each in list_runs(state) if each.is_finished and each.charter_digest == charter.digest]
    chosen: list[RunView] = []
    for view in sorted(runs, key=lambda each: -len(each.suites)):
        seen = {name for each in chosen for name in each.suites}
        if not seen.issuperset(view.suites):
            chosen.append(view)
    return chosen


def decisions(state: Path) -> list[Decision]:
    """Every request that the gateway answered, as it recorded it."""
    return list(_decisions(state))


def _decisions(state: Path) -> Iterator[Decision]:
    after: str | None = None
    with Evidence.read(state, None, None) as reader:
        while page := reader.find("decision", limit=1000, after=after):
            yield from (each for each in page if isinstance(each, Decision))
            after = page[-1].id
