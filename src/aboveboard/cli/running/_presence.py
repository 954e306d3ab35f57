"""Files by which a running server is found on its machine, and says what became of its charter.

`<state>/serving/<pid>.lock` is locked for as long as the process lives (flock, which the system lets go when
it ends, however it ends); `<pid>.json` beside it says how it stands.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

_FOLDER = "serving"
_LISTS = ("weaker", "problems")


@dataclass(frozen=True, slots=True)
class Present:
    """A server: its process, how many times it has read its charter, and what came of the last time."""

    pid: int
    address: str = ""
    attempts: int = 0
    result: str = ""
    charter: str = ""
    reason: str = ""
    weaker: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


class Presence:
    """This process's own. Use as a context manager."""

    def __init__(self, state: Path, address: str, charter: str) -> None:
        self._stem = state / _FOLDER / str(os.getpid())
        self._present = Present(os.getpid(), address, charter=charter)
        self._lock = -1

    def __enter__(self) -> "Presence":
        self._stem.parent.mkdir(mode=0o700, exist_ok=True)
        self._lock = os.open(self._stem.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        self._write()
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            _remove(self._stem)
        os.close(self._lock)

    def tried(self, **what: Any) -> None:
        """Says what became of the charter that was just read."""
        attempts = self._present.attempts + 1
        self._present = Present(self._present.pid, self._present.address, attempts, **what)
        with suppress(OSError):  # a full disk must not end a server over a note
            self._write()

    def _write(self) -> None:
        fresh = self._stem.with_suffix(".new")
        fresh.write_text(json.dumps(asdict(self._present)), encoding="utf-8")
        fresh.replace(self._stem.with_suffix(".json"))


def find_present(state: Path) -> Iterator[Present]:
    """The servers that run on this machine over a state directory; what killed ones left is removed."""
    for lock in sorted((state / _FOLDER).glob("*.lock")):
        stem = lock.with_suffix("")
        if _is_held(lock):
            with suppress(OSError, ValueError, TypeError):
                said = json.loads(stem.with_suffix(".json").read_text(encoding="utf-8"))
                yield Present(**{**said, **{name: tuple(said.get(name, ())) for name in _LISTS}})
        else:
            with suppress(OSError):
                _remove(stem)


def _is_held(lock: Path) -> bool:
    with lock.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def _remove(stem: Path) -> None:
    for suffix in (".json", ".new", ".lock"):
        stem.with_suffix(suffix).unlink(missing_ok=True)
