r"""What escapes stand for, with the way back: `bob\u0040example.com` is an e-mail address too."""

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass

_HEX = "[0-9a-fA-F]"
_HIGH = rf"\\u[dD][89abAB]{_HEX}{{2}}"
_JSON = re.compile(rf"{_HIGH}\\u[dD][c-fC-F]{_HEX}{{2}}|\\u{_HEX}{{4}}|\\.", re.DOTALL)
_UNFINISHED = re.compile(
    rf"(?P<end>(?:{_HIGH}(?:\\(?:u{_HEX}{{0,3}})?)?|\\(?:u{_HEX}{{0,3}})?)\Z)|{_JSON.pattern}", re.DOTALL
)
_SHORT = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_QUOTES = re.compile(r'\\.|"', re.DOTALL)


# How URLs, HTML, Markdown, mail and JSON write letters, digits, spaces and the marks of an address. None of
# these holds a character that ends a word, so no cut between words goes through one. Each begins with a plain
# mark, and what must stand before it comes second: `re` then skips to the marks.
_CODE = r"(?:2[05bBdDeE]|3[0-9aA]|4[0-9a-fA-F]|5[0-9aAfF]|6[1-9a-fA-F]|7[0-9aA])"
_SPELLED_WORD = r"(?:at|AT|arroba|dot|DOT|punto|punkt)[)\]>](?=\w)"
_ESCAPED = re.compile(
    rf"%{_CODE}|&#0{{0,3}}(?:32|4[356]|4[89]|5[0-8]|6[4-9]|[78][0-9]|90|9[5789]|1[01][0-9]|12[0-2]);"
    rf"|&#[xX]0{{0,3}}{_CODE};|&(?:commat|period|plus|lowbar|amp|nbsp);|\\\\{{0,3}}(?:u00|x){_CODE}|\\\\?[@._+-]"
    rf"|=(?<=\w=)(?:40|2E)(?=[A-Za-z])|\((?<=\w\(){_SPELLED_WORD}|\[(?<=\w\[){_SPELLED_WORD}|<(?<=\w<){_SPELLED_WORD}"
)
_NAMED = {"commat": "@", "period": ".", "plus": "+", "lowbar": "_", "amp": "&", "nbsp": " "}
_SPELLED = {"at": "@", "arroba": "@", "dot": ".", "punto": ".", "punkt": "."}
_BRACKETED = ("at", "AT", "arroba", "dot", "DOT", "punto", "punkt")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Decoded text; `origin[i]` is where its i-th character begins in the text as given (None: at i)."""

    text: str
    origin: list[int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original's span (code points) of a span of the decoded text."""
        return (start, end) if self.origin is None else (self.origin[start], self.origin[end])

    def index(self, original: int) -> int:
        """Where in the decoded text an index of the original falls."""
        return original if self.origin is None else bisect_left(self.origin, original)


def decoded(text: str, escape: re.Pattern[str], meaning: Callable[[str], str]) -> Decoded:
    """`text` with each escape as the one character it means. Linear."""
    pieces: list[str] = []
    origin: list[int] = []
    done = 0
    for match in escape.finditer(text):
        pieces += [text[done : match.start()], meaning(match[0])]
        origin += range(done, match.start() + 1)
        done = match.end()
    if not done:
        return Decoded(text)
    return Decoded("".join([*pieces, text[done:]]), [*origin, *range(done, len(text) + 1)])


def may_hold_marks(text: str) -> bool:
    """Whether `decode_marks` might change the text. One mark at a time is faster than a search for all."""
    if "%" in text or "&" in text or "\\" in text:
        return True
    if "=" in text and ("=4" in text or "=2" in text):
        return True
    for bracket in ")]>":
        if bracket in text and any(f"{word}{bracket}" in text for word in _BRACKETED):
            return True
    return False


def decode_marks(text: str) -> Decoded:
    """Letters, digits and the marks of addresses decoded, twice where they are escaped twice: `%40`, `%2540`,
    `&#64;`, `\\u0040`, `[at]` and Markdown's `\\@` are an at sign.
    """
    if not may_hold_marks(text):
        return Decoded(text)
    once = decoded(text, _ESCAPED, _mark)
    if once.origin is None:
        return once
    twice = decoded(once.text, _ESCAPED, _mark)
    if twice.origin is None:
        return once
    return Decoded(twice.text, [once.origin[place] for place in twice.origin])


def _mark(escape: str) -> str:
    kind, code = escape[0], escape.strip("%&#;xX\\=([<>])")
    if kind in "([<":
        return _SPELLED[code.lower()]
    if kind == "\\" and len(escape.lstrip("\\")) == 1:
        return escape[-1]
    if kind == "&" and code in _NAMED:
        return _NAMED[code]
    return chr(int(code.removeprefix("u00"), 10 if escape[1:2] == "#" and escape[2] not in "xX" else 16))


def decode_json(text: str) -> Decoded:
    """JSON text (or a piece of it) with the escapes of its strings decoded (RFC 8259, section 7)."""
    return decoded(text, _JSON, _json_character) if "\\" in text else Decoded(text)


def _json_character(escape: str) -> str:
    if len(escape) == 2:
        return _SHORT.get(escape[1], escape[1])
    if len(escape) == 12:
        return chr(0x10000 + ((int(escape[2:6], 16) & 0x3FF) << 10) + (int(escape[8:], 16) & 0x3FF))
    code = int(escape[2:], 16)
    return "\ufffd" if 0xD800 <= code < 0xE000 else chr(code)


def settled_json(text: str, settled: Callable[[str], int]) -> int:
    """How much of growing JSON text is settled, by what is settled of it decoded; no escape is cut."""
    if "\\" not in text:
        return settled(text)
    unfinished = [match.start() for match in _UNFINISHED.finditer(text) if match["end"] is not None]
    plain = decode_json(text[: unfinished[0]] if unfinished else text)
    return plain.span(0, settled(plain.text))[1]


def ends_in_string(text: str, in_string: bool) -> bool:
    """Whether JSON text, begun inside a string or not, ends inside one."""
    if '"' not in text:
        return in_string
    return in_string ^ (sum(match[0] == '"' for match in _QUOTES.finditer(text)) % 2 == 1)
