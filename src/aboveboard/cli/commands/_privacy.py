"""`aboveboard privacy`: personal data in files, found, masked, restored; the risk in a table."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aboveboard.cli._output import print_json, print_table, say
from aboveboard.cli._privacy_options import (
    FILE,
    FOLDER,
    HEADER,
    KEEP_NAMES,
    Reading,
    is_header,
    named_types,
    refuse_together,
    shared_options,
)
from aboveboard.errors import AboveboardError

if TYPE_CHECKING:
    from aboveboard.cli._privacy_masking import Masks
    from aboveboard.cli._privacy_running import Run
    from aboveboard.privacy.files import Targets

_ERRORS = 3
_WITH_RESUME = "the same command with --resume goes on from there"
_TERMS = (
    "class: rows that are the same in all columns of --quasi; k: how many rows the smallest has",
    "risk: the chance that a row is led back to its person, by an attacker who knows that the person is in",
    "  the table (prosecutor), who does not (journalist), or who tries it on all rows (marketer)",
    "l: how many values of a sensitive column the poorest class has; 1 gives the value away",
    "t: how far the values in a class are from those of the table, from 0 (the same) to 1",
)
_NO_VALUE = "\n  name the table of the run that wrote them; a run without --table keeps no values"
_RESTORES = "needed to restore: stand-ins and values, as private as the files"


@click.group()
def command() -> None:
    """Find, mask and restore personal data and secrets in files; measure the risk in a table.

    Text, CSV, JSON, JSON lines, Parquet, PDF and DOCX, text kinds also gzipped, folders, and - for stdin.
    What a finder does not find is there still: see what was measured of it before you rely on it.
    """


@command.command()
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
    with going_on(_WITH_RESUME if journal else "it begins anew unless you name a --journal"):
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
        return _ERRORS
    found = run.tally.types.keys()
    return int(bool(found if failing is None else found & failing))


@command.command()
@shared_options(looking=True)
@click.option("--out", type=FOLDER, help="Write masked copies here.")
@click.option("--in-place", is_flag=True, help="Change the files; --table or --key leads back.")
@click.option("--policy", default="mask", show_default=True, help="A preset, or a file: type → operator.")
@click.option("--key", type=FILE, help="For policies that need one; `aboveboard privacy key` makes it.")
@click.option("--table", type=FILE, help=f"Keep the table here, mode 0600; {_RESTORES}.")
@click.option("--resume", is_flag=True, help="Go on where a run to the same folder was stopped.")
@KEEP_NAMES
@click.option("--report", type=FILE, help="Write an HTML report, values hidden.")
@click.option("--json", "as_json", is_flag=True, help="Print the sums as JSON.")
def mask(out: Path | None, in_place: bool, table: Path | None, as_json: bool, **others: Any) -> int:
    """Write masked copies of files.

    Structure, encoding and line ends stay. The same value gets the same stand-in in all files of a run, and
    of every run with the same --table. stdin goes to stdout unless --out is given. A PDF's copy is text.
    People in the names of files are masked too. What comes out is pseudonymised, and no more. Exit code 3
    when a file could not be read or written; it leaves no copy.
    """
    from aboveboard.cli._privacy_masking import (
        key_in,
        open_masking,
        policy_named,
        refuse_no_way_back,
        with_journal,
    )
    from aboveboard.cli._privacy_reporting import write_report
    from aboveboard.cli._privacy_running import going_on, start_run
    from aboveboard.privacy.files import JOURNAL, collect, mask_files

    resume, report, keep_names = others.pop("resume"), others.pop("report"), others.pop("keep_names")
    policy, key = policy_named(others.pop("policy")), key_in(others.pop("key"))
    reading = Reading(**others)
    if resume and not out:
        raise AboveboardError("only a run to a folder can go on", cure="give the same --out as before")
    if in_place and not out:
        refuse_no_way_back(policy, table)
    with open_masking(policy, key, table) as masks:
        targets = replace(_targets(reading, out, in_place=in_place), table=table, keep_names=keep_names)
        plan = with_journal(reading.scan(), out / JOURNAL if out else None, key, resume=resume)
        run = start_run("masking", reading.paths)
        sources = collect(reading.paths, reading.selection(out))
        with going_on(_WITH_RESUME if out else "each file is as it was or masked, never half"):
            run.follow(mask_files(sources, targets, masks.masking, plan, masks.table))
    if report:
        write_report(report, run, masks)
    _print_masked(run, masks, as_json=as_json, to_files=bool(out or in_place))
    return _ERRORS if run.errors else 0


def _print_masked(run: "Run", masks: "Masks", *, as_json: bool, to_files: bool) -> None:
    from aboveboard.cli._privacy_output import print_summary, summary_as_json

    label = str(masks.masking.label)
    if as_json:
        sums = summary_as_json(run) | {"written": run.written, "renamed": run.renamed}
        print_json(sums | {"label": label, "because": masks.because})
    elif to_files:
        print_summary(run)
        if run.renamed:
            say(
                f"files renamed, since their names led to somebody: {run.renamed:,} (--keep-names keeps them)"
            )
        say(f"{label}: {'; '.join(masks.because)}")


def _targets(reading: Reading, out: Path | None, *, in_place: bool) -> "Targets":
    from aboveboard.privacy.files import Targets

    refuse_together(out=out, in_place=in_place)
    if not out and not in_place and any(str(path) != "-" for path in reading.paths):
        raise AboveboardError("where to?", cure="name a folder with --out, or say --in-place")
    if out:
        out.mkdir(parents=True, exist_ok=True)
    return Targets(out, None, in_place)


@command.command()
@shared_options(looking=False)
@click.option("--out", type=FOLDER, help="Write the files with their values here.")
@click.option("--in-place", is_flag=True, help="Change the files themselves.")
@click.option("--table", type=FILE, help="The table that `mask --table` wrote.")
@click.option("--key", type=FILE, help="The key that the policy encrypted with.")
@KEEP_NAMES
@click.option("--json", "as_json", is_flag=True, help="Print the sums as JSON.")
def restore(
    out: Path | None, in_place: bool, table: Path | None, key: Path | None, as_json: bool, **others: Any
) -> int:
    """Put the values back into masked files.

    They come from the table, the key, or both. Text, CSV and JSON come back byte by byte when the policy
    keeps all that is needed (`mask` does). Exit code 3 when a file could not be read or written, or a
    stand-in has no value.
    """
    from aboveboard.cli._privacy_masking import open_restoring
    from aboveboard.cli._privacy_output import summary_as_json
    from aboveboard.cli._privacy_running import going_on, start_run
    from aboveboard.privacy.files import collect, restore_files

    keep_names = others.pop("keep_names")
    restoring, reading = open_restoring(table, key), Reading(**others)
    targets = replace(_targets(reading, out, in_place=in_place), keep_names=keep_names)
    run = start_run("restoring", reading.paths)
    sources = collect(reading.paths, reading.selection(out))
    with going_on("each file is there whole or not at all; the same command begins anew"):
        run.follow(restore_files(sources, targets, restoring, reading.scan()))
    if as_json:
        sums = summary_as_json(run)
        sums |= {"restored": restoring.counts.restored, "missing": restoring.counts.missing}
        wanted = ("files", "left_out", "errors", "bytes", "restored", "missing")
        print_json({name: sums[name] for name in wanted})
    elif out or in_place or restoring.counts.missing:
        cure = _NO_VALUE if restoring.counts.missing else ""
        say(f"{run.written:,} files restored, {restoring.counts}{cure}")
    return _ERRORS if run.errors or restoring.counts.missing else 0


@command.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--quasi", required=True, metavar="COLUMN,…", help="What others may know of a person.")
@click.option("--sensitive", default="", metavar="COLUMN,…", help="What nobody should learn of a person.")
@click.option("--population", type=click.IntRange(1), help="How many people the rows were drawn from.")
@click.option("--encoding", help="Of the text.  [default: as marked, else UTF-8]")
@HEADER
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def risk(
    file: Path, quasi: str, sensitive: str, population: int | None, as_json: bool, **others: Any
) -> None:
    """Measure how easily rows are led back to people.

    FILE is CSV, JSON lines or Parquet, with one row a person. k-anonymity, re-identification risk, and what
    to coarsen.
    """
    from dataclasses import asdict

    from aboveboard.privacy.files import read_columns
    from aboveboard.privacy.risk import assess_risk

    columns = read_columns(file, others["encoding"], header=is_header(others["header"]))
    if "column 1" in columns:
        say("note: the first row is read as data; if it names the columns, say --header yes")
    found = assess_risk(columns, _names(quasi), _names(sensitive), population=population)
    if as_json:
        print_json(asdict(found))
        return
    for line in (*found.lines(), "", *_TERMS):
        click.echo(line)


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


@command.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def types(as_json: bool) -> None:
    """List every type that is found."""
    from aboveboard.privacy.files import known_types, secret_types

    rows = [(name, "secret" if name in secret_types() else "personal data") for name in known_types()]
    if as_json:
        print_json([{"type": name, "kind": kind} for name, kind in rows])
    else:
        print_table(["type", "kind"], rows)


@command.command()
@click.argument("file", type=FILE)
def key(file: Path) -> None:
    """Make a key for a policy, in a new FILE.

    Policies that hash, pseudonymise or encrypt need one. Only you may read the file (mode 0600).
    """
    from aboveboard.privacy.operators import Key

    Key.make(file)
    say(f"wrote {file}: keep it as private as the data; who has it can lead stand-ins back or link them")
