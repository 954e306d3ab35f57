"""Assessment runs and their per-item logs, a page at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from aboveboard.console._item_rows import ItemRow
from aboveboard.console._pages import page, problem
from aboveboard.console._services import ConsoleServices
from aboveboard.console._worst import worst_of
from aboveboard.errors import AboveboardError
from aboveboard.evals import RunView, read_items, read_run
from aboveboard.evidence.records import Measurement
from aboveboard.values import is_ulid

PAGE_SIZE = 25
_SHOWN_RUNS = 100


@dataclass(frozen=True, slots=True)
class RunPages:
    """The list of runs, and one run with its items."""

    services: ConsoleServices

    def index(self, request: Request) -> Response:
        """The latest runs, newest first."""
        views = [view for path in self._folders() if (view := _view(path))]
        return page("runs.html.j2", "Runs", {"runs": views})

    def show(self, request: Request) -> Response:
        """One run: what it measured, by group, the worst items on demand, and one page of its log."""
        run = request.path_params["run"]
        folder = self.services.runs / run
        view = _view(folder) if is_ulid(run) else None
        if view is None:
            return problem(
                404, "There is no such run", "`aboveboard assess` makes one; see the list of runs."
            )
        offset = max(0, _whole(request.query_params.get("from")))
        items = [ItemRow.of(entry) for entry in read_items(folder, offset, PAGE_SIZE)]
        measured = [found for each in view.measurements if (found := self._measurement(each, run))]
        context = {
            "run": view,
            "items": items,
            "measured": measured,
            "offset": offset,
            "size": PAGE_SIZE,
            "worst": worst_of(folder, request.query_params.get("worst", ""), measured),
        }
        return page("run.html.j2", f"Run {run}", context)

    def _folders(self) -> list[Path]:
        if not self.services.runs.is_dir():
            return []
        return sorted((path for path in self.services.runs.iterdir() if is_ulid(path.name)), reverse=True)[
            :_SHOWN_RUNS
        ]

    def _measurement(self, told: Mapping[str, Any], run: str) -> Measurement | None:
        """The record of what a run's folder tells of: where there is none, there is nothing to show."""
        try:
            found = self.services.reader.get(str(told.get("id", "")))
        except AboveboardError:
            return None
        return found if isinstance(found, Measurement) and found.run == run else None


def _view(folder: Path) -> RunView | None:
    try:
        return read_run(folder)
    except (AboveboardError, OSError):
        return None


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 12 else 0
