"""How long an answer stands for the model that gave it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from aboveboard.evals._item import Answer
from aboveboard.models import ModelInfo
from aboveboard.values import format_time

_HOUR = timedelta(hours=1)


@dataclass(slots=True)
class Reuse:
    """Which answers of the cache are used again: those given at `since` or later (any, where it is empty).

    Of those an address gave before the run `began`, only those of the model and set-up that answer there now:
    one call is made first to learn which that is. Where answers name neither, nobody can tell.
    """

    since: str = ""
    began: str = ""
    served_by: str = ""
    fingerprint: str = ""
    is_met: bool = False
    outdated: int = 0

    def is_doubtful(self, answer: Answer | None) -> bool:
        """Whether it must be learnt who answers now before this answer is used."""
        return not self.is_met and answer is not None and self._is_earlier(answer)

    def meet(self, answer: Answer) -> None:
        """Learns from an answer given just now; nothing from a failure."""
        self.is_met = not answer.error
        if self.is_met:
            self.served_by, self.fingerprint = answer.served_by, answer.fingerprint

    def refuses(self, answer: Answer) -> bool:
        """Whether it is of another model or set-up than answers now; such answers are counted."""
        is_other = self._is_earlier(answer) and (
            _differ(answer.served_by, self.served_by) or _differ(answer.fingerprint, self.fingerprint)
        )
        self.outdated += is_other
        return is_other

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know; nothing where the same model answers as before."""
        if not self.outdated:
            return ()
        now = " ".join(filter(None, (self.served_by, self.fingerprint)))
        return (
            f"{self.outdated} answers in the cache were given by another model or set-up than answers now "
            f"({now}), and were asked for again",
        )

    def _is_earlier(self, answer: Answer) -> bool:
        is_told = bool(answer.served_by or answer.fingerprint)
        return bool(self.since) and answer.asked < self.began and is_told


def _differ(one: str, other: str) -> bool:
    return bool(one) and bool(other) and one != other


def reuse_of(info: ModelInfo, began: datetime, *, fresh: bool = False) -> Reuse:
    """What a run that `began` then may use again: with `fresh`, only what was answered since."""
    start = format_time(began)
    return Reuse(start if fresh else reusable_since(info, began), start)


def reusable_since(info: ModelInfo, began: datetime | None = None) -> str:
    """When an answer must have been given to be used again, as RFC 3339; empty where any time will do.

    The digest of an endpoint is of its address: another model, or the same under other guards, may answer
    there now. Its answers serve the run that they were asked in (since it `began`), and others for an hour.
    """
    return "" if info.is_known_by_weights else format_time((began or datetime.now(UTC)) - _HOUR)


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
