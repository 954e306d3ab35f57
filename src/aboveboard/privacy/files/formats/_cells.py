"""Texts that stand on their own in a file: fields of records, strings of JSON, runs of a document.

Each is looked into by itself, after the name of its field, as `name: value`: the name is context (a number
under `phone` is more of a phone number). So a value gives the same findings wherever it stands. Equal ones
are looked into once.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from aboveboard.privacy._span import PersonalData
from aboveboard.privacy.files._excerpt import Excerpt, Found
from aboveboard.privacy.files._place import FileFinding, Place
from aboveboard.privacy.files._rewriting import Restoring, leads_back, rewritten
from aboveboard.privacy.files.formats._labels import is_name, label_of, shown_name
from aboveboard.privacy.masking import Masking

MOST_CHARACTERS = 1 << 18
MOST_CELLS = 1 << 14
MOST_VALUE = 1 << 24
"""A longer value is no record's field any more: the file is refused, or read as text."""
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Cell:
    """A value, what stands before it in the file (`gap`), how it is written there (`raw`), and its place.

    A cell that `is_name` holds the name of others; when that turns out to be a value, they are shown by their
    `alias` instead. In it, and where `by_form` says so, no names of people are looked for. One `is_given` is
    a name that somebody gave to a thing. `reading`, as long as the value, is read in its place.
    """

    value: str
    gap: str = ""
    raw: str = ""
    name: str = ""
    path: str | None = None
    record: int | None = None
    line: int | None = None
    part: str | None = None
    is_bare: bool = False
    is_name: bool = False
    by_form: bool = False
    is_given: bool = False
    reading: str = ""
    alias: str = ""


class Form(Protocol):
    """How values are written in one kind of file."""

    def masked(self, cell: Cell, spans: Sequence[PersonalData], masking: Masking) -> str:
        """The cell as the file writes it, with each span of its value replaced."""

    def restored(self, cell: Cell, restoring: Restoring) -> str:
        """The cell as the file writes it, with each stand-in replaced by its value."""


class PlainForm:
    """Values that stand for themselves."""

    def masked(self, cell: Cell, spans: Sequence[PersonalData], masking: Masking) -> str:
        return rewritten(cell.value, spans, masking)

    def restored(self, cell: Cell, restoring: Restoring) -> str:
        return restoring.restore(cell.value)


@dataclass(slots=True)
class Names:
    """Names of fields in a file: those that are values (`hidden`), and how often each masked one is there."""

    hidden: set[str] = field(default_factory=set)
    _given: dict[tuple[int | None, str], int] = field(default_factory=dict)

    def distinct(self, cell: Cell, masked: str) -> str:
        """A masked name, numbered when its record or object has one like it: no two may become one."""
        if len(self._given) > MOST_CELLS:
            self._given.clear()
        own = (cell.record, f"{'' if cell.is_bare else cell.path} {masked}")
        self._given[own] = times = self._given.get(own, 0) + 1
        if times == 1:
            return masked
        return f'{masked[:-1]}_{times}"' if masked.endswith('"') else f"{masked}_{times}"


class CellUnit:
    """Cells that are looked into together."""

    def __init__(self, name: str, cells: Sequence[Cell], form: Form, of_file: "Names | None" = None) -> None:
        self.name = name
        self._keys = of_file or Names()
        self._hidden = self._keys.hidden
        self.cells = cells
        self._form = form
        self._users: list[list[int]] = []
        self._own: dict[int, list[PersonalData]] = {}
        self.excerpts = self._excerpts()

    def _excerpts(self) -> list[Excerpt]:
        """What is to be looked into; `_users` are the cells that each stands for."""
        users: dict[Excerpt, list[int]] = {}
        for index, cell in enumerate(self.cells):
            if len(cell.value) >= _SHORTEST and not cell.value.isspace():
                label = label_of(cell.name)
                head = f"{label}: " if label else ""
                text = head + (cell.reading or cell.value)
                excerpt = Excerpt(text, len(head), cell.is_name or cell.by_form, cell.is_given)
                users.setdefault(excerpt, []).append(index)
        self._users = list(users.values())
        return list(users)

    def settle(self, found: Found) -> list[FileFinding]:
        for excerpt, users, items in zip(self.excerpts, self._users, found, strict=True):
            own = [item.moved(-excerpt.start) for item in items]
            if own:
                self._own.update(dict.fromkeys(users, own))
        found_names = (self.cells[index] for index in self._own if self.cells[index].is_name)
        self._hidden.update(cell.value for cell in found_names if is_name(cell.value))
        return [self._finding(index, item) for index in sorted(self._own) for item in self._own[index]]

    def _finding(self, index: int, item: PersonalData) -> FileFinding:
        cell = self.cells[index]
        path = cell.path if cell.path is not None else cell.name
        name = shown_name(path, self._hidden, cell.alias) if self._hidden else path
        place = Place(cell.line, item.start + 1, None, cell.record, name or None, cell.part)
        value = cell.value[item.start : item.end]
        return FileFinding(self.name, item.type, place, len(value), item.confidence, value)

    def own(self, index: int) -> Sequence[PersonalData]:
        """What was found in the cell of this number, by its value's code points; after `settle`."""
        return self._own.get(index, ())

    def masked_values(self, masking: Masking) -> list[str]:
        """Each cell's value as its form writes it, masked."""
        values = [self._form.masked(cell, self.own(i), masking) for i, cell in enumerate(self.cells)]
        for place, cell in enumerate(self.cells):
            if cell.is_name and not leads_back(self.own(place), masking):
                values[place] = self._keys.distinct(cell, values[place])
        return values

    def restored_values(self, restoring: Restoring) -> list[str]:
        """Each cell's value as its form writes it, restored."""
        return [self._form.restored(cell, restoring) for cell in self.cells]

    def masked(self, masking: Masking) -> str:
        return self._joined(self.masked_values(masking))

    def restored(self, restoring: Restoring) -> str:
        return self._joined(self.restored_values(restoring))

    def _joined(self, values: Iterable[str]) -> str:
        return "".join(
            text for cell, value in zip(self.cells, values, strict=True) for text in (cell.gap, value)
        )


def cell_units(name: str, cells: Iterable[Cell], form: Form) -> Iterator[CellUnit]:
    """The cells of a file in units; how they are grouped changes no finding."""
    group: list[Cell] = []
    names = Names()
    size = 0
    for cell in cells:
        group.append(cell)
        size += len(cell.value) + len(cell.gap)
        if size >= MOST_CHARACTERS or len(group) >= MOST_CELLS:
            yield CellUnit(name, group, form, names)
            group, size = [], 0
    if group:
        yield CellUnit(name, group, form, names)
