"""A page as sections of a few kinds of blocks, to be written in any form."""

from collections.abc import Iterator
from dataclasses import dataclass

from aboveboard.evals._measure import MeasureInfo
from aboveboard.evals.pages._facts import SuiteFacts
from aboveboard.evals.pages._timings import Recorded, recorded_timings
from aboveboard.values import figure


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph (or several, with tables), in Markdown."""

    text: str


@dataclass(frozen=True, slots=True)
class Points:
    """A list."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a header, each as long as it."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Code:
    """What is to be shown as it is."""

    language: str
    text: str


Block = Text | Points | Table | Code


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands below it."""

    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A title, a line below it, and sections."""

    title: str
    line: str
    sections: tuple[Section, ...]


def page_of(facts: SuiteFacts, recorded: Recorded | None = None) -> Page:
    """The page of a suite."""
    return Page(facts.id, facts.title, tuple(_sections(facts, recorded or recorded_timings())))


def _sections(facts: SuiteFacts, recorded: Recorded) -> Iterator[Section]:
    yield Section("What it measures", (Text(facts.what), *_measures(facts)))
    yield Section("On what", (Text(facts.data), _circumstances(facts, recorded)))
    yield Section("An item", _example(facts))
    yield Section("A promise", (Text("In a charter, for instance:"), Code("yaml", promise_of(facts))))
    if facts.timing and facts.timing.values:
        yield Section("What the bundled model got", _values(facts))
    yield Section("What it does not show", (Points(facts.caveats),))
    if facts.further:
        yield Section("More", (Text(facts.further),))
    yield Section("Sources", (Points(facts.sources),))
    yield Section("Versions", (Points(facts.changelog),))


def _measures(facts: SuiteFacts) -> tuple[Block, ...]:
    formulas = Points(tuple(f"`{each.id}`: {facts.formulas[each.id]}" for each in facts.measures))
    rows = tuple(_row(each) for each in facts.measures)
    return formulas, Table(("measure", "better", "unit", "scoring", "interval", "over"), rows)


def _row(measure: MeasureInfo) -> tuple[str, ...]:
    over = ", ".join(f"`{attribute}`" for attribute in measure.attributes)
    told = (measure.direction, measure.unit, measure.scoring, measure.interval)
    return (f"`{measure.id}`", *told, over or "–")


def _circumstances(facts: SuiteFacts, recorded: Recorded) -> Points:
    return Points(
        (
            f"**Data needed**: {facts.needs}",
            f"**Size**: {_size(facts)}",
            f"**An independent case**: {facts.cluster}",
            f"**Time**: {_time(facts, recorded)}",
            f"**Licence**: {facts.licence}",
        )
    )


def _size(facts: SuiteFacts) -> str:
    if facts.sizes is None:
        return "not known before its data are there."
    return f"{facts.sizes.quick:,} requests in the profile quick, {facts.sizes.full:,} in full."


def _time(facts: SuiteFacts, recorded: Recorded) -> str:
    timing = facts.timing
    if timing is None:
        return "not timed in this version."
    each = timing.cpu_seconds / timing.requests
    sizes = facts.sizes
    whole = f"; quick {duration(each * sizes.quick)}, full {duration(each * sizes.full)}" if sizes else ""
    return (
        f"{each:.2g} s of one processor a request{whole}. {timing.requests} requests to the bundled model, "
        f"{timing.backend}, on {recorded.machine}: `{recorded.command}`, {recorded.date}."
    )


def quick_time(facts: SuiteFacts) -> str:
    """How long the profile quick takes; a dash where it was never timed."""
    if facts.timing is None or facts.sizes is None:
        return "–"
    return duration(facts.timing.cpu_seconds / facts.timing.requests * facts.sizes.quick)


def duration(seconds: float) -> str:
    """`8 s`, `12 min`, `3.5 h`."""
    if seconds == 0:
        return "0 s"
    if seconds < 90:
        return f"{seconds:.0f} s" if seconds >= 10 else f"{seconds:.1f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


def _example(facts: SuiteFacts) -> tuple[Block, ...]:
    if not facts.example:
        return (Text("None can be shown before its data are there."),)
    whose = "Invented, of the shape of the data's:" if facts.is_invented else "The first one that is planned:"
    turns = "\n".join(f"[{turn.role}] {turn.text}".rstrip() for turn in facts.example)
    target = (Text(f"Looked for: {facts.target}"),) if facts.target else ()
    return (Text(whose), Code("text", turns), *target)


def promise_of(facts: SuiteFacts) -> str:
    """A promise of the suite's first measure, over all its attributes, as a charter has it."""
    measure = facts.measures[0]
    over = f"    over: [{', '.join(measure.attributes)}]\n" if measure.attributes else ""
    name = measure.id.replace(".", "-").replace("_", "-")
    return (
        f"promises:\n  - id: {name}\n    measure: {measure.id}\n{over}"
        f'    must: "{facts.promise}"\n    owner: accountable'
    )


def _values(facts: SuiteFacts) -> tuple[Block, ...]:
    assert facts.timing is not None, "asked for only where there is one"
    values = facts.timing.values
    rows = tuple(_told(each.id, *values[each.id]) for each in facts.measures if each.id in values)
    note = (
        "In the run that was timed, profile quick, seed 0; intervals at 95 %, joint over the attributes. "
        "135 million parameters: an example of a result, not of a good one."
    )
    return (Text(note), Table(("measure", "value", "interval"), rows))


def _told(name: str, value: float, low: float, high: float) -> tuple[str, ...]:
    return f"`{name}`", _number(value), f"{_number(low)} … {_number(high)}"


def _number(value: float) -> str:
    """As in the terminal: three decimals, from 10 on one."""
    return figure(value, ".3f" if abs(value) < 10 else ",.1f")
