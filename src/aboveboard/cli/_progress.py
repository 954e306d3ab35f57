"""A progress line: a bar that redraws itself for a person, a line now and then for a log."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from aboveboard.cli._output import is_terminal

if TYPE_CHECKING:
    from aboveboard.evals import Progress

_WIDTH = 24
_REDRAW_SECONDS = 0.1
_LOG_SECONDS = 15.0
_CLEAR = "\r\x1b[2K"


@dataclass(slots=True)
class ProgressLine:
    """Shows how far something is: done/total and the time left, or what it is told. Its methods may be called
    as often as one likes.
    """

    label: str
    quiet: bool = False
    started: float = field(default_factory=time.monotonic)
    _shown: float = 0.0
    _is_shown: bool = False
    _terminal: bool = field(default_factory=is_terminal)

    def update(self, done: int, total: int, note: str = "") -> None:
        """Draws when enough time has passed since the last drawing, and always at the end."""
        now = time.monotonic()
        if done >= total or self._is_due(now):
            share = done / total if total else 1.0
            bar = "█" * round(share * _WIDTH) + "░" * (_WIDTH - round(share * _WIDTH))
            self._draw(f"{bar} {done}/{total} {self._remaining(done, total, now)} {note}".rstrip(), now)

    def tell(self, said: Callable[[float], str]) -> None:
        """The same for what has no known end, where somebody watches; `said` gets the seconds so far."""
        now = time.monotonic()
        if self._terminal and self._is_due(now):
            self._draw(said(max(now - self.started, 0.001)), now)

    def clear(self) -> None:
        """Makes room for a line."""
        if self._is_shown and self._terminal:
            click.echo(_CLEAR, nl=False, err=True)
        self._is_shown = False

    def finish(self) -> None:
        """Leaves the last drawing on its own line."""
        if self._is_shown and self._terminal:
            click.echo(err=True)

    @property
    def seconds(self) -> float:
        """How long it takes so far."""
        return time.monotonic() - self.started

    def _is_due(self, now: float) -> bool:
        return now - self._shown >= (_REDRAW_SECONDS if self._terminal else _LOG_SECONDS)

    def _draw(self, text: str, now: float) -> None:
        if self.quiet:
            return
        self._shown, self._is_shown = now, True
        line = f"{self.label} {text}"
        click.echo(f"{_CLEAR}{line}" if self._terminal else line, nl=not self._terminal, err=True)

    def _remaining(self, done: int, total: int, now: float) -> str:
        if not done or done >= total:
            return f"{now - self.started:.0f} s"
        left = (now - self.started) / done * (total - done)
        return f"about {left:.0f} s left"


def shown_on(line: ProgressLine) -> "Callable[[Progress], None]":
    """What shows on the line how far a run is."""

    def show(progress: "Progress") -> None:
        energy = f", {progress.energy_wh:.2g} Wh" if progress.energy_wh else ""
        line.update(progress.done, progress.total, f"{progress.suite}{energy}")

    return show
