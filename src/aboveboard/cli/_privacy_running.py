"""Runs over files as a person sees them: progress, errors as they come, sums at the end."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aboveboard.cli._output import is_terminal, say

if TYPE_CHECKING:
    from aboveboard.privacy.files import Event, FileEnd, FileFinding, Tally

_REDRAW_SECONDS = 0.2
_MB = 1_000_000
_MOST_NOTES = 200


@dataclass(slots=True)
class Meter:
    """A line on stderr that says how far a run is; nothing where nobody watches."""

    label: str
    quiet: bool = False
    started: float = field(default_factory=time.monotonic)
    _shown: float = 0.0
    _is_shown: bool = False

    def update(self, files: int, size: int, findings: int) -> None:
        """Draws when enough time has passed since the last drawing."""
        now = time.monotonic()
        if self.quiet or now - self._shown < _REDRAW_SECONDS or not is_terminal():
            return
        self._shown, self._is_shown = now, True
        rate = size / _MB / max(now - self.started, 0.001)
        text = f"{self.label}  {files:,} files  {size / _MB:,.1f} MB  {rate:,.1f} MB/s  {findings:,} findings"
        click.echo(f"\r\x1b[2K{text}", nl=False, err=True)

    def clear(self) -> None:
        """Makes room for a line."""
        if self._is_shown:
            click.echo("\r\x1b[2K", nl=False, err=True)
            self._is_shown = False

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.started


@dataclass(slots=True)
class Run:
    """What happened so far. That a file which was `named` itself is left out is an error."""

    tally: "Tally"
    meter: Meter
    files: int = 0
    bytes: int = 0
    left_out: int = 0
    errors: int = 0
    written: int = 0
    renamed: int = 0
    named: frozenset[str] = frozenset()
    notes: list[str] = field(default_factory=list)

    def follow(
        self, events: "Iterable[Event]", on_finding: "Callable[[FileFinding], Any] | None" = None
    ) -> None:
        """Takes in all that happens, and says what goes wrong when it does."""
        from aboveboard.privacy.files import Advance, FileEnd, FileFinding

        before = 0
        try:
            for event in events:
                if isinstance(event, FileFinding):
                    self.tally.add(event)
                    if on_finding is not None:
                        on_finding(event)
                elif isinstance(event, Advance):
                    self.meter.update(self.files, before + event.read, self.tally.total)
                elif isinstance(event, FileEnd):
                    self._end(event)
                    before = self.bytes
        finally:
            self.meter.clear()

    def _end(self, end: "FileEnd") -> None:
        from aboveboard.privacy.files import LeftOutError

        self.bytes += end.read
        if isinstance(end.error, LeftOutError) and end.name not in self.named:
            self.left_out += 1
            self._say(f"left out: {end.error}", end.name)
            return
        self.files += 1
        self.written += end.written is not None
        self.renamed += end.is_renamed
        for note in (*end.problems, *end.notes):
            self._say(f"note: {note}", end.name)
        if end.error is not None:
            self._say(click.style("error: ", fg="red", bold=True) + str(end.error), end.name)
        self.errors += end.error is not None or bool(end.problems)
        self.meter.update(self.files, self.bytes, self.tally.total)

    def _say(self, message: str, name: str) -> None:
        """Says it; what is kept for the report shows no name of a person."""
        from aboveboard.privacy.files import shown_path

        self.meter.clear()
        say(message)
        if len(self.notes) < _MOST_NOTES:
            self.notes.append(click.unstyle(message).replace(name, shown_path(name)))


def start_run(label: str, named: "Iterable[Path]" = ()) -> Run:
    """A run of which nothing has happened yet; `named` are the paths of the command line."""
    from aboveboard.privacy.files import Tally, name_of

    return Run(Tally(), Meter(label), named=frozenset(map(name_of, named)))
