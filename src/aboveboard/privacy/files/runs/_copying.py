"""Changed copies of files, unit by unit: whole or not at all, a failure kept to its file."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from aboveboard.privacy.files._errors import FileError, of_system
from aboveboard.privacy.files._excerpt import Found
from aboveboard.privacy.files._unit import Unit
from aboveboard.privacy.files.runs._scanning import Advance, Event, Step, ended
from aboveboard.privacy.files.runs._targets import Rename, Target, Targets


@dataclass(slots=True)
class Copies:
    """Writes each unit as `change` makes it; one copy at a time is open. `keep` is called with a copy that is
    complete before it takes its place: what leads back from it is safe by then. When the copies are
    `is_final`, nothing may get lost.
    """

    targets: Targets
    change: Callable[[Unit], Any]
    keep: Callable[[Target], object] = lambda target: None
    rename: Rename = lambda relative: relative
    is_final: bool = False
    _open: Target | None = None
    _failed: FileError | None = None

    def run(self, found: Iterator[tuple[Step, Found]]) -> Iterator[Event]:
        """What is found, how far it went, how each file ended."""
        try:
            for step, spans in found:
                yield from self._end(step) if step.unit is None else self._unit(step, step.unit, spans)
        finally:
            self._abandon()

    def _unit(self, step: Step, unit: Unit, spans: Found) -> Iterator[Event]:
        if self._failed is None:
            yield from unit.settle(spans)
            self._attempt(step, lambda: self._opened(step).writer.write(self.change(unit)))
        yield Advance(step.name, step.read)

    def _end(self, step: Step) -> Iterator[Event]:
        written: list[Target] = []
        if step.error is None and self._failed is None:
            self._attempt(step, lambda: written.append(self._committed(step)))
        error = self._failed or step.error
        if error is not None:
            self._abandon()
        self._open, self._failed = None, None
        yield ended(step, error, written[0] if written else None)

    def _committed(self, step: Step) -> Target:
        target = self._opened(step)
        target.complete()
        self.keep(target)
        target.new.commit()
        return target

    def _opened(self, step: Step) -> Target:
        if self._open is None:
            assert step.source is not None
            assert step.reader is not None
            if self.is_final and step.reader.lost:
                what = f"a masked copy in its place would lack its {step.reader.lost} for good"
                raise FileError(what, where=step.name, cure="name a folder with --out")
            self._open = self.targets.open(step.source, step.reader, self.rename)
        return self._open

    def _attempt(self, step: Step, action: Callable[[], object]) -> None:
        try:
            action()
        except FileError as error:
            self._failed = error
        except OSError as error:
            self._failed = of_system(error, step.name, "cannot be written")
        if self._failed is not None:
            self._abandon()

    def _abandon(self) -> None:
        if self._open is not None:
            self._open.abandon()
            self._open = None
