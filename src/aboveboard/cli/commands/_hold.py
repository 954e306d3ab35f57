"""`aboveboard hold`: answers that wait for a person, and what the person decides."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aboveboard.cli._group import Group
from aboveboard.cli._output import print_json, print_table, say
from aboveboard.cli._settings import settings_of
from aboveboard.errors import AboveboardError

if TYPE_CHECKING:
    from aboveboard.cases import Case, Hold, Holds
    from aboveboard.charter import Charter
    from aboveboard.cli._settings import Settings
    from aboveboard.evidence import Evidence

_CASE = click.argument("case_id", metavar="CASE")
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_REASON = click.option("--reason", required=True, help="Why; the person who asked is told.")
_AS = click.option(
    "--as",
    "name",
    default="",
    help="Who decides, as your application names people; kept as a pseudonym.  [default: the role]",
)
_NONE = "no answer waits"


@click.group(cls=Group)
def command() -> None:
    """See the answers that wait for a person, and release, edit or withhold them.

    It works beside a running server. Whoever asked for an answer cannot decide about it, and what was
    decided, or has passed its deadline, stays so.
    """


@command.command(name="list")
@click.option("--all", "shows_all", is_flag=True, help="Decided ones too.")
@_JSON
@click.pass_context
def list_(ctx: click.Context, shows_all: bool, as_json: bool) -> None:
    """List what waits, the soonest due first. It shows no words."""
    with _open(ctx) as (holds, _):
        found = holds.cases.list("hold", None if shows_all else "open", limit=10_000)
        rows = [_row(holds.get(case.id)) for case in found]
    shown = rows if shows_all else [row for row in rows if row["status"] == "pending"]
    if as_json:
        print_json(shown)
    elif shown:
        print_table(list(shown[0]), [[str(value) for value in row.values()] for row in shown])
    else:
        say(_NONE)


@command.command()
@_CASE
@click.option("--restored", is_flag=True, help="The answer as the person would get it, with nothing masked.")
@_JSON
@click.pass_context
def show(ctx: click.Context, case_id: str, restored: bool, as_json: bool) -> None:
    """Show what was asked and what would be answered, both as they are kept: personal data masked.

    Whoever may run this on this machine may read it; --restored shows the values too.
    """
    with _open(ctx) as (holds, evidence):
        hold = holds.get(case_id)
        words = _words(hold, evidence, restored=restored)
    if as_json:
        print_json(_row(hold) | words)
        return
    for name, value in _row(hold).items():
        say(f"{name:9} {value}")
    for turn in words["request"]:
        say(f"\n{turn['role']}:\n{_safe(turn['text'])}")
    for text in words["answer"]:
        say(f"\nthe answer:\n{_safe(text)}")


@command.command()
@_CASE
@_REASON
@_AS
@click.pass_context
def approve(ctx: click.Context, case_id: str, reason: str, name: str) -> None:
    """Release an answer as it is."""
    _decide(ctx, case_id, ("released", reason), name)


@command.command()
@_CASE
@click.option(
    "--text",
    "file",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="A file with the words to give instead; - reads stdin.",
)
@_REASON
@_AS
@click.pass_context
def edit(ctx: click.Context, case_id: str, file: Path, reason: str, name: str) -> None:
    """Give your own words in the place of the model's. The person is told that somebody did."""
    from aboveboard.cli.commands._subject._options import read_file

    try:
        text = read_file(file).decode()
    except UnicodeDecodeError as error:
        raise AboveboardError("not UTF-8", where=str(file), cure="save the text as UTF-8") from error
    _decide(ctx, case_id, ("edited", reason), name, text)


@command.command()
@_CASE
@_REASON
@_AS
@click.pass_context
def reject(ctx: click.Context, case_id: str, reason: str, name: str) -> None:
    """Withhold an answer for good."""
    _decide(ctx, case_id, ("withheld", reason), name)


def _decide(ctx: click.Context, case_id: str, decision: tuple[str, str], name: str, text: str = "") -> None:
    with _open(ctx) as (holds, evidence):
        hold = holds.get(case_id)
        actor = evidence.pseudonym(name) if name.strip() else f"role:{hold.case.role}"
        decided = holds.decide(case_id, *decision, actor, text=text)
    review = decided.review.id if decided.review else ""
    say(f"case {case_id} is {decided.status}; record {review}")


@contextmanager
def _open(ctx: click.Context) -> "Iterator[tuple[Holds, Evidence]]":
    from aboveboard.cli._charters import open_charter
    from aboveboard.cli._oversight import holds_of
    from aboveboard.cli._purgers import open_cases
    from aboveboard.cli._workspace import open_evidence, require_state

    settings = settings_of(ctx)
    require_state(settings)
    charter = open_charter(settings.charter)
    with open_evidence(settings) as evidence, open_cases(settings) as cases:
        yield _telling(holds_of(charter, evidence, cases), charter, settings), evidence


def _telling(holds: "Holds", charter: "Charter", settings: "Settings") -> "Holds":
    """Held answers whose decisions are told to whom the charter names; running servers deliver it."""
    from aboveboard.cli._webhooks import Teller, hooks_of
    from aboveboard.webhooks import Outbox

    if not charter.webhooks:
        return holds

    def tell(case: "Case") -> None:
        try:
            with Outbox.open(settings.webhooks) as outbox:
                Teller(outbox, hooks_of(charter, signed=False)).tell(case)
        except AboveboardError as error:  # it is decided; a running server notices, and tells it
            say(f"note: not told to others yet: {error}")

    return replace(holds, notify=tell)


def _row(hold: "Hold") -> dict[str, Any]:
    left = datetime.fromisoformat(hold.deadline) - datetime.now(UTC)
    minutes = max(0, int(left.total_seconds() // 60))
    return {
        "case": hold.case.id,
        "status": hold.status,
        "held by": hold.case.category,
        "role": hold.case.role,
        "answer": hold.case.decision,
        "due": hold.deadline,
        "left": f"{minutes // 60} h {minutes % 60} min" if hold.status == "pending" else "",
    }


def _words(hold: "Hold", evidence: "Evidence", *, restored: bool) -> dict[str, Any]:
    """The texts of request and answer; none once they are gone."""
    from aboveboard.gateway import words_of

    if hold.held is None:
        return {"request": [], "answer": []}
    prompt, answer = (evidence.reader.attachment(hold.case.record, name) for name in ("prompt", "answer"))
    shown = [words_of(hold.held)] if restored else [_said(each) for each in json.loads(answer or b"[]")]
    if hold.status == "edited":
        shown.append(hold.text)
    return {"request": json.loads(prompt or b"[]"), "answer": shown}


def _said(choice: dict[str, Any]) -> str:
    return "\n".join(str(text) for name, text in choice.items() if name != "index" and text)


def _safe(text: str) -> str:
    """Nothing in a text may speak to the terminal."""
    return "".join(each if each.isprintable() or each in "\n\t" else "\ufffd" for each in text)
