"""`aboveboard consent`: the register of who agreed to what, after reading which notice."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from aboveboard.cli._group import Group
from aboveboard.cli._output import print_json, print_table, say
from aboveboard.cli._settings import settings_of
from aboveboard.errors import AboveboardError

_BASES = (
    "consent",
    "explicit-consent",
    "contract",
    "legal-obligation",
    "vital-interests",
    "public-task",
    "legitimate-interests",
)
_MOST = 1 << 20
_NONE_IN_FORCE = "none was in force: see that the name and the purpose are written as when it was given"
_PURPOSE = click.option("--purpose", required=True, help="What for, in a word: `newsletter`.")
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_AT = click.option("--at", help="When, such as 2027-01-31T12:00:00Z.  [default: now]")


@click.group(cls=Group)
def command() -> None:
    """Register consents, and say what a person agrees to (GDPR Art. 7).

    A person is named as your application sends them. The register is part of the evidence: an event cannot be
    altered afterwards, and it goes when the person is erased.
    """


@command.command()
@click.argument("subject")
@_PURPOSE
@click.option("--version", required=True, help="The version of the notice that was shown.")
@click.option(
    "--notice",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="A file with the notice: its digest is the proof of what was shown.",
)
@click.option(
    "--basis",
    type=click.Choice(_BASES),
    default="consent",
    metavar="BASIS",
    help=f"In law: {', '.join(_BASES)}.  [default: consent]",
)
@click.option("--channel", default="", help="How the person said so: web-form, paper, phone.")
@click.option("--until", default="", help="When it ends by itself, such as 2028-01-31.")
@click.option("--keep-notice", is_flag=True, help="Keep the notice's text beside the record.")
@_AT
@click.pass_context
def give(ctx: click.Context, /, subject: str, purpose: str, at: str | None, **given: Any) -> None:
    """Register that SUBJECT agreed to a purpose, after reading a version of a notice."""
    from aboveboard.cli.subject import moment_of
    from aboveboard.values import digest_bytes, format_time

    if at and moment_of(at) > datetime.now(UTC):
        raise AboveboardError("that is yet to come", where=at, cure="register a consent once it is given")
    notice: Path = given["notice"]
    if notice.stat().st_size > _MOST:
        raise AboveboardError("too large for a notice", where=str(notice), cure="give the text alone")
    text = notice.read_bytes()
    fields = {
        "stage": "given",
        "basis": given["basis"],
        "notice": given["version"],
        "notice_digest": digest_bytes(text),
        "channel": given["channel"],
        "until": format_time(moment_of(given["until"], is_end=True)) if given["until"] else "",
    }
    _register(ctx, subject, purpose, at, fields, {"notice": text} if given["keep_notice"] else {})


@command.command()
@click.argument("subject")
@_PURPOSE
@click.option("--channel", default="", help="How the person said so.")
@_AT
@click.pass_context
def withdraw(ctx: click.Context, subject: str, purpose: str, channel: str, at: str | None) -> None:
    """Register that SUBJECT agrees no more. What was done before stays lawful (GDPR Art. 7(3))."""
    _register(ctx, subject, purpose, at, {"stage": "withdrawn", "channel": channel}, {})


def _register(
    ctx: click.Context,
    subject: str,
    purpose: str,
    at: str | None,
    fields: dict[str, Any],
    attachments: dict[str, bytes],
) -> None:
    from aboveboard.cli._workspace import open_evidence
    from aboveboard.cli.subject import OFFICER, moment_of
    from aboveboard.evidence import consents, purpose_subject
    from aboveboard.evidence.records import Consent
    from aboveboard.values import format_time

    moment = moment_of(at) if at else datetime.now(UTC)
    effective = format_time(moment)
    with open_evidence(settings_of(ctx)) as evidence:
        person = _person(evidence, subject)
        if fields["stage"] == "withdrawn" and not any(
            each.purpose == purpose and each.is_in_force(moment)
            for each in consents(evidence.reader, person, moment)
        ):
            say(_NONE_IN_FORCE)
        event = Consent(
            subject=purpose_subject(purpose),
            actor=OFFICER,
            data_subject=person,
            purpose=purpose,
            effective=effective,
            **fields,
        )
        evidence.recorder.record(event, attachments)
    say(f"{event.stage} for {purpose}, as of {effective}; record {event.id}")


@command.command(name="list")
@click.argument("subject")
@_AT
@_JSON
@click.pass_context
def list_(ctx: click.Context, subject: str, at: str | None, as_json: bool) -> None:
    """List what SUBJECT was asked, by purpose, and what holds."""
    from aboveboard.cli.subject import consent_row, moment_of, open_desk
    from aboveboard.evidence import consents

    moment = moment_of(at) if at else datetime.now(UTC)
    with open_desk(settings_of(ctx)) as desk:
        found = consents(desk.reader, desk.person(subject), moment)
    rows = [consent_row(each, moment) for each in found]
    if as_json:
        print_json(rows)
    elif rows:
        print_table(list(rows[0]), [[_cell(value) for value in row.values()] for row in rows])
    else:
        say("this person was asked for no consent")


def _cell(value: Any) -> str:
    return {None: "–", True: "yes", False: "no"}.get(value, str(value))


@command.command()
@click.argument("subject")
@_PURPOSE
@_AT
@_JSON
@click.pass_context
def check(ctx: click.Context, subject: str, purpose: str, at: str | None, as_json: bool) -> int:
    """Say whether SUBJECT agrees to a purpose. Exit code 0 for yes, 1 for no."""
    from aboveboard.cli.subject import moment_of, open_desk
    from aboveboard.evidence import has_consent

    with open_desk(settings_of(ctx)) as desk:
        agrees = has_consent(desk.reader, desk.person(subject), purpose, moment_of(at) if at else None)
    if as_json:
        print_json({"purpose": purpose, "consent": agrees})
    else:
        say(f"{'yes' if agrees else 'no'}: {purpose}")
    return 0 if agrees else 1


def _person(evidence: Any, subject: str) -> str:
    if not subject.strip():
        raise AboveboardError("no name given", cure="name the person as your application does")
    pseudonym: str = evidence.pseudonym(subject)
    return pseudonym
