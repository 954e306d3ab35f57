"""`aboveboard subject hold|release`: what forbids an erasure, and for how long."""

from datetime import UTC, datetime

import click

from aboveboard.cli._output import say
from aboveboard.cli._settings import settings_of
from aboveboard.cli.commands._subject._options import REASON
from aboveboard.errors import AboveboardError


@click.command()
@click.argument("subject")
@REASON
@click.option("--until", required=True, help="The last day of the hold, such as 2027-12-31.")
@click.pass_context
def hold(ctx: click.Context, subject: str, reason: str, until: str) -> None:
    """Forbid erasing SUBJECT until a date.

    For a legal obligation or claim that needs the data (GDPR Art. 17(3)).
    """
    from aboveboard.cli.subject import OFFICER, moment_of, open_desk
    from aboveboard.evidence.records import LegalHold
    from aboveboard.values import format_time

    end = moment_of(until, is_end=True)
    if end <= datetime.now(UTC):
        raise AboveboardError("that day is over", where=until, cure="name the day until which the hold lasts")
    with open_desk(settings_of(ctx)) as desk:
        person = desk.person(subject)
        placed = LegalHold(
            subject="hold",
            actor=OFFICER,
            data_subject=person,
            stage="placed",
            reason=reason,
            until=format_time(end),
        )
        desk.evidence.recorder.record(placed)
    say(f"held until {until}; the hold is record {placed.id}")


@click.command()
@click.argument("subject")
@REASON
@click.pass_context
def release(ctx: click.Context, subject: str, reason: str) -> None:
    """End every legal hold on SUBJECT before its time."""
    from aboveboard.cli.subject import OFFICER, open_desk
    from aboveboard.evidence import holds
    from aboveboard.evidence.records import LegalHold

    with open_desk(settings_of(ctx)) as desk:
        person = desk.person(subject)
        found = holds(desk.reader, person)
        if found:
            ids = tuple(each.id for each in found)
            released = LegalHold(
                subject="hold", actor=OFFICER, data_subject=person, links=ids, stage="released", reason=reason
            )
            desk.evidence.recorder.record(released)
    say(f"holds ended: {len(found)}" if found else "there is no hold on this person")
