"""A run read back: its items made again, each with the answer and the score of its log."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypedDict

import msgspec

from aboveboard.errors import AboveboardError, UnknownNameError
from aboveboard.evals._errors import EvalError, LogDamagedError, RunNotFoundError
from aboveboard.evals._finding import Ask
from aboveboard.evals._item import Answer, Item, Options, Profile, Scored
from aboveboard.evals._item_log import MEASURE_AGAIN, count_items, holds_digest, read_items, verify_log
from aboveboard.evals._requests import describe_messages
from aboveboard.evals._run_state import RunView, list_runs, read_run
from aboveboard.evals._suite import Suite, load_suite
from aboveboard.evidence.records import Measurement, Record
from aboveboard.values import is_ulid

_PAGE = 2000

Entry = Mapping[str, Any]


class _Turn(TypedDict):
    content: str
    role: str


class _Line(TypedDict):
    """What every line of a log has; those written lately have more."""

    answer: str
    backend: str
    cached: bool
    cluster: str
    completion_tokens: int
    error: str
    groups: dict[str, str]
    id: str
    key: str
    logprobs: dict[str, float]
    mode: str
    model: str
    model_digest: str
    prompt: list[_Turn]
    prompt_tokens: int
    score: dict[str, float] | None
    seconds: float
    suite: str
    target: str


@dataclass(frozen=True, slots=True)
class RecordedRun:
    """A run's `run.json` and the last line of its log for each item, by `<suite>/<item>`."""

    folder: Path
    view: RunView
    entries: Mapping[str, Entry]

    @property
    def id(self) -> str:
        return self.view.id

    def of_suite(self, suite: str) -> dict[str, Entry]:
        """The suite's entries by the item's own id."""
        start = f"{suite}/"
        return {
            name.removeprefix(start): each for name, each in self.entries.items() if each["suite"] == suite
        }

    def version(self, suite: str) -> str | None:
        """The version of a suite that the run measured with; None where it measured nothing."""
        found = (each["suite_version"] for each in self.view.measurements if each["suite"] == suite)
        return next(found, None)

    def asks(self, suite: str) -> dict[str, Ask]:
        """What the run asked of each measure that it has a value of."""
        return {
            each["measure"]: Ask(
                each["confidence"], tuple(dict.fromkeys(part["by"] for part in each["slices"]))
            )
            for each in self.view.measurements
            if each["suite"] == suite
        }

    def vouches_for(self, record: Record) -> bool:
        """Whether a record of the ledger is a measurement of this run, and its log the one measured."""
        mine = [msgspec.convert(each, Measurement) for each in self.view.measurements]
        bare = replace(record, links=())  # the ledger's names what was registered before the run
        is_mine = any(replace(each, links=()) == bare for each in mine)
        return is_mine and isinstance(record, Measurement) and holds_digest(self.folder, record.log_digest)

    def items(self, suite: Suite, data: Path | None = None) -> list[Item]:
        """The suite's items that the log has, in the suite's order.

        They are made again from the run's seed and size; raises EvalError where they cannot be, or where what
        is made now asks something else than the log says was asked.
        """
        logged = self.of_suite(suite.id)
        for options in self._options(suite, data):
            items = {item.id: item for item in suite.items(options)}
            if logged.keys() <= items.keys():
                chosen = [item for name, item in items.items() if name in logged]
                _refuse_other_words(self, suite, chosen)
                return chosen
        raise EvalError(
            f"the items of {suite.id} in run {self.id} cannot be made again: its seed and size give others",
            where=str(self.folder),
            cure="assess again with the suite as it is installed",
        )

    def _options(self, suite: Suite, data: Path | None) -> Iterable[Options]:
        """What the run was made with; then, for one that does not say its limit, what it may have been."""
        profile: Profile = "full" if self.view.profile == "full" else "quick"
        recorded = Options(seed=self.view.seed, profile=profile, limit=self.view.limit, data_dir=data)
        yield recorded
        planned = [int(each["items"]) for each in self.view.forecasts if each["suite"] == suite.id]
        for limit in (*planned, len(self.of_suite(suite.id))):
            yield replace(recorded, limit=limit)
        # Items that a trial of mitigations kept back may be any of the suite's.
        yield replace(recorded, profile="full", limit=None)


def open_run(state: Path, name: str) -> RecordedRun:
    """The run of that id, or of the beginning of one id only, or `latest`; or in a folder of that path.

    Verifies the log's chain, and that it ends as it did when the run did. Raises RunNotFoundError,
    UnknownNameError, LogDamagedError.
    """
    folder = _folder(state, name)
    view, log = read_run(folder), folder / "items.jsonl"
    if verify_log(log)[1] != view.log_digest and view.is_finished:
        raise LogDamagedError(
            "the log does not end where the run did: it was changed since",
            where=str(log),
            cure=MEASURE_AGAIN,
        )
    entries: dict[str, Entry] = {}
    try:
        msgspec.convert(view.measurements, tuple[Measurement, ...])
        for start in range(0, count_items(folder), _PAGE):
            page = read_items(folder, start, _PAGE)
            msgspec.convert(page, list[_Line])
            # What failed and was asked again is logged again: the last line is what became of the item.
            entries |= {each["id"]: each for each in page}
    except (ValueError, RecursionError) as error:
        raise LogDamagedError(
            f"it is not as a run is written: {error}", where=str(folder), cure=MEASURE_AGAIN
        ) from error
    return RecordedRun(folder, view, entries)


def _folder(state: Path, name: str) -> Path:
    if (Path(name) / "run.json").is_file():
        return Path(name)
    known = [view.id for view in list_runs(state)]
    found = known[:1] if name == "latest" else [each for each in known if each.startswith(name.upper())]
    if len(found) == 1 and is_ulid(found[0]):
        return state / "runs" / found[0]
    if len(found) > 1:
        several = f"{len(found)} runs begin with {name!r}"
        raise RunNotFoundError(
            several, where=str(state / "runs"), cure=f"give more of the id: {', '.join(found[:5])}"
        )
    raise UnknownNameError("run", name, known[:20], where=str(state / "runs"))


def scored_from_log(entries: Mapping[str, Entry], items: Sequence[Item]) -> list[Scored]:
    """Each item with what the log says of it, in the order of `items`; items without a line are left out."""
    return [
        Scored(item, _answer(entries[item.id]), _score(entries[item.id]))
        for item in items
        if item.id in entries
    ]


def _answer(entry: Entry) -> Answer:
    known = ("prompt_tokens", "completion_tokens", "seconds", "error")
    return Answer(text=entry["answer"], logprobs=entry["logprobs"], **{name: entry[name] for name in known})


def _score(entry: Entry) -> Mapping[str, float] | None:
    score: Mapping[str, float] | None = entry["score"]
    return score


def _refuse_other_words(run: RecordedRun, suite: Suite, items: Sequence[Item]) -> None:
    logged = run.of_suite(suite.id)
    for item in items:
        if describe_messages(item) != logged[item.id]["prompt"] or item.cluster != logged[item.id]["cluster"]:
            raise EvalError(
                f"the item {item.id!r} of {suite.id} reads otherwise now than in run {run.id}",
                where=str(run.folder),
                cure="assess again with the suite as it is installed",
            )


def installed(name: str) -> Suite | None:
    """The suite of that name, or None where it is not installed."""
    try:
        return load_suite(name)
    except AboveboardError:
        return None
