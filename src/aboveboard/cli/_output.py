"""How results look in a terminal: tables, verdicts, numbers, JSON."""

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

import click

from aboveboard.values import figure

COLOURS = {"kept": "green", "broken": "red", "undecided": "yellow"}
SIGNS = {"kept": "✓", "broken": "✗", "undecided": "?"}
_SMALL = 0.001


def print_json(value: Any) -> None:
    """One JSON document on stdout."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False))


def print_json_line(value: Any) -> None:
    """One JSON document on one line of stdout, at once: for what goes on running."""
    click.echo(json.dumps(value, ensure_ascii=False))
    sys.stdout.flush()


def verdict_label(verdict: str) -> str:
    """A verdict with its sign, so that colour is never the only carrier."""
    return click.style(f"{SIGNS[verdict]} {verdict}", fg=COLOURS[verdict], bold=True)


def number(value: float | None) -> str:
    """Three decimals, one from ten on, no exponents; a dash for none. What is not 0 is not shown as 0."""
    if value is None or value != value:
        return "–"
    if 0 < abs(value) < _SMALL:
        return f"<{_SMALL}" if value > 0 else f">{figure(-_SMALL, '.3f')}"
    return figure(value, ".3f" if abs(value) < 10 else ",.1f")


def interval(low: float | None, high: float | None) -> str:
    """`0.512 … 0.731`, or a dash."""
    return "–" if low is None or high is None else f"{number(low)} … {number(high)}"


def counted(count: int, noun: str) -> str:
    """`1 file`, `2,000 files`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def print_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Columns as wide as their widest cell; escape codes take no width."""
    cells = [list(header), *[list(row) for row in rows]]
    widths = [max(len(click.unstyle(row[column])) for row in cells) for column in range(len(header))]
    for position, row in enumerate(cells):
        line = "  ".join(_pad(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip()
        click.echo(click.style(line, dim=True) if position == 0 else line)


def _pad(cell: str, width: int) -> str:
    return cell + " " * (width - len(click.unstyle(cell)))


def say(message: str) -> None:
    """A note on the way, kept apart from results: stderr."""
    click.echo(message, err=True)


def is_terminal() -> bool:
    """Whether a person watches stderr, where progress goes."""
    return sys.stderr.isatty()
