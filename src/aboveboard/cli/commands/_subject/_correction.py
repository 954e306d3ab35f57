"""`aboveboard subject rectify`: what is wrong about a person, put right."""

from pathlib import Path

import click

from aboveboard.cli._output import print_json, say
from aboveboard.cli._settings import settings_of
from aboveboard.cli.commands._subject._options import FILE, JSON, REASON, RECEIPT, read_file, write_receipt


@click.command()
@click.argument("subject")
@click.option("--record", required=True, help="The record that is wrong; the access report has its id.")
@click.option("--part", default="", help="What is wrong of it: an attachment's name.  [default: the record]")
@click.option(
    "--correction",
    required=True,
    type=FILE,
    help="A file with what is right; - reads stdin.",
)
@REASON
@click.option("--keep-old", is_flag=True, help="Keep what was wrong, sealed beside the correction.")
@RECEIPT
@JSON
@click.pass_context
def rectify(
    ctx: click.Context, /, subject: str, as_json: bool, receipt: Path | None, **wrong: object
) -> None:
    """Correct a record of SUBJECT.

    What was made from the wrong value is listed (GDPR Art. 16, 19).
    """
    import msgspec

    from aboveboard.cli.subject import correct, open_desk

    content = read_file(Path(str(wrong["correction"])))
    with open_desk(settings_of(ctx)) as desk:
        done = correct(desk, desk.person(subject), wrong, content)
        write_receipt(desk, done, receipt)
    if as_json:
        print_json(msgspec.to_builtins(done))
        return
    say(f"corrected; what was wrong is {'kept sealed' if done.keeps_old else 'destroyed'}; record {done.id}")
    for each in done.notify:
        say(f"  may hold the wrong value: {each}")
