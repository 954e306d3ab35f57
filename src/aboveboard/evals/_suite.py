"""A suite: data, and the three small functions that make items, score answers and sum scores up."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from aboveboard.errors import UnknownNameError
from aboveboard.evals._about import About
from aboveboard.evals._errors import SuiteDataError
from aboveboard.evals._finding import Ask, Conclusions
from aboveboard.evals._item import Answer, Item, Options, Score, Scored
from aboveboard.evals._measure import MeasureInfo
from aboveboard.registry import load_plugin, plugins

GROUP = "aboveboard.suites"

Asks = Mapping[str, Ask]
"""What is asked of each measure of a suite, by measure id; measures not named are not asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """One suite, registered as an entry point of the group `aboveboard.suites`.

    `generate(options)` returns the items, the same for the same options. `score(item, answer)` returns
    named numbers, or None where the answer cannot be read. `conclude(scored, asks)` sums up.
    `digest_data(options)` digests what the items were made from when it lies outside the package, and
    `note_data(options)` tells what of it is absent or altered; that goes into every measurement's notes.
    `caveats` say what the suite does *not* show (construct validity); they are printed with every result.
    `about` is the rest of its page (`aboveboard measures NAME`).
    """

    id: str
    title: str
    version: str
    measures: tuple[MeasureInfo, ...]
    generate: Callable[[Options], Sequence[Item]]
    score: Callable[[Item, Answer], Score | None]
    conclude: Callable[[Sequence[Scored], Asks], Conclusions]
    caveats: tuple[str, ...]
    changelog: tuple[str, ...]
    source: str
    licence: str = "Apache-2.0 (items written for this project)"
    digest_data: Callable[[Options], str] | None = None
    note_data: Callable[[Options], tuple[str, ...]] | None = None
    about: About | None = None

    def items(self, options: Options) -> list[Item]:
        """The items of this suite; raises SuiteDataError when two share an id."""
        items = list(self.generate(options))
        if len({item.id for item in items}) != len(items):
            raise SuiteDataError("two items share an id", where=self.id)
        return items


def suite_names() -> list[str]:
    """The names of all installed suites, none imported."""
    return list(plugins(GROUP))


@cache
def load_suite(name: str) -> Suite:
    """The suite of that name; raises UnknownNameError, which tells the nearest one."""
    suite = load_plugin(GROUP, name)
    if not isinstance(suite, Suite):
        raise SuiteDataError("the entry point does not name a Suite", where=f"{GROUP}:{name}")
    return suite


@cache
def catalogue() -> dict[str, MeasureInfo]:
    """Every measure of every installed suite by its id."""
    return {measure.id: measure for name in suite_names() for measure in load_suite(name).measures}


def suite_of(measure: str) -> Suite:
    """The suite that yields a measure; raises UnknownNameError."""
    known = catalogue()
    if measure not in known:
        raise UnknownNameError("measure", measure, known)
    return load_suite(known[measure].suite)
