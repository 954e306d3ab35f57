"""A run's folder: `runs/<id>/run.json` says what it is and how far it got, written atomically."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

import msgspec

from aboveboard.evals._errors import EvalError, RunNotFoundError
from aboveboard.evals._item_log import is_in_use
from aboveboard.files import write_whole

_NAME = re.compile(r"\w[\w.+-]{0,127}", re.ASCII)

RunStatus = Literal["running", "interrupted", "stopped", "failed", "done"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunView:
    """What `run.json` tells: enough for a page about the run. `measurements` are filled in when it is done.

    `status` is `running` also when the process was killed; such a run is taken up again by the same plan.
    `forecasts` are the items and the distinct requests of each suite, `costs` what its requests took;
    `left_out` are the suites that were not asked, each with the reason.
    """

    id: str
    plan_digest: str
    status: RunStatus
    model: str
    model_digest: str
    backend: str
    suites: tuple[str, ...]
    profile: str
    seed: int
    started: str
    updated: str
    planned: int
    done: int = 0
    failed: int = 0
    cached: int = 0
    seconds: float = 0.0
    limit: int | None = None
    charter_digest: str = ""
    log_digest: str = ""
    reason: str = ""
    forecasts: tuple[Mapping[str, Any], ...] = ()
    costs: tuple[Mapping[str, Any], ...] = ()
    measurements: tuple[Mapping[str, Any], ...] = ()
    gaps: tuple[Mapping[str, Any], ...] = ()
    caveats: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    left_out: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_finished(self) -> bool:
        return self.status == "done"


def write_run(folder: Path, view: RunView) -> None:
    """Replaces `run.json` in one step: a reader sees the old one or the new one, whole.

    Raises EvalError when it cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        text = json.dumps(asdict(view), sort_keys=True, indent=1, ensure_ascii=False)
        write_whole(folder / "run.json", text.encode(), mode=0o600)
    except OSError as error:
        raise EvalError(
            f"the run cannot be written: {error}",
            where=str(folder),
            cure="free some space or mend the permissions of the state directory",
        ) from error


def read_run(path: Path) -> RunView:
    """The run in a folder; raises RunNotFoundError when there is none or it cannot be read.

    The folder may be somebody else's: every field is of its type, and what files are named after is a name.
    """
    file = path / "run.json" if path.is_dir() else path
    try:
        view = msgspec.convert(json.loads(file.read_text(encoding="utf-8")), RunView)
        for name in (view.id, view.started.replace(":", "-"), *view.suites):
            if not _NAME.fullmatch(name):
                raise ValueError(f"{name[:60]!r} names no file")
        return view
    except (OSError, ValueError, RecursionError) as error:
        raise RunNotFoundError(
            f"no run can be read here: {error}",
            where=str(path),
            cure="runs are kept in the folder `runs` of the state directory",
        ) from error


def list_runs(state: Path) -> list[RunView]:
    """All readable runs of a state directory, newest first (ids sort by time)."""
    folders = sorted((state / "runs").glob("*/run.json"), key=lambda file: file.parent.name, reverse=True)
    return [view for file in folders if (view := _read_or_none(file.parent)) is not None]


def find_unfinished(state: Path, plan_digest: str) -> RunView | None:
    """The newest run of the same plan that was killed, interrupted or stopped, and is not running now."""
    runs = (view for view in list_runs(state) if view.plan_digest == plan_digest and not view.is_finished)
    return next((view for view in runs if not is_in_use(state / "runs" / view.id)), None)


def _read_or_none(folder: Path) -> RunView | None:
    try:
        return read_run(folder)
    except RunNotFoundError:
        return None
