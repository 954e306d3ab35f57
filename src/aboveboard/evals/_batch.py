"""What answers calls: this process, or many machines."""

from collections.abc import AsyncGenerator, Callable, Sequence
from typing import Protocol

from aboveboard.evals._item import Answer
from aboveboard.evals._requests import Call

Answered = tuple[Call, Answer]
IsOver = Callable[[], bool]
"""Whether the time is up: what is under way is finished then, and nothing more is begun."""


class Batch(Protocol):
    """Answers calls and keeps nothing: what becomes of an answer is the runner's business alone."""

    def answers(self, calls: Sequence[Call], is_over: IsOver) -> AsyncGenerator[list[Answered], None]:
        """Each call with its answer, once, as it comes, those together that came together.

        Closing it ends what is under way. A failure of one request is its answer
        (`Answer.error`); what concerns all is raised.
        """
        ...
