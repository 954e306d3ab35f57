"""`aboveboard monitor`: how the live promises stand, and lifting an alarm."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from aboveboard.cli._group import Group
from aboveboard.cli._output import interval, number, print_json, print_table, say
from aboveboard.cli._settings import settings_of
from aboveboard.errors import AboveboardError

if TYPE_CHECKING:
    from aboveboard.charter import Charter
    from aboveboard.cli._house import House
    from aboveboard.cli._live import CaseConsequences
    from aboveboard.monitoring import LiveView, Monitor, Ruling, WatchView

_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_EVERY = 2.0
_BROKEN = 1


@click.group(cls=Group, invoke_without_command=True)
@click.option("--once", is_flag=True, help="Read all there is, print it and end: 1 while an alarm stands.")
@_JSON
@click.pass_context
def command(ctx: click.Context, once: bool, as_json: bool) -> None:
    """Watch the live promises: evidence against each, and ranges that hold at any time.

    It works beside a running server, which watches by itself, and without one. Probes are asked by servers
    alone. Ends with Ctrl-C.
    """
    if ctx.invoked_subcommand:
        return
    with _open(ctx) as (monitor, _):
        monitor.catch_up()
        shown = monitor.view()
        _print(shown, as_json=as_json)
        while not once:
            time.sleep(_EVERY)
            monitor.catch_up()
            before, shown = shown, monitor.view()
            if shown != before:
                _print(shown, as_json=as_json)
    if any(each.state == "alarm" for each in shown.watches):
        ctx.exit(_BROKEN)


@command.command()
@click.argument("alarm", metavar="ALARM")
@click.option("--reason", required=True, help="Why it need not stand. It goes on record.")
@click.option(
    "--as",
    "name",
    default="",
    help="Who lifts it, as your application names people; kept as a pseudonym.  [default: the role]",
)
@click.pass_context
def lift(ctx: click.Context, alarm: str, reason: str, name: str) -> None:
    """Lift an alarm, by the id of its record, and decide its incident as dealt with.

    What was watched begins anew, with the whole chance of a false alarm once more.
    """
    from aboveboard.evidence import record_once
    from aboveboard.monitoring import lifting

    with _open(ctx) as (monitor, consequences):
        found = monitor.standing(alarm)
        evidence = consequences.evidence
        actor = evidence.pseudonym(name) if name.strip() else "role:reviewer"
        _decide(consequences, consequences.waiting(found), reason, actor)
        ruling = consequences.ruling(found) or _own(actor, reason)
        lifted = record_once(evidence.recorder, evidence.reader, lifting(found, ruling))
        monitor.catch_up()
    say(f"the alarm about {found.promise or found.measure} is lifted; record {lifted.id}")


def _own(actor: str, reason: str) -> "Ruling":
    from aboveboard.monitoring import Ruling

    return Ruling("", actor, reason)


def _decide(consequences: "CaseConsequences", case: str, reason: str, actor: str) -> None:
    from functools import partial

    from aboveboard.evidence import record_once

    if not case:
        return
    evidence, cases = consequences.evidence, consequences.cases
    review = cases.draft_decision(case, "mitigated", reason, actor)
    cases.decide(review, partial(record_once, evidence.recorder, evidence.reader))


@contextmanager
def _open(ctx: click.Context) -> "Iterator[tuple[Monitor, CaseConsequences]]":
    from aboveboard.cli._charters import open_charter
    from aboveboard.cli._house import House
    from aboveboard.cli._live import monitor_of
    from aboveboard.cli._purgers import open_cases
    from aboveboard.cli._reporting import digest_of
    from aboveboard.cli._workspace import open_evidence, require_state

    settings = settings_of(ctx)
    require_state(settings)
    charter = open_charter(settings.charter)
    digest = digest_of(charter.primary)
    if digest is None:
        raise AboveboardError(
            f"the model {charter.primary.id} cannot be opened, so it is not known which one is watched",
            cure="run `aboveboard doctor`",
        )
    with open_evidence(settings) as evidence, open_cases(settings) as cases:
        house = House(settings, evidence, cases, ())
        with house.closing:
            consequences = _consequences(house, charter)
            yield monitor_of(charter, digest, house.monitoring, consequences), consequences


def _consequences(house: "House", charter: "Charter") -> "CaseConsequences":
    """As of a server: an incident is put into the outbox too, and running servers deliver it."""
    from aboveboard.cli._live import CaseConsequences
    from aboveboard.cli._webhooks import Teller, hooks_of

    def open_incident(*, category: str, decision: str, data_subject: str) -> str:
        case = house.open_incident(category=category, decision=decision, data_subject=data_subject)
        if charter.webhooks:
            Teller(house.outbox, hooks_of(charter, signed=False)).tell(house.cases.get(case))
        return case

    return CaseConsequences(house.cases, house.evidence, open_incident)


def _print(view: "LiveView", *, as_json: bool) -> None:
    if as_json:
        print_json(asdict(view))
        return
    say(f"{view.model}: {_counted(view)}")
    if not view.watches:
        say("nothing is watched: give a promise `when: [live]`, or the charter a `monitoring.drift`")
        return
    header = ["watched", "measure", "must be", "state", "value", "range at any time", "n", "evidence", "of"]
    print_table(header, map(_row, view.watches))
    for each in view.watches:
        if each.alarm:
            say(
                f"alarm {each.alarm}: {each.name}, since {each.since}; `aboveboard monitor lift {each.alarm}`"
            )
        elif each.reason:
            say(f"{each.name} is not watched: {each.reason}")


def _counted(view: "LiveView") -> str:
    asked = view.probes.get("done", 0)
    probes = f", {asked} of {view.most_probes} probes asked today" if view.most_probes else ""
    return f"{view.behind} records not read yet{probes}"


def _row(each: "WatchView") -> list[str]:
    state = click.style(each.state, fg={"alarm": "red", "unwatched": "yellow"}.get(each.state))
    figure = each.figure
    if figure is None:
        return [each.name, each.measure, each.must, state, *["–"] * 5]
    value = f"{number(figure.value)} {figure.groups}".strip() if figure.n else "–"
    shown = [interval(figure.low, min(figure.high, 1e6)), f"{figure.n:,}", number(figure.evidence)]
    return [each.name, each.measure, each.must, state, value, *shown, number(figure.at)]
