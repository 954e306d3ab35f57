r"""Is a place of a growing text inside an HTML tag, or where a Markdown link says where it leads?

There a browser reads entities, tabs, escapes and missing quotation marks its own way; so nothing is read
there but where it ends. What is left open stays open: better too long than too short.
"""

import re

_TAIL = 10  # nothing looked for is longer
_OPEN = re.compile(r"(?:<|\\u003[cC])[A-Za-z!/?]|\]\(")
_IN_TAG = re.compile(r">|\\u003[eE]|=")
_IN_TARGET = re.compile(r"\\.|[()]|\n[ \t]{0,8}\n", re.DOTALL)
_IN_ANGLES = re.compile(r"\\.|[>\n]", re.DOTALL)
_QUOTE = re.compile(r"\\?[\"']")
_NOT_SPACE = re.compile(r"\S")


class Enclosures:
    """Reads a text in pieces; `is_inside` says whether what comes next is in a tag or a link's target."""

    def __init__(self) -> None:
        self._state = self._outside
        self._rest = ""
        self._closing = ""
        self._depth = 0

    @property
    def is_inside(self) -> bool:
        return self._state != self._outside

    def read(self, text: str) -> None:
        """Takes in the next piece. Any split of a text gives the same; linear."""
        text, place = self._rest + text, 0
        while (after := self._state(text, place)) is not None:
            place = after
        self._rest = text[max(place, len(text) - _TAIL) :]

    # Each state reads on from `place`, to where it or the next one goes on; None when that is still to come.

    def _outside(self, text: str, place: int) -> int | None:
        found = _OPEN.search(text, place)
        if found is None:
            return None
        self._state = self._target_begins if found[0] == "](" else self._tag
        return found.end()

    def _tag(self, text: str, place: int) -> int | None:
        found = _IN_TAG.search(text, place)
        if found is None:
            return None
        self._state = self._value_begins if found[0] == "=" else self._outside
        return found.end()

    def _value_begins(self, text: str, place: int) -> int | None:
        first = _NOT_SPACE.search(text, place)
        if first is None or (first[0] == "\\" and first.end() == len(text)):
            return None
        quote = _QUOTE.match(text, first.start())
        self._closing = quote[0] if quote else ""
        self._state = self._quoted if quote else self._tag
        return quote.end() if quote else first.start()

    def _quoted(self, text: str, place: int) -> int | None:
        end = text.find(self._closing, place)
        if end < 0:
            return None
        self._state = self._tag
        return end + len(self._closing)

    def _target_begins(self, text: str, place: int) -> int | None:
        first = _NOT_SPACE.search(text, place)
        if first is None:
            return None
        self._depth = 0
        self._state = self._in_angles if first[0] == "<" else self._target
        return first.end() if first[0] == "<" else first.start()

    def _in_angles(self, text: str, place: int) -> int | None:
        found = _IN_ANGLES.search(text, place)
        if found is None:
            return None
        self._state = self._target if found[0] in (">", "\n") else self._in_angles
        return found.end()

    def _target(self, text: str, place: int) -> int | None:
        found = _IN_TARGET.search(text, place)
        if found is None:
            return None
        self._depth += {"(": 1, ")": -1}.get(found[0], 0)
        if self._depth < 0 or found[0][0] == "\n":
            self._state = self._outside
        return found.end()
