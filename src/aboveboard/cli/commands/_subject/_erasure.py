"""`aboveboard subject erase`: a person forgotten, and what is left to do."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from aboveboard.cli._output import print_json, say
from aboveboard.cli._settings import settings_of
from aboveboard.cli.commands._subject._options import JSON, RECEIPT, write_receipt
from aboveboard.errors import AboveboardError

if TYPE_CHECKING:
    from aboveboard.cli.subject import Desk
    from aboveboard.evidence.records import Erasure

_DECLINED = 130  # as after Ctrl-C: whoever ran this changed their mind


@click.command()
@click.argument("subject")
@click.option("--reason", required=True, help="Why, for the record: it is kept; the person is not named.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@RECEIPT
@JSON
@click.pass_context
def erase(
    ctx: click.Context, subject: str, reason: str, yes: bool, receipt: Path | None, as_json: bool
) -> None:
    """Destroy the key and every payload of SUBJECT. Proofs still verify; the content is gone for good.

    What was made from it is purged, or listed with what remains to be done (GDPR Art. 17, 19). A legal hold
    stands in the way: the request then stays open.
    """
    import msgspec

    from aboveboard.cli.subject import open_desk

    _refuse_named(subject, reason)
    if not yes and not _is_meant(subject):
        say("nothing was changed")
        ctx.exit(_DECLINED)
    with open_desk(settings_of(ctx)) as desk:
        person = desk.person(subject)
        is_known = desk.is_known(person)
        named = desk.evidence.named_after(person, subject)
        erasure, copies = _erase(desk, person, subject, reason)
        write_receipt(desk, erasure, receipt)
    if as_json:
        print_json(msgspec.to_builtins(erasure))
        return
    if not is_known:
        say("nothing was held under this name: see that it is written as your application sends it")
    _say_erased(erasure, copies, named)


def _refuse_named(subject: str, reason: str) -> None:
    """The reason outlives what is erased, and is in every receipt."""
    from aboveboard.evidence import holds_name

    if holds_name(reason, subject):
        cure = "say why without the name: the reason is kept after the person is forgotten"
        raise AboveboardError("the reason names the person", cure=cure)


def _is_meant(subject: str) -> bool:
    try:
        return click.confirm(
            f"Destroy everything held about {subject!r}? This cannot be undone.", default=False, err=True
        )
    except click.Abort:  # Ctrl-C, or nobody there to answer
        return False


def _erase(desk: "Desk", person: str, name: str, reason: str) -> "tuple[Erasure, list[str]]":
    """The outcome, and where copies were written that only their owner can delete: shown, and not kept."""
    from aboveboard.cli.subject import OFFICER, copies_elsewhere

    copies = copies_elsewhere(desk, person)
    case = desk.request("erasure", person)
    erasure = desk.evidence.erase(person, reason, OFFICER, case=case.id, name=name)
    desk.close_settled()
    return erasure, copies


def _say_erased(erasure: "Erasure", copies: list[str], named: dict[str, str]) -> None:
    say(f"destroyed {erasure.erased} payloads; the erasure is record {erasure.id}")
    for item in erasure.purged:
        say(f"  purged: {item}")
    for item in erasure.remaining:
        say(f"  still to do: {item}")
    for old, new in named.items():
        say(f"  {new} was {old}: rename the thing itself, this name is kept nowhere")
    for place in copies:
        say(f"  a copy was written to {place}")
