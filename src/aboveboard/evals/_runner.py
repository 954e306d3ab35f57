"""Runs planned calls: several at once, each answer kept the moment it comes, nothing asked twice."""

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field

from aboveboard.errors import AboveboardError
from aboveboard.evals._ask_likelihoods import ask_likelihoods
from aboveboard.evals._ask_model import UNMEASURED, ask_model
from aboveboard.evals._cache import AnswerCache
from aboveboard.evals._constancy import Constancy
from aboveboard.evals._errors import ModelUnusableError
from aboveboard.evals._item import Answer
from aboveboard.evals._requests import Call
from aboveboard.evals._services import EnergyMeter, StopRules
from aboveboard.models import Model

Deliver = Callable[[Call, Answer, bool], None]
"""Told of each answer as it comes; the flag says that it came from the cache."""


@dataclass(slots=True)
class Runner:
    """Makes the calls of a run and remembers what stops it.

    The cache is written before anyone is told of an answer, so whatever was reported survives a kill.
    Failures are not cached: the same command asks again.
    """

    model: Model
    cache: AnswerCache
    parallel: int
    rules: StopRules = field(default_factory=StopRules)
    meter: EnergyMeter | None = None
    started: float = field(default_factory=time.monotonic)
    answered: int = 0
    failures_in_a_row: int = 0
    last_error: str = ""
    constancy: Constancy = field(default_factory=Constancy)

    async def run(self, calls: Sequence[Call], deliver: Deliver) -> bool:
        """Answers `calls`, most of them in order; False when a stop rule ended it early.

        Raises ModelUnusableError when the model fails again and again, or has answered nothing at all.
        """
        fresh = [call for call in calls if not self._from_cache(call, deliver)]
        told = await self._tell_likelihoods([c for c in fresh if c.item.likelihood is not None], deliver)
        waiting = [call for call in fresh if call.item.likelihood is None]
        queue = iter(waiting)
        width = 1 if any(call.item.mode == "metered" for call in waiting) else self.parallel
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(min(width, len(waiting))):
                    group.create_task(self._work(queue, deliver))
        except* AboveboardError as errors:
            # Workers fail for one reason; the first says it.
            raise first_of(errors) from None
        if self.failures_in_a_row and not self.answered:
            raise self._unusable()
        return told and next(queue, None) is None

    async def _tell_likelihoods(self, calls: Sequence[Call], deliver: Deliver) -> bool:
        """Likelihoods are planned by the model, over all of them at once; False when the time ran out."""
        if not calls:
            return True
        left = len(calls)
        async with aclosing(ask_likelihoods(self.model, calls)) as answers:
            async for call, answer in answers:
                left -= 1
                self._keep(call, answer)
                deliver(call, answer, False)
                self._give_up_if_hopeless()
                if self._is_time_up():
                    break
        return left == 0

    def _from_cache(self, call: Call, deliver: Deliver) -> bool:
        answer = self.cache.get(call.key)
        if answer is None or not self.constancy.accepts(answer):
            return False
        self.answered += 1
        deliver(call, answer, True)
        return True

    async def _work(self, queue: Iterator[Call], deliver: Deliver) -> None:
        while not self._is_time_up() and (call := next(queue, None)) is not None:
            answer = self.constancy.hold(await ask_model(self.model, call.item, self.meter))
            self._keep(call, answer)
            deliver(call, answer, False)
            self._give_up_if_hopeless()

    def _keep(self, call: Call, answer: Answer) -> None:
        if answer.error.startswith(UNMEASURED):
            return
        if answer.error:
            self.failures_in_a_row += 1
            self.last_error = answer.error
            return
        self.answered += 1
        self.failures_in_a_row = 0
        self.cache.put(call.key, answer)

    def _give_up_if_hopeless(self) -> None:
        if self.failures_in_a_row >= self.rules.max_failures_in_a_row:
            raise self._unusable()

    def _unusable(self) -> ModelUnusableError:
        return ModelUnusableError(
            f"the model failed {self.failures_in_a_row} times in a row; last: {self.last_error}",
            where=f"model {self.model.info.id!r}",
            cure="see that the model answers (`aboveboard doctor`); finished answers are kept",
        )

    def _is_time_up(self) -> bool:
        limit = self.rules.max_seconds
        return limit is not None and time.monotonic() - self.started >= limit


def first_of(errors: BaseExceptionGroup[AboveboardError]) -> AboveboardError:
    """The first single error of a group."""
    first = errors.exceptions[0]
    return first_of(first) if isinstance(first, BaseExceptionGroup) else first
