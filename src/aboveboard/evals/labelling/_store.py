"""People's labels of a run: one file of JSON lines beside the run's log, appended to and never changed."""

import fcntl
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from aboveboard.evals._errors import EvalError
from aboveboard.evals._lines import drop_torn_line, open_lines, whole_lines
from aboveboard.values import digest_bytes, format_time

_LONGEST_NAME = 64


@dataclass(frozen=True, slots=True)
class Label:
    """What one person says of one answer; None: it cannot be told."""

    measure: str
    item: str
    labeller: str
    label: bool | None
    time: str


class LabelStore:
    """The labels of the run in a folder, for its owner alone. Of two by one person the later one counts."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "labels.jsonl"

    def add(self, measure: str, item: str, labeller: str, label: bool | None) -> Label:
        """Keeps a label before it returns. Raises EvalError."""
        given = Label(measure, item, check_labeller(labeller), label, format_time(datetime.now(UTC)))
        line = json.dumps(asdict(given), sort_keys=True, ensure_ascii=False).encode() + b"\n"
        with self._explained(), self._locked() as file:
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
        return given

    def of_measure(self, measure: str) -> dict[str, dict[str, bool | None]]:
        """Each labeller's labels by item, those who began first first."""
        found: dict[str, dict[str, bool | None]] = {}
        for label in self._read():
            if label.measure == measure:
                found.setdefault(label.labeller, {})[label.item] = label.label
        return found

    @property
    def digest(self) -> str:
        """The digest of all labels as they stand."""
        return digest_bytes(self._path.read_bytes() if self._path.exists() else b"")

    def _read(self) -> Sequence[Label]:
        if not self._path.exists():
            return []
        # Whoever gave the label that was being written when the power went is asked again.
        return [self._parse(number, line) for number, line in enumerate(whole_lines(self._path), 1)]

    def _parse(self, number: int, line: bytes) -> Label:
        try:
            return Label(**json.loads(line))
        except (ValueError, TypeError) as error:
            raise EvalError(
                "this line is no label", where=f"{self._path}:{number}", cure="remove the line"
            ) from error

    @contextmanager
    def _locked(self) -> Iterator[IO[bytes]]:
        with os.fdopen(open_lines(self._path), "r+b", buffering=0) as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            drop_torn_line(file.fileno())
            yield file

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise EvalError(
                f"the label cannot be kept: {error}",
                where=str(self._path),
                cure="free some space or mend the permissions; labels given before are kept",
            ) from error


def check_labeller(name: str) -> str:
    """A name of 1 to 64 visible characters; raises EvalError."""
    if not (0 < len(name) <= _LONGEST_NAME and name.isprintable() and name.strip() == name):
        raise EvalError(
            "a labeller's name has 1 to 64 visible characters, and no space around it",
            cure="a role or initials will do: it is shown beside the agreement",
        )
    return name
