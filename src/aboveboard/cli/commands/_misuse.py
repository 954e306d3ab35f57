"""`aboveboard misuse`: who is on the ladder that misuse leads up, why, and off it again."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from aboveboard.cli._group import Group
from aboveboard.cli._office_output import show as show_rows
from aboveboard.cli._output import print_json, say
from aboveboard.cli._settings import settings_of
from aboveboard.errors import AboveboardError

if TYPE_CHECKING:
    from aboveboard.evidence import Evidence, Reader
    from aboveboard.evidence.records import MisuseStep
    from aboveboard.misuse import Ladder, Standing

_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_HOLDER = click.argument("holder")


@click.group(cls=Group)
def command() -> None:
    """See which keys and people are on the misuse ladder, and lift them off it.

    The charter says whether there is one: `misuse: {ladder: suspend}`. HOLDER below is `key:` and the key's
    public id, or a person's pseudonym, as `list` shows them.
    """


@command.command(name="list")
@_JSON
@click.pass_context
def list_(ctx: click.Context, as_json: bool) -> None:
    """List who is on the ladder, the highest first."""
    with _open(ctx) as (ladder, _):
        rows = [_row(each) for each in ladder.all()]
    show_rows(rows, "nobody is on the ladder", as_json=as_json)


@command.command()
@_HOLDER
@_JSON
@click.pass_context
def show(ctx: click.Context, holder: str, as_json: bool) -> None:
    """Show the steps that HOLDER went, the last first."""
    with _open(ctx) as (ladder, evidence):
        steps = [_step(each) for each in _steps(evidence.reader, holder)]
        standing = next((each for each in ladder.all() if each.holder == holder), None)
    if as_json:
        print_json({"standing": _row(standing) if standing else None, "steps": steps})
        return
    say(f"{holder} is on the rung {standing.rung.label}" if standing else f"{holder} is on no rung")
    show_rows(steps, "no step of theirs is on record", as_json=False)


@command.command()
@_HOLDER
@click.option("--reason", required=True, help="Why; it goes on record.")
@click.pass_context
def lift(ctx: click.Context, holder: str, reason: str) -> None:
    """Take HOLDER off the ladder; what was held against them is forgotten."""
    if not reason.strip():
        raise AboveboardError("no reason", cure="say why with --reason")
    with _open(ctx) as (ladder, evidence):
        step = ladder.lift(holder, reason, "role:admin", lambda each: evidence.recorder.record(each))
    say(f"{holder} is off the ladder; gateways know within two seconds; record {step.id}")


@contextmanager
def _open(ctx: click.Context) -> "Iterator[tuple[Ladder, Evidence]]":
    from aboveboard.cli._workspace import open_evidence, require_state
    from aboveboard.misuse import Ladder

    settings = settings_of(ctx)
    require_state(settings)
    with open_evidence(settings) as evidence, Ladder.open(settings.misuse) as ladder:
        yield ladder, evidence


def _steps(reader: "Reader", holder: str) -> "list[MisuseStep]":
    from aboveboard.evidence.records import MisuseStep

    found = reader.find(MisuseStep.kind, subject=holder)
    return [each for each in found if isinstance(each, MisuseStep)]


def _row(standing: "Standing") -> dict[str, Any]:
    since, until = (_moment(each) for each in (standing.since, standing.until))
    return {
        "holder": standing.holder,
        "rung": standing.rung.label,
        "because of": standing.signal,
        "since": since,
        "until": until,
        "appeal": standing.appeal,
        "record": standing.step,
    }


def _step(step: "MisuseStep") -> dict[str, Any]:
    counted = f"{step.hits} of {step.observations}" if step.signal else ""
    return {
        "time": step.time,
        "step": step.step,
        "from": step.was,
        "to": step.rung,
        "because of": step.signal or step.reason,
        "hits": counted,
        "record": step.id,
    }


def _moment(seconds: int) -> str:
    from aboveboard.values import format_time

    return format_time(datetime.fromtimestamp(seconds, UTC))
