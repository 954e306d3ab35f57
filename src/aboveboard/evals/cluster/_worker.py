"""What runs on another machine: a process that opens the model once and answers what it is given."""

import asyncio
import resource
import socket
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from importlib.metadata import version

from aboveboard.errors import AboveboardError
from aboveboard.evals._here import Here
from aboveboard.evals._item import Answer, Item
from aboveboard.evals._requests import Call
from aboveboard.models import Likelihood, LikelihoodRequest, Message, Model, ModelInfo
from aboveboard.values import digest_json


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a worker comes to its model. `open` travels to it by pickle: it must hold no secret.

    `info` is what the model must turn out to be; `parallel` requests are under way at once in a worker.
    """

    open: Callable[[], Model]
    info: ModelInfo
    parallel: int = 1


@dataclass(frozen=True, slots=True)
class Opened:
    """The model as a machine has it, or why it cannot be opened there."""

    machine: str
    release: str
    info: ModelInfo | None = None
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """Answers by key since the last time; `memory` is what the process has needed at most, in bytes."""

    answers: list[tuple[str, Answer]]
    is_done: bool
    memory: int
    trouble: str = ""


class Worker:
    """An actor. Answers go to whoever calls `take`, and nowhere else."""

    def __init__(self, recipe: Recipe) -> None:
        self._recipe = recipe
        self._here: Here | None = None
        self._found: asyncio.Queue[list[tuple[str, Answer]] | None] = asyncio.Queue()
        self._answering: asyncio.Task[None] | None = None
        self._is_over = False

    async def open(self) -> Opened:
        """Opens the model; what prevents it is told, not raised."""
        machine, release = socket.gethostname(), own_release()
        try:
            model = self._recipe.open()
            self._here = Here(model, self._recipe.parallel)
            return Opened(machine, release, model.info)
        except AboveboardError as error:
            return Opened(machine, release, trouble=str(error))

    async def take(self, calls: Sequence[Call] = ()) -> Taken:
        """Begins `calls`, if any are given; then what has been answered, as soon as anything has."""
        if calls:
            self._is_over = False
            self._answering = asyncio.create_task(self._answer(calls))
        found = [await self._found.get()]
        while not self._found.empty():
            found.append(self._found.get_nowait())
        answers = [pair for pairs in found if pairs is not None for pair in pairs]
        is_done = None in found
        return Taken(answers, is_done, _peak_memory(), await self._trouble() if is_done else "")

    async def stop(self) -> None:
        """Begins nothing more of what was given."""
        self._is_over = True

    async def _answer(self, calls: Sequence[Call]) -> None:
        assert self._here is not None, "take before open"
        try:
            async for pairs in self._here.answers(calls, lambda: self._is_over):
                self._found.put_nowait([(call.key, answer) for call, answer in pairs])
        finally:
            self._found.put_nowait(None)

    async def _trouble(self) -> str:
        """Why the answers ended early; anything but an error of ours is raised."""
        assert self._answering is not None, "take before any calls"
        try:
            await self._answering
        except AboveboardError as error:
            return str(error)
        return ""


def own_release() -> str:
    """What both sides must have in common: pickled, fields of these classes are told apart by place alone."""
    travels = (Call, Item, Message, LikelihoodRequest, Answer, Likelihood)
    shapes = {each.__name__: [field.name for field in fields(each)] for each in travels}
    return f"{version('aboveboard')} ({digest_json(shapes)[:15]})"


def bare(call: Call) -> Call:
    """A call as it travels: what only its scorer needs stays at home."""
    item = replace(call.item, groups={}, choices=(), target="", facts={}, measures=())
    return replace(call, item=item, serves=())


def _peak_memory() -> int:
    """Bytes; the system counts them in KiB, macOS in bytes (getrusage(2))."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak << 10
