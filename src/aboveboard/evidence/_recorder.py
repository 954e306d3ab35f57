"""The one writer: a thread that takes what waits, makes it durable together, and only then says so."""

import queue
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from aboveboard.evidence._errors import DuplicateRecordError, RecorderError
from aboveboard.evidence._same import already_recorded
from aboveboard.evidence._store import Draft, Pending, Store, draft
from aboveboard.evidence.records import Record

BATCH = 256
LIMIT = 50_000

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Recorded:
    """A record is durable and provable: its id, and its index in the log."""

    id: str
    index: int


class EntryLog(Protocol):
    """What the recorder needs of a ledger."""

    def append_many(self, entries: Sequence[bytes]) -> "Future[list[int]]": ...


@dataclass(frozen=True, slots=True)
class _Submission:
    record: Record
    attachments: Mapping[str, bytes]
    done: "Future[Recorded]"


@dataclass(frozen=True, slots=True)
class _Job:
    work: Callable[[], Any]
    done: "Future[Any]"


class Recorder:
    """Hands records to the vault and the ledger, in batches, on a thread of its own.

    Encoding, encryption and signing happen there too, so that `submit` costs its caller microseconds. The
    order within a batch: payloads and entry durable in evidence.db, entry durable in the ledger, index noted,
    futures resolved. A crash in between leaves pending rows; `start` appends them again, and since the
    ledger gives identical bytes their first index, nothing is twice.
    """

    def __init__(self, store: Store, ledger: EntryLog) -> None:
        self._store = store
        self._ledger = ledger
        self._waiting: queue.SimpleQueue[_Submission | _Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._serve, name="aboveboard-recorder", daemon=True)
        self._lock = threading.Lock()
        self._closed = False
        self._unplaced = False

    def start(self) -> "Recorder":
        """Finishes what a crash interrupted, then begins to take records."""
        self._place(self._store.pending())
        self._thread.start()
        return self

    def submit(self, record: Record, attachments: Mapping[str, bytes] | None = None) -> "Future[Recorded]":
        """Returns at once. The future resolves when the record is durable in the ledger, or fails with an
        AboveboardError that says what to do. It cannot be cancelled: what happened is recorded.

        Submitting the same record again is answered with its first index.
        """
        done: Future[Recorded] = Future()
        done.set_running_or_notify_cancel()
        self._enqueue(_Submission(record, attachments or {}, done))
        return done

    def record(self, record: Record, attachments: Mapping[str, bytes] | None = None) -> Recorded:
        """Waits until the record is durable in the ledger; raises AboveboardError."""
        return self.submit(record, attachments).result()

    @property
    def waiting(self) -> int:
        """How many records wait to be written."""
        return self._waiting.qsize()

    def run(self, work: Callable[[], T]) -> "Future[T]":
        """Runs something between two batches, with the writer's connection to itself."""
        done: Future[T] = Future()
        done.set_running_or_notify_cancel()
        self._enqueue(_Job(work, done))
        return done

    def close(self) -> None:
        """Writes what waits, then stops."""
        with self._lock:
            was_open, self._closed = not self._closed, True
        if was_open:
            self._waiting.put(None)
            self._thread.join()

    def _enqueue(self, item: _Submission | _Job) -> None:
        with self._lock:
            refusal = self._refusal()
            if refusal is None:
                self._waiting.put(item)
                return
        item.done.set_exception(refusal)

    def _refusal(self) -> RecorderError | None:
        if self._closed:
            return RecorderError("the recorder is closed", cure="open the evidence again")
        if self._waiting.qsize() >= LIMIT:
            return RecorderError(
                f"{LIMIT} records wait to be written", cure="send fewer, or find a faster disk"
            )
        return None

    def _serve(self) -> None:
        item = self._waiting.get()
        while item is not None:
            if isinstance(item, _Job):
                _resolve(item)
                item = self._waiting.get()
            else:
                item = self._gather_and_commit(item)

    def _gather_and_commit(self, first: _Submission) -> _Submission | _Job | None:
        """Takes submissions up to a full batch or the next job; returns what to serve next."""
        batch = [first]
        following: _Submission | _Job | None = first
        while len(batch) < BATCH and not self._waiting.empty():
            following = self._waiting.get()
            if not isinstance(following, _Submission):
                break
            batch.append(following)
        self._commit(batch)
        return following if following is not batch[-1] else self._waiting.get()

    def _commit(self, batch: Sequence[_Submission]) -> None:
        drafts = [(each, made) for each in batch if (made := _draft(each))]
        try:
            if self._unplaced:
                self._place(self._store.pending())
                self._unplaced = False
            with self._store.transaction():
                rows = self._store.insert([made for _, made in drafts])
            indexes = self._place([row for row in rows if row])
        except Exception as error:  # noqa: BLE001  # whatever happens here, no caller may wait for ever
            self._unplaced = True  # a commit whose answer was lost on the way may have been kept
            _fail([each for each, _ in drafts], error)
            return
        for (each, made), row in zip(drafts, rows, strict=True):
            self._answer(each, made, None if row is None else indexes[row.seq])

    def _answer(self, each: _Submission, made: Draft, index: int | None) -> None:
        try:
            placed = self._known(made) if index is None else index
        except Exception as error:  # noqa: BLE001  # it must neither end the thread nor leave a caller waiting
            each.done.set_exception(error)
        else:
            each.done.set_result(Recorded(each.record.id, placed))

    def _known(self, made: Draft) -> int:
        """The index of a record that is there already; raises DuplicateRecordError when it is another one."""
        self._place(self._store.pending())  # another process may have it, and not have placed it yet
        index = already_recorded(self._store, made)
        if index is None:
            raise DuplicateRecordError(
                f"another record has the id {made.record.id}",
                cure="leave ids to be made, one for each record",
            )
        return index

    def _place(self, pending: Sequence[Pending]) -> dict[int, int]:
        """Appends entries to the ledger and notes where they are, by row."""
        if not pending:
            return {}
        self._unplaced = True
        indexes = self._ledger.append_many([each.entry for each in pending]).result()
        self._store.place(pending, indexes)
        self._unplaced = False
        return {each.seq: index for each, index in zip(pending, indexes, strict=True)}


def _draft(each: _Submission) -> Draft | None:
    """The encoded record, or None after failing its future: one bad record harms no other."""
    try:
        return draft(each.record, each.attachments)
    except Exception as error:  # noqa: BLE001  # a record of any shape must not stop the thread
        each.done.set_exception(error)
        return None


def _fail(batch: Sequence[_Submission], error: Exception) -> None:
    for each in batch:
        each.done.set_exception(error)


def _resolve(job: _Job) -> None:
    try:
        job.done.set_result(job.work())
    except Exception as error:  # noqa: BLE001  # the caller of `run` gets it
        job.done.set_exception(error)
