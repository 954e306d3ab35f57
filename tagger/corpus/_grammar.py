"""Templates: text with slots, choices and shuffled clauses, compiled once and filled many times.

{full} lives in {town}.        a slot, filled by a named filler
{given1} … {family1}           slots with the same number speak of the same person or address
[please |]call                 one of several, possibly nothing
<one ;; two ;; three>          the clauses in any order
\\n                             a line break;  \\[ \\{ \\< stand for themselves
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import TypeAlias

from ._example import Piece

Filler: TypeAlias = Callable[[str, str], list[Piece]]

_SLOT = re.compile(r"\{([a-z]+)([0-9]?)\}")
_ESCAPES = {"n": "\n", "t": "\t"}


@dataclass(frozen=True, slots=True)
class Slot:
    name: str
    number: str

    def fill(self, filler: Filler, rng: Random) -> list[Piece]:
        return filler(self.name, self.number)


@dataclass(frozen=True, slots=True)
class Text:
    text: str

    def fill(self, filler: Filler, rng: Random) -> list[Piece]:
        return [(self.text, "")]


@dataclass(frozen=True, slots=True)
class Sequence:
    nodes: tuple[Node, ...]

    def fill(self, filler: Filler, rng: Random) -> list[Piece]:
        return [piece for node in self.nodes for piece in node.fill(filler, rng)]


@dataclass(frozen=True, slots=True)
class Choice:
    options: tuple[Node, ...]

    def fill(self, filler: Filler, rng: Random) -> list[Piece]:
        return rng.choice(self.options).fill(filler, rng)


@dataclass(frozen=True, slots=True)
class Shuffle:
    clauses: tuple[Node, ...]

    def fill(self, filler: Filler, rng: Random) -> list[Piece]:
        order = rng.sample(self.clauses, len(self.clauses))
        pieces: list[Piece] = []
        for number, clause in enumerate(order):
            pieces += ([(" ", "")] if number else []) + clause.fill(filler, rng)
        return pieces


Node: TypeAlias = "Slot | Text | Sequence | Choice | Shuffle"


class TemplateError(ValueError):
    """A template that does not parse: what is wrong, and the template."""


@dataclass(slots=True)
class _Parser:
    source: str
    at: int = 0

    def parse(self) -> Node:
        node = self.sequence("")
        if self.at < len(self.source):
            raise TemplateError(f"unexpected {self.source[self.at]!r} at {self.at} in {self.source!r}")
        return node

    def sequence(self, stops: str) -> Node:
        nodes: list[Node] = []
        while self.at < len(self.source) and not self.stops(stops):
            nodes.append(self.node(stops))
        return nodes[0] if len(nodes) == 1 else Sequence(tuple(nodes))

    def stops(self, stops: str) -> bool:
        if ";" in stops and self.source.startswith(";;", self.at):
            return True
        return self.source[self.at] in stops.replace(";", "")

    def node(self, stops: str) -> Node:
        sign = self.source[self.at]
        if sign == "[":
            return Choice(self.group("|", "]"))
        if sign == "<":
            return Shuffle(self.group(";", ">"))
        if sign == "{":
            return self.slot()
        return self.text(stops)

    def group(self, separator: str, end: str) -> tuple[Node, ...]:
        begin = self.at
        self.at += 1
        options = [self.sequence(separator + end)]
        while self.at < len(self.source) and self.source[self.at] == separator:
            self.at += 2 if separator == ";" else 1
            options.append(self.sequence(separator + end))
        if self.at >= len(self.source) or self.source[self.at] != end:
            raise TemplateError(f"no {end!r} for position {begin} in {self.source!r}")
        self.at += 1
        return tuple(_stripped(option) for option in options) if separator == ";" else tuple(options)

    def slot(self) -> Node:
        found = _SLOT.match(self.source, self.at)
        if not found:
            raise TemplateError(f"no slot at {self.at} in {self.source!r}")
        self.at = found.end()
        return Slot(found[1], found[2])

    def text(self, stops: str) -> Node:
        taken: list[str] = []
        while self.at < len(self.source) and not self.stops(stops + "[{<"):
            sign = self.source[self.at]
            if sign == "\\" and self.at + 1 < len(self.source):
                self.at += 1
                sign = _ESCAPES.get(self.source[self.at], self.source[self.at])
            taken.append(sign)
            self.at += 1
        if not taken:
            raise TemplateError(f"stray {self.source[self.at]!r} at {self.at} in {self.source!r}")
        return Text("".join(taken))


def _stripped(node: Node) -> Node:
    """A clause without the spaces its separators leave at its two ends."""
    if isinstance(node, Text):
        return Text(node.text.strip(" "))
    if not isinstance(node, Sequence) or not node.nodes:
        return node
    first, *rest = node.nodes
    if isinstance(first, Text):
        first = Text(first.text.lstrip(" "))
    if rest and isinstance(rest[-1], Text):
        rest[-1] = Text(rest[-1].text.rstrip(" "))
    return Sequence((first, *rest))


def parse(source: str) -> Node:
    """The compiled template.

    Raises TemplateError for brackets that do not match and slots that are not closed.
    """
    return _Parser(source).parse()


def slots(node: Node) -> set[str]:
    """Names of every slot a template can ask for."""
    if isinstance(node, Slot):
        return {node.name}
    if isinstance(node, Text):
        return set()
    inside = (
        node.nodes
        if isinstance(node, Sequence)
        else node.options
        if isinstance(node, Choice)
        else node.clauses
    )
    return set().union(*(slots(child) for child in inside))
