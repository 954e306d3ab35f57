"""The charter's `routing`: which model answers when, and whether an answer may be given again."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

from aboveboard.charter._containers import ListOf
from aboveboard.charter._keys import Key
from aboveboard.charter._nodes import Node, find, items_in, name_of, shorten
from aboveboard.charter._reading import Reading
from aboveboard.charter._record import Record
from aboveboard.charter._scalars import Duration, Flag, Number, Text, Word

_MODELS = ListOf(Word("model"), identity="")


@dataclass(frozen=True, slots=True)
class CircuitRule:
    """When a model that keeps failing is left alone, and for how long."""

    share: Annotated[float, Key(Number(0.01, 1), "The share of failed calls at which it opens.")] = 0.5
    calls: Annotated[
        int, Key(Number(1, 1000, is_whole=True), "How many calls there must have been before it may open.")
    ] = 10
    window: Annotated[timedelta, Key(Duration(), "How far back calls count.")] = timedelta(minutes=1)
    rest: Annotated[timedelta, Key(Duration(), "How long it stays open before one call tries again.")] = (
        timedelta(seconds=30)
    )


@dataclass(frozen=True, slots=True)
class AutoModel:
    """A name that stands for the cheapest model whose promises are kept."""

    among: Annotated[
        tuple[str, ...], Key(ListOf(Word("model"), identity="", least=1), "The models it may choose from.")
    ]
    id: Annotated[
        str, Key(Text("a model name without spaces", r"[^\s]+", 200), "The name requests ask for.")
    ] = "auto"


@dataclass(frozen=True, slots=True)
class AnswerCache:
    """When the same request is answered with the same words again."""

    exact: Annotated[
        timedelta | None, Key(Duration(), "For how long an answer may be given again; not at all without.")
    ] = None
    always: Annotated[
        bool, Key(Flag(), "Also requests that do not ask for the same answer (temperature 0, or a seed).")
    ] = False
    reworded: Annotated[
        bool, Key(Flag(), "Also a short question that differs in words of courtesy alone.")
    ] = False
    most: Annotated[
        int, Key(Number(1, 10_000_000, is_whole=True), "How many answers are remembered, the newest.")
    ] = 10_000


@dataclass(frozen=True, slots=True)
class Routing:
    """Which model answers when. Without it: the one asked for, or none."""

    fallback: Annotated[
        tuple[str, ...], Key(_MODELS, "The models that are asked, in order, when the one asked for fails.")
    ] = ()
    within: Annotated[
        timedelta, Key(Duration(), "How long all attempts together may take until an answer begins.")
    ] = timedelta(minutes=10)
    circuit: Annotated[
        CircuitRule, Key(Record(CircuitRule, "a circuit breaker"), "When a failing model is left alone.")
    ] = CircuitRule()
    auto: Annotated[
        AutoModel | None, Key(Record(AutoModel, "a choice of models"), "Chooses the cheapest fit model.")
    ] = None
    cache: Annotated[
        AnswerCache, Key(Record(AnswerCache, "an answer cache"), "Whether answers may be given again.")
    ] = AnswerCache()


def check_routing(root: Node, reading: Reading) -> None:
    """Notes a chosen name that a model has already, and lengths of time that leave no time."""
    chosen = find(root, "routing", "auto", "id")
    names = [name_of(node) for item in items_in(find(root, "models")) if (node := find(item, "id"))]
    name = "auto" if chosen is None else name_of(chosen)
    at = chosen or find(root, "routing", "auto")
    if at is not None and name in names:
        reading.wrong(at, f"a model is called {shorten(name or '')!r} already", "write another `id`")
    for path in (("within",), ("circuit", "window"), ("circuit", "rest"), ("cache", "exact")):
        length = find(root, "routing", *path)
        if length is not None and (name_of(length) or "").lstrip("0")[:1] in ("s", "m", "h", "d", "w", "y"):
            reading.wrong(length, "no time at all", "write a length such as 30s, or leave it out")
    reworded = find(root, "routing", "cache", "reworded")
    if reworded is not None and find(root, "routing", "cache", "exact") is None:
        reading.wrong(
            reworded, "for no time", "write `exact: 1h` beside it: how long answers are given again"
        )
