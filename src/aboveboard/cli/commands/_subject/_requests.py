"""`aboveboard subject request|requests|extend|refuse`: what people asked for, and until when."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import click

from aboveboard.cli._output import print_json, print_table, say
from aboveboard.cli._settings import settings_of
from aboveboard.cli.commands._subject._options import JSON, REASON
from aboveboard.errors import AboveboardError

if TYPE_CHECKING:
    from aboveboard.cases import Case
    from aboveboard.cli.subject import Desk

_RIGHTS = ("access", "rectification", "erasure", "restriction", "portability", "objection")


@click.command()
@click.argument("subject")
@click.option("--right", required=True, type=click.Choice(_RIGHTS), help="What the person asks for.")
@click.option("--received", help="When it came, such as 2027-01-31.  [default: now]")
@JSON
@click.pass_context
def request(ctx: click.Context, subject: str, right: str, received: str | None, as_json: bool) -> None:
    """Register a request of SUBJECT that is answered later.

    It is due within a month (GDPR Art. 12(3)).
    """
    from aboveboard.cli.subject import open_desk

    with open_desk(settings_of(ctx)) as desk:
        case = desk.request(right, desk.person(subject), _moment_it_came(received) if received else None)
    if as_json:
        print_json(_row(case))
        return
    say(f"case {case.id} is due on {case.due[:10]}")


def _moment_it_came(text: str) -> datetime:
    """Now at the latest: east of Greenwich a day begins before its moment in UTC. Raises AboveboardError."""
    from aboveboard.cli.subject import moment_of

    came, now = moment_of(text), datetime.now(UTC)
    if came > now + timedelta(days=1):
        raise AboveboardError(
            "that is yet to come", where=text, cure="name the day on which the request came"
        )
    return min(came, now)


@click.command()
@click.option("--all", "shows_all", is_flag=True, help="Decided ones too.")
@click.option("--show-subject", "shows_subject", is_flag=True, help="Whose each is: the pseudonym on record.")
@JSON
@click.pass_context
def requests(ctx: click.Context, shows_all: bool, shows_subject: bool, as_json: bool) -> int:
    """List the requests that wait, with the days left. Exit code 1 when one is overdue."""
    from aboveboard.cases import CaseStatus
    from aboveboard.cli.subject import open_desk

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
@REASON
@click.pass_context
def extend(ctx: click.Context, case_id: str, reason: str) -> None:
    """Give a request two months more.

    The person has to be told why (GDPR Art. 12(3)).
    """
    from aboveboard.cli.subject import open_desk

    with open_desk(settings_of(ctx)) as desk:
        _whose(desk, case_id)
        extended = desk.extend(desk.cases.get(case_id), reason)
    say(f"case {case_id} is due on {extended.due[:10]}; tell the person so, and why")


@click.command()
@click.argument("case_id", metavar="CASE")
@REASON
@click.pass_context
def refuse(ctx: click.Context, case_id: str, reason: str) -> None:
    """Refuse a request.

    The person has to be told why, and where to complain (GDPR Art. 12(4)).
    """
    from aboveboard.cli.subject import open_desk

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
    return desk.whose(case)
