"""Runs planned calls: each answer kept the moment it comes, nothing asked twice."""

import time
from collections.abc import Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from aboveboard.evals._ask_model import UNMEASURED
from aboveboard.evals._batch import Answered, Batch
from aboveboard.evals._cache import AnswerCache
from aboveboard.evals._constancy import Constancy
from aboveboard.evals._errors import ModelUnusableError
from aboveboard.evals._here import Here
from aboveboard.evals._item import Answer
from aboveboard.evals._requests import Call
from aboveboard.evals._reuse import Reuse
from aboveboard.evals._services import EnergyMeter, StopRules
from aboveboard.models import Model
from aboveboard.values import format_time

Deliver = Callable[[Call, Answer, bool], None]
"""Told of each answer as it comes; the flag says that it came from the cache."""


@dataclass(slots=True)
class Runner:
    """Makes the calls of a run and remembers what stops it.

    The cache is written before anyone is told of an answer, so whatever was reported survives a kill.
    Failures are not cached: the same command asks again. Calls are answered by `batch`, in this process
    without one. Which answers of the cache are used again, `reuse` says.
    """

    model: Model
    cache: AnswerCache
    parallel: int
    rules: StopRules = field(default_factory=StopRules)
    meter: EnergyMeter | None = None
    batch: Batch | None = None
    started: float = field(default_factory=time.monotonic)
    answered: int = 0
    failures_in_a_row: int = 0
    last_error: str = ""
    constancy: Constancy = field(default_factory=Constancy)
    reuse: Reuse = field(default_factory=Reuse)

    async def run(self, calls: Sequence[Call], deliver: Deliver) -> bool:
        """Answers `calls`; False when a stop rule ended it early.

        Raises ModelUnusableError when the model fails again and again, or has answered nothing at all.
        """
        made = {call.key for call in await self._meet(calls, deliver)}
        fresh = [call for call in calls if call.key not in made and not self._from_cache(call, deliver)]
        left = len(fresh)
        async with aclosing(self._batch_for(fresh).answers(fresh, self._is_time_up)) as answers:
            async for pairs in answers:
                left -= len(pairs)
                self._take(pairs, deliver)
                self._give_up_if_hopeless()
        if self.failures_in_a_row and not self.answered:
            raise self._unusable()
        return left == 0

    async def _meet(self, calls: Sequence[Call], deliver: Deliver) -> list[Call]:
        """Learns who answers now, where answers of an earlier run may be used again: by a call that has to be
        made anyhow, else by one whose answer is known. Returns those that were made.
        """
        made: list[Call] = []
        for call in self._telling(calls):
            answer = await self._answered(call)
            self.reuse.meet(answer)
            if answer.error and self.cache.get(call.key, self.reuse.since):
                continue  # where nobody answers, the cache is all that there is
            self.cache.drop(call.key)
            self._take([(call, answer)], deliver)
            made.append(call)
            if self.reuse.is_met:
                break
        return made

    def _telling(self, calls: Sequence[Call]) -> list[Call]:
        """The calls to learn from: none where no answer is in doubt."""
        since = self.reuse.since
        if not since or self.reuse.is_met:
            return []
        doubted = (each for each in calls if self.reuse.is_doubtful(self.cache.get(each.key, since)))
        known = next(doubted, None)
        if known is None:
            return []
        unknown = next((each for each in calls if self.cache.get(each.key, since) is None), None)
        return [each for each in (unknown, known) if each is not None]

    async def _answered(self, call: Call) -> Answer:
        async with aclosing(self._batch_for([call]).answers([call], lambda: False)) as answers:
            async for pairs in answers:
                return pairs[0][1]
        return Answer(error="nobody answered")

    def _batch_for(self, calls: Sequence[Call]) -> Batch:
        """Energy is read on the machine that answers, so metered calls are made here."""
        is_metered = any(call.item.mode == "metered" for call in calls)
        return Here(self.model, self.parallel, self.meter) if self.batch is None or is_metered else self.batch

    def _from_cache(self, call: Call, deliver: Deliver) -> bool:
        answer = self.cache.get(call.key, self.reuse.since)
        if answer is not None and self.reuse.refuses(answer):
            self.cache.drop(call.key)
            return False
        if answer is None or not self.constancy.accepts(answer):
            return False
        self.answered += 1
        deliver(call, answer, True)
        return True

    def _take(self, pairs: Sequence[Answered], deliver: Deliver) -> None:
        now = format_time(datetime.now(UTC))
        held = [(call, replace(self.constancy.hold(answer), asked=now)) for call, answer in pairs]
        for call, answer in held:
            self._keep(call, answer)
        for call, answer in held:
            deliver(call, answer, False)

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
        _, _, what = self.last_error.partition(": ")  # without the name of a class
        return ModelUnusableError(
            f"the model failed {self.failures_in_a_row} times in a row; last: {what or self.last_error}",
            where=f"model {self.model.info.id!r}",
            cure="see that the model answers (`aboveboard doctor` looks for its key and weights); "
            "finished answers are kept",
        )

    def _is_time_up(self) -> bool:
        limit = self.rules.max_seconds
        return limit is not None and time.monotonic() - self.started >= limit
