"""Runs written for other tools."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from aboveboard.cli._output import interval, number
from aboveboard.cli._settings import Settings
from aboveboard.errors import AboveboardError
from aboveboard.files import write_whole

if TYPE_CHECKING:
    from aboveboard.evals.comparing import RecordedRun
    from aboveboard.evals.exports import Case
    from aboveboard.evidence import PromiseStatus


def export_run(settings: Settings, name: str, form: str, out: Path, *, undecided_fails: bool) -> list[Path]:
    """Writes a run, readable by its owner alone; returns the paths."""
    from aboveboard.evals import exports
    from aboveboard.evals.comparing import open_run

    run = open_run(settings.state, name)
    match form:
        case "inspect":
            files = {out / file: text.encode() for file, text in exports.inspect_logs(run).items()}
        case "lm-eval":
            files = {out / file: text.encode() for file, text in exports.lm_eval_files(run).items()}
        case "csv":
            files = {out: exports.csv_text(exports.rows_of_run(run)).encode()}
        case "parquet":
            files = {out: exports.parquet_bytes(exports.rows_of_run(run))}
        case _:
            files = {out: _junit(settings, run, undecided_fails).encode()}
    return [_write(path, content) for path, content in files.items()]


def _write(path: Path, content: bytes) -> Path:
    if path.is_dir():
        raise AboveboardError(
            "it is a folder", where=str(path), cure="name the file to write, such as run.csv"
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    # Prompts and answers may be personal: only the owner reads them, as in the run itself.
    write_whole(path, content, mode=0o600)
    return path


def _junit(settings: Settings, run: "RecordedRun", undecided_fails: bool) -> str:
    from aboveboard.cli._charters import open_charter
    from aboveboard.cli._workspace import read_evidence
    from aboveboard.evals.exports import junit_xml
    from aboveboard.evidence import settle_run

    charter = open_charter(settings.charter)
    with read_evidence(settings) as reader:
        statuses = settle_run(charter, reader, run.id, datetime.now(UTC))
    if not statuses:
        raise AboveboardError(
            "the run tested no promise, and a report without tests passes everywhere",
            where=f"run {run.id}",
            cure="assess what the charter promises: `aboveboard assess`, or a --suite that it speaks of",
        )
    return junit_xml(
        f"{charter.system.name}: {run.view.model}",
        [_case(each) for each in statuses],
        seconds=run.view.seconds,
        undecided_fails=undecided_fails,
    )


def _case(status: "PromiseStatus") -> "Case":
    from aboveboard.evals.exports import Case

    promise = status.promise
    found = f"{number(status.value)} [{interval(status.low, status.high)}], {status.n:,} {status.counted}"
    found = f"is {found}" if status.value is not None else "has no value"
    lines = [status.missing, promise.reason, f"record {status.record_id}" if status.record_id else ""]
    if status.samples_needed:
        lines.insert(0, f"about {status.samples_needed:,} {status.counted} would decide")
    mind = f"; mind: {status.caution}" if status.caution else ""
    return Case(
        promise=promise.id,
        measure=promise.measure,
        verdict=status.verdict.value,
        summary=f"{status.verdict.value}: must be {promise.must}, {found}{mind}",
        said="\n".join(line for line in lines if line),
    )
