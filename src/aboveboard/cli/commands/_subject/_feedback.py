"""`aboveboard subject feedback|decide`: what somebody tells, and what came of a case."""

from pathlib import Path

import click

from aboveboard.cli._output import say
from aboveboard.cli._settings import settings_of
from aboveboard.cli.commands._subject._options import FILE, REASON, read_file
from aboveboard.errors import AboveboardError


@click.command()
@click.argument("subject")
@click.option("--topic", required=True, help="What it is about, in a word: `tone`, `praise`.")
@click.option("--words", required=True, type=FILE, help="A file with what the person wrote; - reads stdin.")
@click.option("--answer", default="", help="The receipt's id of the answer that it is about.")
@click.pass_context
def feedback(ctx: click.Context, subject: str, topic: str, words: Path, answer: str) -> None:
    """Register what SUBJECT tells about an answer or the system.

    Somebody looks at it in 30 days.
    """
    from aboveboard.cli.subject import open_desk

    text = read_file(words).decode(errors="surrogateescape")
    with open_desk(settings_of(ctx)) as desk:
        case = desk.take_feedback(desk.person(subject), topic, text, answer)
    say(f"case {case.id} is due on {case.due[:10]}")


@click.command()
@click.argument("case_id", metavar="CASE")
@click.option("--outcome", required=True, help="What came of it: `noted`, `fulfilled`, …, by its kind.")
@REASON
@click.pass_context
def decide(ctx: click.Context, case_id: str, outcome: str, reason: str) -> None:
    """Decide a case of any kind, with the reason its person is given. The rights that a command of its own
    answers (access, export, rectify, erase) are decided by it.
    """
    from aboveboard.cli.subject import ERASED, open_desk

    with open_desk(settings_of(ctx)) as desk:
        case = desk.cases.get(case_id)
        if str(case.kind) == "hold":
            raise AboveboardError("a held answer", where=case_id, cure="see `aboveboard hold --help`")
        person = desk.whose(case)
        if outcome == ERASED and person:
            raise AboveboardError(
                "this person is not erased", where=case_id, cure="`aboveboard subject erase` ends their cases"
            )
        desk.close(case, outcome, reason, person, f"role:{case.role}")
    say(f"case {case_id} is decided: {outcome}; tell the person so, and why")
