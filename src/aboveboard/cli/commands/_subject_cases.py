"""`aboveboard subject request|requests|extend|refuse|hold|release`: what people asked for, what forbids."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from aboveboard.cli._output import print_json, print_table, say
from aboveboard.cli._settings import settings_of
from aboveboard.errors import AboveboardError

if TYPE_CHECKING:
    from aboveboard.cases import Case
    from aboveboard.cli._subjects import Desk

_RIGHTS = ("access", "rectification", "erasure", "restriction", "portability", "objection")
_REASON = click.option("--reason", required=True, help="Why, for the record.")
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.command()
@click.argument("subject")
@click.option("--right", required=True, type=click.Choice(_RIGHTS), help="What the person asks for.")
@click.option("--received", help="When it came, such as 2027-01-31.  [default: now]")
@_JSON
@click.pass_context
def request(ctx: click.Context, subject: str, right: str, received: str | None, as_json: bool) -> None:
    """Register a request of SUBJECT that is answered later; it is due within a month (GDPR Art. 12(3))."""
    from aboveboard.cli._subjects import moment_of, open_desk

    with open_desk(settings_of(ctx)) as desk:
        came = min(moment_of(received), datetime.now(UTC)) if received else None
        case = desk.request(right, desk.person(subject), came)
    if as_json:
        print_json(_row(case))
        return
    say(f"case {case.id} is due on {case.due[:10]}")


@click.command()
@click.option("--all", "shows_all", is_flag=True, help="Decided ones too.")
@click.option("--show-subject", "shows_subject", is_flag=True, help="Whose each is: the pseudonym on record.")
@_JSON
@click.pass_context
def requests(ctx: click.Context, shows_all: bool, shows_subject: bool, as_json: bool) -> int:
    """List the requests that wait, with the days left. Exit code 1 when one is overdue."""
    from aboveboard.cases import CaseStatus
    from aboveboard.cli._subjects import open_desk

    with open_desk(settings_of(ctx)) as desk:
        desk.close_settled()
        found = desk.cases.list("request", None if shows_all else CaseStatus.OPEN, limit=10_000)
        people = {each.id: _whose(desk, each.id) for each in found if shows_subject}
    rows = [_row(case) | ({"subject": people[case.id]} if people else {}) for case in found]
    if as_json:
        print_json(rows)
    elif rows:
        print_table(list(rows[0]), [[str(value) for value in row.values()] for row in rows])
    else:
        say("no request waits")
    now = datetime.now(UTC)
    return int(any(case.is_overdue(now) for case in found))


def _row(case: "Case") -> dict[str, str | int]:
    left = case.days_left(datetime.now(UTC)) if case.status == "open" else ""
    return {
        "case": case.id,
        "right": case.category,
        "status": case.outcome or str(case.status),
        "opened": case.opened[:10],
        "due": case.due[:10],
        "days left": left,
    }


@click.command()
@click.argument("case_id", metavar="CASE")
@_REASON
@click.pass_context
def extend(ctx: click.Context, case_id: str, reason: str) -> None:
    """Give a request two months more; the person has to be told why (GDPR Art. 12(3))."""
    from aboveboard.cli._subjects import OFFICER, open_desk

    with open_desk(settings_of(ctx)) as desk:
        extension = desk.cases.extend(case_id, reason, OFFICER, data_subject=_whose(desk, case_id))
        desk.evidence.recorder.record(extension)
    say(f"case {case_id} is due on {extension.due[:10]}; tell the person so, and why")


@click.command()
@click.argument("case_id", metavar="CASE")
@_REASON
@click.pass_context
def refuse(ctx: click.Context, case_id: str, reason: str) -> None:
    """Refuse a request; the person has to be told why, and where to complain (GDPR Art. 12(4))."""
    from aboveboard.cli._subjects import open_desk

    with open_desk(settings_of(ctx)) as desk:
        desk.close(desk.cases.get(case_id), "refused", reason, _whose(desk, case_id))
    say(f"case {case_id} is refused; tell the person why, and that they may complain to the authority")


def _whose(desk: "Desk", case_id: str) -> str:
    """The pseudonym of whoever a request is of; empty once they are erased."""
    case = desk.cases.get(case_id)
    if str(case.kind) != "request":
        raise AboveboardError(
            f"case {case_id} is no request", cure="`aboveboard subject requests` lists those there are"
        )
    return "" if desk.reader.is_erased(case.record) else desk.reader.get(case.record).data_subject


@click.command()
@click.argument("subject")
@_REASON
@click.option("--until", required=True, help="The last day of the hold, such as 2027-12-31.")
@click.pass_context
def hold(ctx: click.Context, subject: str, reason: str, until: str) -> None:
    """Forbid erasing SUBJECT until a date: a legal obligation or claim needs the data (GDPR Art. 17(3))."""
    from aboveboard.cli._subjects import OFFICER, moment_of, open_desk
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
@_REASON
@click.pass_context
def release(ctx: click.Context, subject: str, reason: str) -> None:
    """End every legal hold on SUBJECT before its time."""
    from aboveboard.cli._subjects import OFFICER, open_desk
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


COMMANDS = (request, requests, extend, refuse, hold, release)
