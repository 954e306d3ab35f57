"""Putting a new charter into force while requests are answered."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from aboveboard.charter import Charter, CharterError, diff
from aboveboard.cli._charters import open_charter
from aboveboard.cli._open_models import OpenModels
from aboveboard.cli._release import Release, outcome_of
from aboveboard.cli.running._switch import Switch
from aboveboard.errors import AboveboardError

if TYPE_CHECKING:
    from aboveboard.evidence.records import Deployment

_log = logging.getLogger(__name__)

_SHOWN = 300

Result = Literal["accepted", "unchanged", "refused"]


@dataclass(frozen=True, slots=True)
class Attempt:
    """What became of a charter. `reason` says why it was refused in a line that anybody may read, `problems`
    all that is wrong, `weaker` what it promises less.
    """

    result: Result
    charter: str
    reason: str = ""
    weaker: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


class Reloads:
    """The release in force, and its successors. Used within one event loop; one reload at a time.

    A charter takes over only when it was read, its models opened, its guards made and its deployment
    recorded; whatever fails before leaves everything as it was.
    """

    def __init__(
        self, release: Release, intent: "Deployment", models: OpenModels, wire: Callable[[Release], Any]
    ) -> None:
        self.release = release
        self.intent = intent
        self.switch = Switch(wire(release))
        self._models = models
        self._wire = wire
        self._turn = asyncio.Lock()
        self._leaving: set[asyncio.Task[None]] = set()

    async def reload(self, path: Path) -> Attempt:
        """Reads the charter at `path` and puts it into force, or says why not."""
        async with self._turn:
            attempt = await self._try(path)
        self.release.house.vitals.metrics.reloads.add(attempt.result)
        self.release.house.vitals.refused = attempt.reason
        return attempt

    async def close(self) -> None:
        """Closes all models, once no request is left."""
        await asyncio.gather(*self._leaving)
        await self._models.give_back(self.release.charter)

    async def _try(self, path: Path) -> Attempt:
        before = self.release.charter
        try:
            charter = await asyncio.to_thread(open_charter, path)
            if charter.digest == before.digest:
                return Attempt("unchanged", before.digest)
            return await self._take_over(charter)
        except AboveboardError as error:
            _log.error("the charter was refused, the one before it stays in force: %s", error)
            return Attempt("refused", before.digest, _place(error), problems=_problems(error))

    async def _take_over(self, charter: Charter) -> Attempt:
        before, models = self.release, self._models.take(charter)
        release = Release(before.house, charter, models)
        release.go_on_from(before)
        weaker = tuple(f"{each.path}: {each.text}" for each in _weaker(before.charter, charter))
        try:
            app = await asyncio.to_thread(self._wire, release)
            await app.prepare()
            intent = replace(release.deployment(), previous=before.charter.digest, weaker=weaker)
            await asyncio.to_thread(before.house.record, intent, {})
        except BaseException:
            await self._models.give_back(charter)
            raise
        self._hand_over(release, app)
        ended, self.intent = self.intent, intent
        _log.info("the charter %s is in force, after %s", charter.digest, before.charter.digest)
        for change in weaker:
            _log.warning("the new charter is weaker: %s", change)
        await self._note_end(outcome_of(ended, "replaced", intent.id))
        return Attempt("accepted", charter.digest, weaker=weaker)

    def _hand_over(self, release: Release, app: Any) -> None:
        """The moment itself: nothing is awaited, so no request comes between."""
        before, self.release = self.release, release
        leaving = asyncio.create_task(self._leave(before.charter, self.switch.turn_to(app)))
        self._leaving.add(leaving)
        leaving.add_done_callback(self._leaving.discard)

    async def _leave(self, charter: Charter, idle: asyncio.Event) -> None:
        await idle.wait()
        await self._models.give_back(charter)

    async def _note_end(self, outcome: "Deployment") -> None:
        """The new charter serves already; that the record of it is late must not look like a refusal."""
        try:
            await asyncio.to_thread(self.release.house.record, outcome, {})
        except AboveboardError as error:
            _log.error("the end of the former deployment was not recorded: %s", error)


def _weaker(old: Charter, new: Charter) -> list[Any]:
    return [change for change in diff(old, new) if change.kind == "weaker"]


def _problems(error: AboveboardError) -> tuple[str, ...]:
    return error.complaints if isinstance(error, CharterError) else (str(error),)


def _place(error: AboveboardError) -> str:
    """The first problem in a line, without the path of the file: `/readyz` may be read by anybody."""
    where = ""
    if isinstance(error, CharterError) and error.problems[0].line:
        where = f"line {error.problems[0].line}: "
    return f"{where}{error.what}"[:_SHOWN].replace("\n", " ")
