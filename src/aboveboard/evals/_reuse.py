"""How long an answer stands for the model that gave it."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from aboveboard.evals._item import Answer
from aboveboard.models import ModelInfo
from aboveboard.values import format_time

_OF_WEIGHTS = frozenset({"fake", "local", "transformers"})
"""Providers whose digest is of what answers: the same digest, the same answers."""

_HOUR = timedelta(hours=1)


def reusable_since(info: ModelInfo, began: datetime | None = None) -> str:
    """When an answer must have been given to be used again, as RFC 3339; empty where any time will do.

    The digest of an endpoint is of its address: another model, or the same under other guards, may answer
    there now. Its answers serve the run that they were asked in (since it `began`), and others for an hour.
    """
    return "" if info.provider in _OF_WEIGHTS else format_time((began or datetime.now(UTC)) - _HOUR)


def reuse_note(answers: Iterable[Answer], began: str) -> tuple[str, ...]:
    """How many answers were given before the run began, where a reader must know."""
    times = [answer.asked for answer in answers]
    earlier = [time for time in times if time and time < began]
    if not earlier:
        return ()
    return (
        f"{len(earlier)} of {len(times)} answers were given before this run, the first at {min(earlier)}: "
        "the endpoint was not asked for them again",
    )
