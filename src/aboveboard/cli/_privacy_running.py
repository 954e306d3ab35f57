"""Runs over files as a person sees them: progress, errors as they come, sums at the end."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aboveboard.cli._output import counted, say
from aboveboard.cli._progress import ProgressLine

if TYPE_CHECKING:
    from aboveboard.privacy.files import Event, FileEnd, FileFinding, Tally

_MB = 1_000_000
_MOST_NOTES = 200
INTERRUPTED = 130
"""The exit code of what Ctrl-C stopped, as shells have it."""


@dataclass(slots=True)
class Run:
    """What happened so far. That a file which was `named` itself is left out is an error."""

    tally: "Tally"
    meter: ProgressLine
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
                    self._show(before + event.read)
                elif isinstance(event, FileEnd):
                    self._end(event)
                    before = self.bytes
        finally:
            self.meter.clear()
        if not self.files:
            self._say("note: no file was looked into; see the folder, --include and --exclude")

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
        self._show(self.bytes)

    def _show(self, size: int) -> None:
        def said(seconds: float) -> str:
            speed = size / _MB / seconds
            read = f"{counted(self.files, 'file')}  {size / _MB:,.1f} MB  {speed:,.1f} MB/s"
            return f"{read}  {counted(self.tally.total, 'finding')}"

        self.meter.tell(said)

    def _say(self, message: str, name: str = "") -> None:
        """Says it; what is kept for the report shows no name of a person."""
        from aboveboard.privacy.files import shown_path

        self.meter.clear()
        say(message)
        if len(self.notes) < _MOST_NOTES:
            kept = click.unstyle(message).replace("\n  ", "; ")
            self.notes.append(kept.replace(name, shown_path(name)) if name else kept)


@contextmanager
def going_on(how: str) -> Iterator[None]:
    """Says on Ctrl-C how what was stopped goes on, in place of the words for other commands."""
    try:
        yield
    except KeyboardInterrupt:
        say(f"\nstopped; {how}")
        raise click.exceptions.Exit(INTERRUPTED) from None


def start_run(label: str, named: "Iterable[Path]" = ()) -> Run:
    """A run of which nothing has happened yet; `named` are the paths of the command line."""
    from aboveboard.privacy.files import Tally, name_of

    return Run(Tally(), ProgressLine(label), named=frozenset(map(name_of, named)))
