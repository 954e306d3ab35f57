"""`aboveboard privacy mask`: masked copies of files."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aboveboard.cli._output import print_json, say
from aboveboard.cli._privacy_options import (
    FILE,
    FOLDER,
    KEEP_NAMES,
    WITH_ERRORS,
    WITH_RESUME,
    Reading,
    shared_options,
)
from aboveboard.cli._privacy_targets import refuse_two_outputs, targets_of
from aboveboard.errors import AboveboardError

if TYPE_CHECKING:
    from aboveboard.cli._privacy_masking import Masks
    from aboveboard.cli._privacy_running import Run

_RESTORES = "needed to restore: stand-ins and values, as private as the files"


@click.command()
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
    refuse_two_outputs(reading, out, as_json=as_json)
    if resume and not out:
        raise AboveboardError("only a run to a folder can go on", cure="give the same --out as before")
    if in_place and not out:
        refuse_no_way_back(policy, table)
    with open_masking(policy, key, table) as masks:
        targets = targets_of(reading, out, table, in_place=in_place, keep_names=keep_names)
        plan = with_journal(reading.scan(), out / JOURNAL if out else None, key, resume=resume)
        run = start_run("masking", reading.paths)
        sources = collect(reading.paths, reading.selection())
        with going_on(WITH_RESUME if out else "each file is as it was or masked, never half"):
            run.follow(mask_files(sources, targets, masks.masking, plan, masks.table))
    if report:
        write_report(report, run, masks)
    _print_masked(run, masks, as_json=as_json, to_files=bool(out or in_place))
    return WITH_ERRORS if run.errors else 0


def _print_masked(run: "Run", masks: "Masks", *, as_json: bool, to_files: bool) -> None:
    from aboveboard.cli._privacy_output import print_summary, summary_as_json

    label = str(masks.masking.claim)
    if as_json:
        sums = summary_as_json(run) | {"written": run.written, "renamed": run.renamed}
        print_json(sums | {"label": label, "because": masks.because})
        return
    if to_files:
        print_summary(run)
    if run.renamed:
        say(f"files renamed, since their names led to somebody: {run.renamed:,} (--keep-names keeps them)")
    say(f"{label}: {'; '.join(masks.because)}")
