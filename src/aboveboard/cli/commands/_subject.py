"""`aboveboard subject`: what is held about a person, handing it out, correcting it, forgetting it."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aboveboard.cli._output import print_json, say
from aboveboard.cli._settings import Settings, settings_of
from aboveboard.cli.commands import _subject_cases, _subject_data
from aboveboard.errors import AboveboardError

if TYPE_CHECKING:
    from aboveboard.charter import Charter
    from aboveboard.cli._handing_out import Form
    from aboveboard.cli._subjects import Desk
    from aboveboard.evidence.records import Erasure, Record

_MOST = 16 << 20
_DECLINED = 130  # as after Ctrl-C: whoever ran this changed their mind
_FREE = click.Path(path_type=Path, writable=False)
_RECEIPT = click.option(
    "--receipt",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the receipt here; `aboveboard verify` checks it.",
)
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group()
def command() -> None:
    """See, hand out, correct or erase what is held about a person.

    A person is named by the pseudonym under which your application sends them (`user` of a request, or the
    header X-Aboveboard-Subject). Every request is a case with a month to answer it.
    """


for _each in (*_subject_cases.COMMANDS, *_subject_data.COMMANDS):
    command.add_command(_each)


@command.command()
@click.argument("subject")
@click.option("--output", type=_FREE, help="A new folder.  [default: <state>/subjects/<case>-report]")
@_JSON
@click.pass_context
def access(ctx: click.Context, subject: str, output: Path | None, as_json: bool) -> None:
    """Draw everything held about SUBJECT, as a page and as JSON (GDPR Art. 15)."""
    _hand_out(settings_of(ctx), subject, "report", output, as_json=as_json)


@command.command()
@click.argument("subject")
@click.option(
    "--output",
    type=_FREE,
    help="A new folder, or a new .zip file.  [default: <state>/subjects/<case>-export]",
)
@_JSON
@click.pass_context
def export(ctx: click.Context, subject: str, output: Path | None, as_json: bool) -> None:
    """Draw everything held about SUBJECT for another program, with a manifest of digests (GDPR Art. 20)."""
    _hand_out(settings_of(ctx), subject, "export", output, as_json=as_json)


def _hand_out(settings: Settings, subject: str, form: "Form", output: Path | None, *, as_json: bool) -> None:
    from aboveboard.cli._handing_out import hand_out
    from aboveboard.cli._subjects import open_desk

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


@command.command()
@click.argument("subject")
@click.option("--record", required=True, help="The record that is wrong; the access report has its id.")
@click.option("--part", default="", help="What is wrong of it: an attachment's name.  [default: the record]")
@click.option(
    "--correction",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="A file with what is right; - reads stdin.",
)
@click.option("--reason", required=True, help="Why, for the record.")
@click.option("--keep-old", is_flag=True, help="Keep what was wrong, sealed beside the correction.")
@_RECEIPT
@_JSON
@click.pass_context
def rectify(
    ctx: click.Context, /, subject: str, as_json: bool, receipt: Path | None, **wrong: object
) -> None:
    """Correct a record of SUBJECT, and list what was made from the wrong value (GDPR Art. 16, 19)."""
    import msgspec

    from aboveboard.cli._correcting import correct
    from aboveboard.cli._subjects import open_desk

    content = _read(Path(str(wrong["correction"])))
    with open_desk(settings_of(ctx)) as desk:
        done = correct(desk, desk.person(subject), wrong, content)
        _write_receipt(desk, done, receipt)
    if as_json:
        print_json(msgspec.to_builtins(done))
        return
    say(f"corrected; what was wrong is {'kept sealed' if done.keeps_old else 'destroyed'}; record {done.id}")
    for each in done.notify:
        say(f"  may hold the wrong value: {each}")


@command.command()
@click.argument("subject")
@click.option("--reason", required=True, help="Why, for the record: it is kept; the person is not named.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@_RECEIPT
@_JSON
@click.pass_context
def erase(
    ctx: click.Context, subject: str, reason: str, yes: bool, receipt: Path | None, as_json: bool
) -> None:
    """Destroy the key and every payload of SUBJECT. Proofs still verify; the content is gone for good.

    What was made from it is purged, or listed with what remains to be done (GDPR Art. 17, 19). A legal hold
    stands in the way: the request then stays open.
    """
    import msgspec

    from aboveboard.cli._subjects import open_desk

    if not yes and not _is_meant(subject):
        say("nothing was changed")
        ctx.exit(_DECLINED)
    with open_desk(settings_of(ctx)) as desk:
        person = desk.person(subject)
        is_known = desk.is_known(person)
        erasure, copies = _erase(desk, person, reason)
        _write_receipt(desk, erasure, receipt)
    if as_json:
        print_json(msgspec.to_builtins(erasure))
        return
    if not is_known:
        say("nothing was held under this name: see that it is written as your application sends it")
    _say_erased(erasure, copies)


def _is_meant(subject: str) -> bool:
    try:
        return click.confirm(
            f"Destroy everything held about {subject!r}? This cannot be undone.", default=False, err=True
        )
    except click.Abort:  # Ctrl-C, or nobody there to answer
        return False


def _erase(desk: "Desk", person: str, reason: str) -> "tuple[Erasure, list[str]]":
    """The outcome, and where copies were written that only their owner can delete: shown, and not kept."""
    from aboveboard.cli._handing_out import copies_elsewhere
    from aboveboard.cli._subjects import OFFICER

    copies = copies_elsewhere(desk, person)
    case = desk.request("erasure", person)
    erasure = desk.evidence.erase(person, reason, OFFICER, case=case.id)
    desk.close_settled()
    return erasure, copies


def _say_erased(erasure: "Erasure", copies: list[str]) -> None:
    say(f"destroyed {erasure.erased} payloads; the erasure is record {erasure.id}")
    for item in erasure.purged:
        say(f"  purged: {item}")
    for item in erasure.remaining:
        say(f"  still to do: {item}")
    for place in copies:
        say(f"  a copy was written to {place}")
    say("  backups made before still hold it: let them expire within your retention time")


def _write_receipt(desk: "Desk", record: "Record", path: Path | None) -> None:
    if path is not None:
        import json

        path.write_text(json.dumps(desk.reader.receipt(record.id)), encoding="utf-8")


def _read(file: Path) -> bytes:
    if str(file) == "-":
        return sys.stdin.buffer.read(_MOST)
    if not file.is_file():
        raise AboveboardError("no such file", where=str(file), cure="name a file with the correction, or -")
    return file.read_bytes()[: _MOST + 1]
