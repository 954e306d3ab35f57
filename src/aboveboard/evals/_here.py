"""Answers calls in this process: likelihoods as the model plans them, the others several at once."""

import asyncio
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass, field

from aboveboard.errors import AboveboardError
from aboveboard.evals._ask_likelihoods import ask_likelihoods
from aboveboard.evals._ask_model import ask_model
from aboveboard.evals._batch import Answered, IsOver
from aboveboard.evals._item import Answer
from aboveboard.evals._requests import Call
from aboveboard.evals._services import EnergyMeter
from aboveboard.models import ChatRequest, Message, Model


@dataclass(frozen=True, slots=True)
class Here:
    """The batch that needs nothing. `parallel` requests are under way at once, where the model allows it."""

    model: Model
    parallel: int
    meter: EnergyMeter | None = None

    async def answers(self, calls: Sequence[Call], is_over: IsOver) -> AsyncGenerator[list[Answered], None]:
        """Likelihoods first, then the others, most of them in order."""
        told = [call for call in calls if call.item.likelihood is not None]
        async with aclosing(self._told(told, is_over)) as likelihoods:
            async for pairs in likelihoods:
                yield pairs
        asked = [call for call in calls if call.item.likelihood is None]
        async with aclosing(self._asked(asked, is_over)) as others:
            async for pairs in others:
                yield pairs

    async def _told(self, calls: Sequence[Call], is_over: IsOver) -> AsyncGenerator[list[Answered], None]:
        """Likelihoods are planned by the model, over all of them at once."""
        if not calls:
            return
        async with aclosing(ask_likelihoods(self.model, calls)) as answers:
            async for pair in answers:
                yield [pair]
                if is_over():
                    return

    async def _asked(self, calls: Sequence[Call], is_over: IsOver) -> AsyncGenerator[list[Answered], None]:
        is_metered = any(call.item.mode == "metered" for call in calls)
        if is_metered and self.model.info.is_in_process:
            await _read_weights(self.model)
        width = 1 if is_metered else self.parallel
        questions = _Questions(self, iter(calls))
        try:
            while questions.begin(0 if is_over() else width):
                yield await questions.next()
        finally:
            await questions.abandon()


async def _read_weights(model: Model) -> None:
    """Has a model of this process read its weights, which is no part of what its first answer costs."""
    with suppress(AboveboardError):  # the first answer will tell
        await model.chat(ChatRequest([Message("user", "hi")], max_tokens=1))


@dataclass(slots=True)
class _Questions:
    """Requests under way."""

    here: Here
    waiting: Iterator[Call]
    under_way: dict[asyncio.Task[Answer], Call] = field(default_factory=dict)

    def begin(self, width: int) -> bool:
        """Begins requests until `width` are under way; whether any is."""
        while len(self.under_way) < width and (call := next(self.waiting, None)) is not None:
            task = asyncio.create_task(ask_model(self.here.model, call.item, self.here.meter))
            self.under_way[task] = call
        return bool(self.under_way)

    async def next(self) -> list[Answered]:
        """Those that were answered, at least one."""
        done, _ = await asyncio.wait(self.under_way, return_when=asyncio.FIRST_COMPLETED)
        in_order = [task for task in self.under_way if task in done]
        return [(self.under_way.pop(task), task.result()) for task in in_order]

    async def abandon(self) -> None:
        """Ends what is under way."""
        for task in self.under_way:
            task.cancel()
        await asyncio.gather(*self.under_way, return_exceptions=True)
