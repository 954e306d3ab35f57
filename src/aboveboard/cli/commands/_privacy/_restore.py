"""`aboveboard privacy restore`: the values back into masked files."""

from pathlib import Path
from typing import Any

import click

from aboveboard.cli._output import counted, print_json, say
from aboveboard.cli._privacy_options import FILE, FOLDER, KEEP_NAMES, WITH_ERRORS, Reading, shared_options
from aboveboard.cli._privacy_targets import refuse_two_outputs, targets_of

_NO_VALUE = "\n  name the table of the run that wrote them, or its key; a run without --table keeps no values"
_OTHERS = "no run with this table has written: a model's answer, a copy that was changed"


@click.command()
@shared_options(looking=False)
@click.option("--out", type=FOLDER, help="Write the files with their values here.")
@click.option("--in-place", is_flag=True, help="Change the files themselves.")
@click.option("--table", type=FILE, help="The table that `mask --table` wrote.")
@click.option("--key", type=FILE, help="The key that the policy encrypted with.")
@click.option("--any-text", is_flag=True, help=f"Restore what {_OTHERS}.")
@KEEP_NAMES
@click.option("--json", "as_json", is_flag=True, help="Print the sums as JSON.")
def restore(
    out: Path | None, in_place: bool, table: Path | None, key: Path | None, as_json: bool, **others: Any
) -> int:
    """Put the values back into masked files.

    They come from the table, the key, or both. A file that no run with this table has written is refused, as
    its stand-ins may stand for others: say --any-text for a model's answer. Text, CSV and JSON come back byte
    by byte when the policy keeps all that is needed (`mask` does). Exit code 3 when a file could not be read
    or written, or a stand-in has no value.
    """
    from aboveboard.cli._privacy_masking import open_restoring
    from aboveboard.cli._privacy_output import summary_as_json
    from aboveboard.cli._privacy_running import going_on, start_run
    from aboveboard.privacy.files import collect, restore_files

    keep_names, any_text = others.pop("keep_names"), others.pop("any_text")
    reading = Reading(**others)
    refuse_two_outputs(reading, out, as_json=as_json)
    restoring, written = open_restoring(table, key, any_text=any_text)
    targets = targets_of(reading, out, table, in_place=in_place, keep_names=keep_names)
    run = start_run("restoring", reading.paths)
    sources = collect(reading.paths, reading.selection())
    with going_on("each file is there whole or not at all; the same command begins anew"):
        run.follow(restore_files(sources, targets, restoring, reading.scan(), written))
    if as_json:
        sums = summary_as_json(run)
        sums |= {"restored": restoring.counts.restored, "missing": restoring.counts.missing}
        wanted = ("files", "left_out", "errors", "bytes", "restored", "missing")
        print_json({name: sums[name] for name in wanted})
    elif out or in_place or restoring.counts.missing:
        cure = _NO_VALUE if restoring.counts.missing else ""
        put = counted(restoring.counts.restored, "stand-in")
        missing = f"{restoring.counts.missing:,} without a value{cure}"
        say(f"{counted(run.written, 'file')} restored, {put} put back, {missing}")
    return WITH_ERRORS if run.errors or restoring.counts.missing else 0
