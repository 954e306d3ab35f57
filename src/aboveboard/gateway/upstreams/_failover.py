"""Asking one model after the other until one answers, within one budget of time."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from aboveboard.gateway.dialects import ModelRequest
from aboveboard.gateway.http import CircuitOpenError, UpstreamError
from aboveboard.gateway.upstreams._failures import is_its_own, is_mendable, outcome_of
from aboveboard.gateway.upstreams._trail import ANSWERED, CIRCUIT_OPEN, NO_TIME, Trail
from aboveboard.models import (
    Circuits,
    Model,
    ModelError,
    ModelTimeoutError,
    Permit,
    Usage,
    counting_waste,
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Asked:
    """A model, the id by which clients know it, and what it is to answer."""

    name: str
    model: Model
    request: ModelRequest


@dataclass(frozen=True, slots=True)
class Answered(Generic[T]):
    """Who answered and what. `permit` is still to be told how the answer ended."""

    asked: Asked
    result: T
    permit: Permit


@dataclass(frozen=True, slots=True)
class Failover:
    """`within`: seconds for all attempts of a request together, the models' own retries included.

    Each attempt gets an even share of what is left, so that a model which hangs leaves time for the others.
    """

    circuits: Circuits
    within: float

    async def answer(
        self, line: Sequence[Asked], trail: Trail, ask: Callable[[Asked], Awaitable[T]]
    ) -> Answered[T]:
        """The first answer that any of these gives; a model whose circuit is open is passed over.

        Raises the first failure when none answers, or as soon as one fails in a way that no other model could
        mend; CircuitOpenError when none could be asked at all.
        """
        deadline = time.perf_counter() + self.within
        failure: ModelError | UpstreamError | None = None
        for place, asked in enumerate(line):
            left = (deadline - time.perf_counter()) / (len(line) - place)
            permit = self.circuits.of(asked.name).admit() if left > 0 else None
            if permit is None:
                trail.note(asked.name, CIRCUIT_OPEN if left > 0 else NO_TIME)
                continue
            try:
                return await _attempt(asked, permit, left, trail, ask)
            except (ModelError, UpstreamError) as error:
                failure = failure or error
                if not is_mendable(error):
                    break
        raise failure or CircuitOpenError(self.circuits.wait(each.name for each in line))


async def _attempt(
    asked: Asked, permit: Permit, seconds: float, trail: Trail, ask: Callable[[Asked], Awaitable[T]]
) -> Answered[T]:
    began = time.perf_counter()
    outcome = "abandoned"
    wasted: Sequence[Usage] = ()
    try:
        with counting_waste() as wasted:
            async with asyncio.timeout(seconds):
                result = await ask(asked)
        outcome = ANSWERED
        return Answered(asked, result, permit)
    except TimeoutError as error:
        outcome = "timeout"
        permit.failed()
        raise ModelTimeoutError("the model did not answer in the time for it", where=asked.name) from error
    except (ModelError, UpstreamError) as error:
        outcome = outcome_of(error)
        (permit.failed if is_its_own(error) else permit.succeeded)()
        raise
    finally:
        trail.note(asked.name, outcome, began, wasted)
        if outcome != ANSWERED:
            permit.abandoned()  # nothing, where it was told already
