"""The charter's `access`, and what its models cost: who may ask, and what budgets in money count."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from aboveboard.charter._keys import Key
from aboveboard.charter._nodes import Node, find, items_in, name_of, shorten
from aboveboard.charter._reading import Reading
from aboveboard.charter._scalars import Choice, Number, Text

KEYS = ("none", "required")  # weakest first
CONSOLE = ("none", "required")


@dataclass(frozen=True, slots=True)
class Price:
    """What a model's endpoint charges, in units of currency for a million tokens."""

    input: Annotated[float, Key(Number(0, 1_000_000), "For a million tokens read.")]
    output: Annotated[float, Key(Number(0, 1_000_000), "For a million tokens written.")]
    currency: Annotated[
        str, Key(Text("a currency such as EUR (ISO 4217)", "[A-Z]{3}", 3), "One for the whole charter.")
    ]

    def __str__(self) -> str:
        return f"{self.input:g} read, {self.output:g} written, {self.currency} for a million tokens"


@dataclass(frozen=True, slots=True)
class AccessRules:
    """Who may ask the gateway, and who may look into the console."""

    keys: Annotated[
        str,
        Key(
            Choice(KEYS),
            "`required`: whoever has a key of `aboveboard key create`; `none`: whoever reaches the port.",
        ),
    ] = "none"
    console: Annotated[
        str,
        Key(
            Choice(CONSOLE),
            "`required`: people of `aboveboard user add` log in, and may what their roles may; `none`:"
            " whoever is on this machine may look, and nobody decides there.",
        ),
    ] = "none"


def check_currency(root: Node, reading: Reading) -> None:
    """Notes a second currency: sums of money in two cannot be compared with one limit."""
    found = list(_currencies(root))
    for node in found[1:]:
        if name_of(node) != name_of(found[0]):
            first, line = shorten(name_of(found[0]) or ""), found[0].line
            reading.wrong(
                node, f"a second currency, beside {first} in line {line}", f"write prices in {first}"
            )


def _currencies(root: Node) -> Iterator[Node]:
    for item in items_in(find(root, "models")):
        node = find(item, "price", "currency")
        if node is not None:
            yield node
