"""`aboveboard subject access|export`: what is held about a person, for them to read or to take elsewhere."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from aboveboard.cli._output import print_json, say
from aboveboard.cli._settings import Settings, settings_of
from aboveboard.cli.commands._subject._options import JSON

if TYPE_CHECKING:
    from aboveboard.charter import Charter
    from aboveboard.cli.subject import Form

_FREE = click.Path(path_type=Path, writable=False)


@click.command()
@click.argument("subject")
@click.option("--output", type=_FREE, help="A new folder.  [default: <state>/subjects/<case>-report]")
@JSON
@click.pass_context
def access(ctx: click.Context, subject: str, output: Path | None, as_json: bool) -> None:
    """Draw all that is held about SUBJECT.

    A page and JSON (GDPR Art. 15).
    """
    _hand_out(settings_of(ctx), subject, "report", output, as_json=as_json)


@click.command()
@click.argument("subject")
@click.option(
    "--output",
    type=_FREE,
    help="A new folder, or a new .zip file.  [default: <state>/subjects/<case>-export]",
)
@JSON
@click.pass_context
def export(ctx: click.Context, subject: str, output: Path | None, as_json: bool) -> None:
    """Draw all that is held about SUBJECT for another program.

    It comes with a manifest of digests (GDPR Art. 20).
    """
    _hand_out(settings_of(ctx), subject, "export", output, as_json=as_json)


def _hand_out(settings: Settings, subject: str, form: "Form", output: Path | None, *, as_json: bool) -> None:
    from aboveboard.cli.subject import hand_out, open_desk

    with open_desk(settings) as desk:
        person = desk.person(subject)
        is_known = desk.is_known(person)
        done = hand_out(desk, person, form, _charter(settings), output)
    if as_json:
        print_json(
            {
                "place": str(done.place),
                "case": done.case.id,
                "record": done.record.id,
                "files": done.record.files,
            }
        )
        return
    if not is_known:
        say("nothing was held under this name: see that it is written as your application sends it")
    say(f"wrote {done.place}; case {done.case.id} is answered, the record of it is {done.record.id}")


def _charter(settings: Settings) -> "Charter | None":
    """The charter, if there is one: it says who gets the data and how long they are kept."""
    from aboveboard.cli._charters import open_charter

    return open_charter(settings.charter) if settings.charter.exists() else None
