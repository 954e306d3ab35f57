"""What a charter can say how long it is kept."""

import re
from dataclasses import dataclass
from typing import Any

from aboveboard.charter._nodes import Node, ScalarNode, describe
from aboveboard.charter._reading import Reading, Vocabularies

RETAINED = ("payloads", "receipts", "cases", "runs", "handed-out", "consents")
"""Texts of people; records about people; decided cases; logs of assessments; reports and exports drawn for
people; consents that were withdrawn."""

BY_CATEGORY = ("appeal", "incident", "subject-request", "consents")
"""Kinds that can be told apart further: by ground, category, right and purpose, after a `/`."""

_CATEGORY = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Retained:
    """One of RETAINED, or one of BY_CATEGORY with `/` and a category: `incident/crisis`."""

    label: str = "what is kept"

    def read(self, node: Node, reading: Reading) -> Any:
        if not isinstance(node, ScalarNode) or not isinstance(node.value, str):
            return reading.wrong(node, f"expected {self.label}, found {describe(node)}")
        kind, slash, category = node.value.partition("/")
        if not slash and kind in RETAINED:
            return node.value
        if slash and kind in BY_CATEGORY and _CATEGORY.fullmatch(category):
            return node.value
        return reading.unknown(node, "value", node.value, [*RETAINED, *(f"{each}/…" for each in BY_CATEGORY)])

    def schema(self, words: Vocabularies) -> dict[str, Any]:
        plain = "|".join(RETAINED)
        return {"type": "string", "pattern": f"^(?:{plain}|(?:{'|'.join(BY_CATEGORY)})/{_CATEGORY.pattern})$"}
