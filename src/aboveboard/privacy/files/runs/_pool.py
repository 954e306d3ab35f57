"""Several processes that look into excerpts; results come in the order of the tasks."""

import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Generic, Protocol, TypeVar

from aboveboard.privacy._span import PersonalData
from aboveboard.privacy.files._errors import FileError
from aboveboard.privacy.files._excerpt import Excerpt, Found

Look = Callable[[Sequence[Excerpt]], Found]
_ALONE = 1 << 21
"""So many characters are looked into before other processes are worth their start: a second or two each."""
_AHEAD = 4


class Task(Protocol):
    """Something with excerpts to look into, or none; `known` is what an earlier run found in them."""

    @property
    def excerpts(self) -> Sequence[Excerpt]: ...

    @property
    def known(self) -> Found | None: ...


T = TypeVar("T", bound=Task)


def looked_into(tasks: Iterator[T], look: Look, jobs: int) -> Iterator[tuple[T, Found]]:
    """Each task, in order, with what was found in its excerpts. Memory for a few tasks a process."""
    spent = 0
    for task in tasks:
        yield task, _known(task, look)
        spent += sum(len(each.text) for each in task.excerpts) if task.known is None else 0
        if jobs > 1 and spent >= _ALONE:
            break
    else:
        return
    with _Workers(look, jobs) as workers:
        yield from _Spread(tasks, workers).run()


def _known(task: Task, look: Look) -> Found:
    if task.known is not None or not task.excerpts:
        return task.known or []
    return look(task.excerpts)


class _Spread(Generic[T]):
    """Gives tasks to workers and hands results on in order."""

    def __init__(self, tasks: Iterator[T], workers: "_Workers") -> None:
        self._tasks = tasks
        self._workers = workers
        self._waiting: deque[tuple[int, T]] = deque()
        self._results: dict[int, Found] = {}

    def run(self) -> Iterator[tuple[T, Found]]:
        for number, task in enumerate(self._tasks):
            self._start(number, task)
            while len(self._waiting) > _AHEAD * self._workers.count or self._is_ready():
                yield self._next()
        while self._waiting:
            yield self._next()

    def _start(self, number: int, task: T) -> None:
        self._waiting.append((number, task))
        if not task.excerpts or task.known is not None:
            self._results[number] = task.known or []
            return
        while not self._workers.has_idle:
            self._results.update(self._workers.collect())
        self._workers.give(number, task.excerpts)

    def _is_ready(self) -> bool:
        return bool(self._waiting) and self._waiting[0][0] in self._results

    def _next(self) -> tuple[T, Found]:
        number, task = self._waiting.popleft()
        while number not in self._results:
            self._results.update(self._workers.collect())
        return task, self._results.pop(number)


class _Workers:
    """Processes that hold one task each, as many as there are tasks for.

    They end with this process, however it ends: their pipe closes.
    """

    def __init__(self, look: Look, count: int) -> None:
        self.count = count
        self._look = look
        self._context = get_context("spawn")  # never a copy of this process's threads and locks
        self._processes: list[BaseProcess] = []
        self._idle: list[Connection] = []
        self._busy: dict[Connection, int] = {}

    def _started(self) -> Connection:
        """One process more."""
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_work, args=(theirs, self._look), daemon=True)
        process.start()
        theirs.close()
        self._processes.append(process)
        return ours

    def __enter__(self) -> "_Workers":
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            process.join()
        for pipe in (*self._idle, *self._busy):
            pipe.close()

    @property
    def has_idle(self) -> bool:
        return bool(self._idle) or len(self._processes) < self.count

    def give(self, number: int, excerpts: Sequence[Excerpt]) -> None:
        """Has an idle worker look into excerpts."""
        pipe = self._idle.pop() if self._idle else self._started()
        self._busy[pipe] = number
        try:
            pipe.send([tuple(each) for each in excerpts])
        except OSError:
            raise _died() from None

    def collect(self) -> dict[int, Found]:
        """Waits for at least one worker; the results by number."""
        results: dict[int, Found] = {}
        for pipe in wait(list(self._busy)):
            assert isinstance(pipe, Connection)
            try:
                answer = pipe.recv()
            except (EOFError, OSError):
                raise _died() from None
            if isinstance(answer, BaseException):
                raise answer
            results[self._busy.pop(pipe)] = [[PersonalData(*item) for item in each] for each in answer]
            self._idle.append(pipe)
        return results


def _died() -> FileError:
    what = "a worker process ended unexpectedly, for want of memory?"
    return FileError(what, cure="try with fewer: --jobs 1")


def _work(pipe: Connection, look: Look) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that writes the files
    while True:
        try:
            excerpts = [Excerpt(*each) for each in pipe.recv()]
        except EOFError:
            return
        pipe.send(_answer(excerpts, look))


def _answer(excerpts: Sequence[Excerpt], look: Look) -> object:
    try:
        return [[(i.start, i.end, i.type, i.confidence) for i in each] for each in look(excerpts)]
    except Exception as error:  # noqa: BLE001  # raised again in the process that asked
        return error
