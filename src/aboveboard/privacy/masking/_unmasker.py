"""Values in the place of their stand-ins, in a text that comes in pieces."""

import json
from collections.abc import Callable, Mapping
from re import Match

from aboveboard.privacy.masking._links import LinkWatch
from aboveboard.privacy.masking._placeholder import pattern, read_placeholder

LITERAL = "literal"
"""The type of a text that only reads like a placeholder: it tells nobody anything, wherever it stands."""


class Unmasker:
    """Restores one text; a placeholder whose value is not among `values`, or that is in a link, stays."""

    def __init__(self, values: Mapping[str, str], *, in_links: bool = False) -> None:
        self._values = values
        self._watch = None if in_links else LinkWatch()

    def __len__(self) -> int:
        """How many values may be restored."""
        return len(self._values)

    def restore(self, text: str) -> str:
        """The text's next piece, restored. No piece may end within a placeholder."""
        return self._restored(text, str)

    def restore_json_fragment(self, text: str) -> str:
        """The same inside JSON text: values are escaped as the inside of a JSON string."""
        return self._restored(text, _escaped)

    def _restored(self, text: str, written: Callable[[str], str]) -> str:
        if "<" not in text and "&" not in text and "\\" not in text:
            self._read(text)
            return text
        pieces, done = [], 0
        for match in pattern().finditer(text):
            ahead = text[done : match.start()]
            self._read(ahead)
            value = self._value_of(match)
            pieces += [ahead, match[0] if value is None else written(value)]
            done = match.end()
        self._read(text[done:])
        return "".join([*pieces, text[done:]])

    def _read(self, text: str) -> None:
        if self._watch is not None and text:
            self._watch.read(text)

    def _value_of(self, match: Match[str]) -> str | None:
        name = read_placeholder(match)
        is_in_link = self._watch is not None and self._watch.is_inside
        return None if is_in_link and not name.startswith("<LITERAL_") else self._values.get(name)


def _escaped(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)[1:-1]
