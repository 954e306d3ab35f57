"""Which answers of a run people see, in which order: drawn at random, and without the rule's reading."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aboveboard.evals._errors import EvalError
from aboveboard.evals.comparing import RecordedRun
from aboveboard.evals.labelling._question import Question
from aboveboard.values import digest_json


@dataclass(frozen=True, slots=True)
class Task:
    """One answer to label, blind: neither the rule's reading of it nor the item's groups are here."""

    item: str
    asked: tuple[tuple[str, str], ...]
    answer: str


def tasks_of(run: RecordedRun, question: Question) -> list[Task]:
    """All answers of a run that the measure counts, in an order drawn by the digest of run, measure and item:
    everybody's first n are the same random sample of size n. Raises EvalError when there are none.
    """
    found = [_task(name, entry) for name, entry in readings_of(run, question).items()]
    if not found:
        raise EvalError(
            f"run {run.id} has no scored answers of this measure",
            where=question.measure,
            cure=f"`aboveboard assess --suite {question.suite}` first, or name another run",
        )
    return sorted(found, key=lambda task: digest_json([run.id, question.measure, task.item]))


def readings_of(run: RecordedRun, question: Question) -> dict[str, Mapping[str, Any]]:
    """The log's entries that have a score of the measure, by item; of a gap those that belong to a group."""
    entries = run.of_suite(question.suite)
    return {
        name: each
        for name, each in entries.items()
        if question.score in (each["score"] or {}) and (each["groups"] or not question.is_gap)
    }


def untouched(tasks: Sequence[Task], seen: set[str], count: int) -> list[Task]:
    """Of the first `count` tasks, those not seen yet."""
    return [task for task in tasks[:count] if task.item not in seen]


def _task(name: str, entry: Mapping[str, Any]) -> Task:
    asked = tuple((turn["role"], turn["content"]) for turn in entry["prompt"])
    return Task(name, asked, entry["answer"])
