"""`aboveboard privacy scan`: what is found in files, and where."""

from typing import TYPE_CHECKING, Any

import click

from aboveboard.cli._privacy_options import (
    FILE,
    WITH_ERRORS,
    WITH_RESUME,
    Reading,
    named_types,
    refuse_together,
    shared_options,
)
from aboveboard.errors import AboveboardError

if TYPE_CHECKING:
    from aboveboard.cli._privacy_running import Run


@click.command()
@shared_options(looking=True)
@click.option("--json", "as_json", is_flag=True, help="Print findings and sums as one JSON document.")
@click.option("--jsonl", "as_lines", is_flag=True, help="Print each finding as a line of JSON.")
@click.option("--show-values", is_flag=True, help="With --json or --jsonl: print what was found as well.")
@click.option("--fail-on", metavar="TYPE,…", help="Exit with 1 only when one of these types is found.")
@click.option("--report", type=FILE, help="Write an HTML report, values hidden.")
@click.option("--journal", type=FILE, help="Keep places and types here, so that --resume can go on.")
@click.option("--resume", is_flag=True, help="Go on from the journal of a run that was stopped.")
def scan(
    as_json: bool,
    as_lines: bool,
    show_values: bool,
    fail_on: str | None,
    **others: Any,
) -> int:
    """Find personal data and secrets in files, and say where.

    Values are not shown. Exit code 0 when nothing is found, 1 when something is, 3 when a file could not be
    read to its end (the others are).
    """
    from aboveboard.cli._privacy_masking import with_journal
    from aboveboard.cli._privacy_output import JsonDocument, line_printer, print_summary
    from aboveboard.cli._privacy_reporting import write_report
    from aboveboard.cli._privacy_running import going_on, start_run
    from aboveboard.privacy.files import collect, scan_files

    report, journal, resume = others.pop("report"), others.pop("journal"), others.pop("resume")
    refuse_together(json=as_json, jsonl=as_lines)
    if show_values and not (as_json or as_lines):
        raise AboveboardError(
            "the table shows no values", cure="add --jsonl or --json, and mind where it goes"
        )
    if resume and not journal:
        raise AboveboardError("nothing to go on from", cure="name the journal of the run: --journal FILE")
    reading, failing = Reading(**others), _checked_types(fail_on)
    plan = with_journal(reading.scan(), journal, None, resume=resume)
    run, document = start_run("scanning", reading.paths), JsonDocument(show_values=show_values)
    printer = document.add if as_json else line_printer(show_values=show_values) if as_lines else None
    with going_on(WITH_RESUME if journal else "it begins anew unless you name a --journal"):
        run.follow(scan_files(collect(reading.paths, reading.selection()), plan), printer)
    if as_json:
        document.close(run)
    elif not as_lines:
        print_summary(run)
    if report:
        write_report(report, run)
    return _scan_code(run, failing)


def _checked_types(text: str | None) -> frozenset[str] | None:
    from aboveboard.privacy.files import Looking

    return Looking(named_types(text)).types


def _scan_code(run: "Run", failing: frozenset[str] | None) -> int:
    if run.errors:
        return WITH_ERRORS
    found = run.tally.types.keys()
    return int(bool(found if failing is None else found & failing))
