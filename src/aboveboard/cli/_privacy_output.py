"""Findings and sums as tables and JSON; values only when they were asked for."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from aboveboard.cli._output import counted, print_table

if TYPE_CHECKING:
    from aboveboard.cli._privacy_running import Run
    from aboveboard.privacy.files import FileFinding, Tally

_MB = 1_000_000


def print_summary(run: "Run") -> None:
    """A row a type, then what was read."""
    if run.tally.total:
        print_table(["type", "findings", "files"], _rows(run.tally))
        click.echo()
    click.echo(", ".join(_parts(run)))


def _rows(tally: "Tally") -> list[list[str]]:
    return [[name, f"{count:,}", f"{tally.files_of[name]:,}"] for name, count in tally.types.most_common()]


def _parts(run: "Run") -> list[str]:
    seconds = max(run.meter.seconds, 0.001)
    files = f"{run.tally.with_findings:,} of {counted(run.files, 'file')}"
    parts = [
        f"{counted(run.tally.total, 'finding')} in {files}",
        f"{_size(run.bytes)} in {seconds:,.1f} s",
    ]
    if run.left_out:
        parts.append(f"{run.left_out:,} left out")
    if run.errors:
        parts.append(f"{run.errors:,} with errors")
    return parts


def _size(count: int) -> str:
    if count < 1_000:
        return f"{count} bytes"
    return f"{count / _MB:,.1f} MB" if count >= _MB / 10 else f"{count / 1_000:,.1f} kB"


def summary_as_json(run: "Run") -> dict[str, Any]:
    """The sums as `--json` prints them."""
    return {
        "findings": run.tally.total,
        "types": dict(run.tally.types.most_common()),
        "files": run.files,
        "files_with_findings": run.tally.with_findings,
        "left_out": run.left_out,
        "errors": run.errors,
        "bytes": run.bytes,
        "seconds": round(run.meter.seconds, 3),
    }


def finding_as_json(finding: "FileFinding", *, show_value: bool) -> dict[str, Any]:
    """One finding; what its kind of file has not is left out."""
    place = finding.place
    parts: dict[str, Any] = {"line": place.line, "column": place.column, "byte": place.byte}
    parts |= {"record": place.record, "field": place.field, "part": place.part}
    found: dict[str, Any] = {"file": finding.file, "type": finding.type}
    found |= {name: value for name, value in parts.items() if value is not None}
    found |= {"length": finding.length, "confidence": finding.confidence}
    return found | ({"value": finding.value} if show_value else {})


def line_printer(*, show_values: bool) -> "Callable[[FileFinding], None]":
    """Prints each finding on a line, as JSON."""

    def printed(finding: "FileFinding") -> None:
        click.echo(json.dumps(finding_as_json(finding, show_value=show_values), ensure_ascii=False))

    return printed


class JsonDocument:
    """One JSON document with all findings and the sums, written as they come: any number takes no memory."""

    def __init__(self, *, show_values: bool) -> None:
        self._show_values = show_values
        self._is_first = True

    def add(self, finding: "FileFinding") -> None:
        """Writes one finding."""
        text = json.dumps(finding_as_json(finding, show_value=self._show_values), ensure_ascii=False)
        click.echo(('{"findings": [\n  ' if self._is_first else ",\n  ") + text, nl=False)
        self._is_first = False

    def close(self, run: "Run") -> None:
        """Writes the end."""
        summary = json.dumps(summary_as_json(run), ensure_ascii=False)
        click.echo(('{"findings": [' if self._is_first else "\n") + f'], "summary": {summary}}}')
