"""`aboveboard up`: the main job, from nothing to a guarded model with its evidence."""

import time
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aboveboard.cli._operation import Operation, running_options
from aboveboard.cli._output import print_json_line, say
from aboveboard.cli._settings import Settings, settings_of
from aboveboard.cli.commands._serve import HOST, PORT

if TYPE_CHECKING:
    from aboveboard.charter import Charter
    from aboveboard.evidence import Evidence


@click.command()
@click.option("--host", default=HOST, show_default=True, help="Address to bind.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="Port to listen on."
)
@click.option(
    "--context", default="general", show_default=True, help="Context of the charter, if there is none yet."
)
@click.option("--again", is_flag=True, help="Assess again even when nothing has changed.")
@click.option("--serve/--no-serve", "serving", default=True, help="Whether to serve at the end.")
@click.option("--without-keys", is_flag=True, help="Let others in although the charter asks for no keys.")
@click.option("--json", "as_json", is_flag=True, help="Print one line of JSON a stage: promises, addresses.")
@running_options
@click.pass_context
def command(ctx: click.Context, /, host: str, port: int, serving: bool, **given: Any) -> int:
    """The main job: assess the model, write the report, serve gateway and console.

    Writes a charter if there is none. An assessment of the same charter and model is not repeated; one that
    was stopped goes on. Ctrl-C at any time loses nothing.
    """
    from aboveboard.cli._charters import open_charter
    from aboveboard.cli._listening import Address, bind, check_keys
    from aboveboard.cli._serving import Plan, serve
    from aboveboard.cli._workspace import open_evidence

    settings = settings_of(ctx)
    _ensure_charter(settings.charter, given["context"])
    charter = open_charter(settings.charter)
    address = Address(host, port, as_json=given["as_json"], without_keys=given["without_keys"])
    with bind(address) if serving else nullcontext() as listener, open_evidence(settings) as evidence:
        if listener is not None:
            check_keys(charter, address, listener)
        code = _assess(charter, settings, evidence, Manner(given["again"], given["as_json"]))
        _report(charter, settings, evidence)
        if listener is not None:
            return serve(Plan(charter, settings, address, Operation.of(given)), evidence, listener)
    return code


def _ensure_charter(path: Path, context: str) -> None:
    from aboveboard.cli.commands._init import write_charter

    if not path.exists():
        write_charter(path, context, "My assistant")
        say(f"wrote a charter for the context {context!r}: {path}")


@dataclass(frozen=True, slots=True)
class Manner:
    """How to assess: again although nothing has changed, and printing JSON."""

    again: bool
    as_json: bool


def _assess(charter: "Charter", settings: Settings, evidence: "Evidence", manner: Manner) -> int:
    from aboveboard.cli._assessing import Request, assess_and_record, exit_code_of
    from aboveboard.cli._standing import standing
    from aboveboard.cli._verdicts import outcome_as_json, print_outcome, print_promises, promise_as_json

    request = Request(charter, charter.primary, data=settings.data_folder)
    statuses = None if manner.again else standing(request, settings, evidence)
    if statuses is not None:
        say("assessed before with this charter and model; --again repeats it\n")
        if manner.as_json:
            print_json_line({"promises": [promise_as_json(status) for status in statuses]})
        else:
            print_promises(statuses)
        return exit_code_of(statuses)
    say(f"assessing {request.entry.id} against {charter.path}: about three minutes on two cores")
    started = time.monotonic()
    outcome = assess_and_record(request, evidence, settings.state, quiet=manner.as_json)
    say(f"assessed in {time.monotonic() - started:.0f} s\n")
    if manner.as_json:
        print_json_line(outcome_as_json(outcome))
    else:
        print_outcome(outcome)
    return outcome.exit_code


def _report(charter: "Charter", settings: Settings, evidence: "Evidence") -> None:
    from aboveboard.cli._reporting import write_documents
    from aboveboard.cli._witnessing import known_keys

    folder = settings.state / "report"
    for path in write_documents(charter, evidence.reader, folder, known_keys(settings)).values():
        say(f"wrote {path}")
