"""Whether the first row of a file names its columns, or is the first of its records.

A row that is taken for names wrongly leaves a person unmasked, one that is taken for a record wrongly costs
the names: so it is a header only when something says so.
"""

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from aboveboard.privacy.files._common_words import words_of_columns
from aboveboard.privacy.files._headings import plain_words, type_under
from aboveboard.privacy.files.formats._labels import is_name, label_of

_SAMPLE_ROWS = 20
_SAMPLE_SIZE = 1 << 16
_SAMPLE_COLUMNS = 100
_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Field:
    """A field as written; `is_quoted` when all of it stands in quotes."""

    raw: str
    is_quoted: bool

    @property
    def value(self) -> str:
        """What it says."""
        return self.raw[1:-1].replace('""', '"') if self.is_quoted else self.raw


@dataclass(frozen=True, slots=True)
class Row:
    """A record: its fields, how its line ends, and the line it begins on."""

    fields: list[Field]
    ending: str
    line: int


@dataclass(frozen=True, slots=True)
class Headed:
    """All the rows of a file, and the names of its columns that its first row gives, if it does."""

    rows: Iterator[Row]
    names: Sequence[str] = ()


def headed(rows: Iterator[Row], told: bool | None, doubt: Callable[[], None]) -> Headed:
    """The rows, with their names when the first row is `told` to be a header, or (None) reads like one.

    `doubt` is called when it could be one and was taken for a record.
    """
    ahead = _ahead(rows)
    whole = itertools.chain(ahead, rows)
    if not ahead or told is False:
        return Headed(whole)
    names = [field.value.strip() for field in ahead[0].fields]
    if told or (_may_name(names) and _names_columns(names, [_values(row) for row in ahead[1:]], doubt)):
        return Headed(whole, names)
    return Headed(whole)


def _ahead(rows: Iterator[Row]) -> list[Row]:
    """The first rows, as many as tell enough."""
    ahead: list[Row] = []
    size = 0
    for row in rows:
        ahead.append(row)
        size += sum(len(field.raw) for field in row.fields)
        if len(ahead) > _SAMPLE_ROWS or size > _SAMPLE_SIZE:
            break
    return ahead


def _values(row: Row) -> list[str]:
    return [field.value.strip()[:_SAMPLE_SIZE] for field in row.fields]


def _may_name(names: Sequence[str]) -> bool:
    """Whether all read like names, not like numbers or sentences, and no two are the same."""
    given = [name for name in names if name]
    return bool(given) and all(map(is_name, given)) and len(set(given)) == len(given)


def _names_columns(names: Sequence[str], below: Sequence[Sequence[str]], doubt: Callable[[], None]) -> bool:
    """Whether words over records name what is below them."""
    names = names[:_SAMPLE_COLUMNS]
    given = [name for name in names if name]
    known = sum(map(_is_common, given))
    if 2 * known > len(given) or (not below and known):
        return True
    columns = [
        [row[place] for row in below if place < len(row) and row[place]] for place in range(len(names))
    ]
    named = [place for place, name in enumerate(names) if name and not _is_common(name)]
    is_header = (known > 0 or any(_differs(names[place], columns[place]) for place in named)) and not any(
        names[place] in columns[place] for place in named
    )
    if is_header and not _holds_data(names, columns, named):
        return True
    doubt()
    return False


def _is_common(name: str) -> bool:
    """Whether a name is one that columns have."""
    label = label_of(name)
    words = plain_words(label)
    is_common = bool(words) and words_of_columns().issuperset(words)
    return is_common or type_under(label) is not None


def _differs(name: str, column: Sequence[str]) -> bool:
    """Whether most of a column is numbers, dates, addresses: no words, as its name is."""
    numbers = sum(any(map(str.isdigit, value)) or "@" in value for value in column)
    return len(column) > 1 and numbers > _SHARE * len(column) and not any(map(str.isdigit, name))


def _holds_data(names: Sequence[str], columns: Sequence[Sequence[str]], places: Sequence[int]) -> bool:
    """Whether the words are personal data themselves, or stand over a column of people's names."""
    from aboveboard.privacy import find_many

    below = [value for place in places for value in columns[place]]
    found = find_many([*(names[place] for place in places), *below])
    if any(found[: len(places)]):
        return True
    done = len(places)
    for place in places:
        people = found[done : done + len(columns[place])]
        done += len(columns[place])
        if sum(any(item.type == "person" for item in each) for each in people) > _SHARE * len(people):
            return True
    return False
