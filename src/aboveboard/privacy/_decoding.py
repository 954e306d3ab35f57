r"""What escapes stand for, with the way back: `bob\u0040example.com` is an e-mail address too."""

import re
from binascii import a2b_base64, a2b_qp
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from unicodedata import combining

_HEX = "[0-9a-fA-F]"
_HIGH = rf"\\u[dD][89abAB]{_HEX}{{2}}"
_JSON = re.compile(rf"{_HIGH}\\u[dD][c-fC-F]{_HEX}{{2}}|\\u{_HEX}{{4}}|\\.", re.DOTALL)
_UNFINISHED = re.compile(
    rf"(?P<end>(?:{_HIGH}(?:\\(?:u{_HEX}{{0,3}})?)?|\\(?:u{_HEX}{{0,3}})?)\Z)|{_JSON.pattern}", re.DOTALL
)
_SHORT = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_QUOTES = re.compile(r'\\.|"', re.DOTALL)


# How URLs, HTML, Markdown, mail and JSON write letters, digits, spaces and the marks of an address. None of
# these holds a character that ends a word, but as its last, so no cut between words goes through one. Each
# begins with a plain mark, and what must stand before it comes second: `re` then skips to the marks.
_CODE = r"(?:2[05bBdDeE]|3[0-9aA]|4[0-9a-fA-F]|5[0-9aAfF]|6[1-9a-fA-F]|7[0-9aA])"
_SPELLED_WORD = r"(?:at|AT|arroba|dot|DOT|punto|punkt)[)\]>](?=\w)"
_ASCII = (
    rf"%{_CODE}|&#0{{0,3}}(?:32|4[356]|4[89]|5[0-8]|6[4-9]|[78][0-9]|90|9[5789]|1[01][0-9]|12[0-2]);"
    rf"|&#[xX]0{{0,3}}{_CODE};|&(?:commat|period|plus|lowbar|amp|nbsp);|\\\\{{0,3}}(?:u00|x){_CODE}|\\\\?[@._+-]|\\{{1,3}}\""
    rf"|=(?<=\w=)(?:40|2E)(?=[A-Za-z])|\((?<=\w\(){_SPELLED_WORD}|\[(?<=\w\[){_SPELLED_WORD}|<(?<=\w<){_SPELLED_WORD}"
)
_CHARSET = r"(?i:utf-8|us-ascii|iso-8859-1?[0-9]|windows-125[0-9])"
_LEAD, _REST = "[cCdDeE][0-9a-fA-F]", "[89abAB][0-9a-fA-F]"
# Letters beyond ASCII, in UTF-8, in Latin-1 or by number (RFC 3986, RFC 2045, RFC 2047, HTML, JSON).
_BEYOND = (
    rf"%{_LEAD}(?:%{_REST}){{1,2}}|=(?:[CDE][0-9A-F](?:=[89AB][0-9A-F]){{1,2}}|[C-F][0-9A-F](?=[a-z]))"
    rf"|\\\\{{0,3}}x{_LEAD}(?:\\{{1,4}}x{_REST}){{1,2}}|\\\\{{0,3}}(?:u{_HEX}{{4}}|x[c-fC-F]{_HEX})"
    rf"|&#(?:[0-9]{{3,6}}|[xX]{_HEX}{{2,5}});|&[A-Za-z]{{3,8}};"
    rf"|=\?{_CHARSET}\?[bBqQ]\?[!#-<>@-z~=]{{1,80}}\?="
)
_ESCAPED = re.compile(f"{_ASCII}|{_BEYOND}")
_IN_MAIL = re.compile(r"=(?:40|2E|[C-F][0-9A-F]|\?[A-Za-z0-9-]{5,12}\?[bBqQ]\?)")
_ENCODED_WORD = re.compile(r"=\?([^?]+)\?([bBqQ])\?([^?]+)\?=")
_NAMED = {"commat": "@", "period": ".", "plus": "+", "lowbar": "_", "amp": "&", "nbsp": " "}
_SPELLED = {"at": "@", "arroba": "@", "dot": ".", "punto": ".", "punkt": "."}
_BRACKETED = ("at", "AT", "arroba", "dot", "DOT", "punto", "punkt")
_WRITTEN_MARKS = " %&+-.:@_\u2019\u2018\u2013\xb4"  # what names are written with besides letters


@dataclass(frozen=True, slots=True)
class Decoded:
    """Decoded text; `origin[i]` is where its i-th character begins in the text as given (None: at i)."""

    text: str
    origin: list[int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original's span (code points) of a span of the decoded text; no escape is parted."""
        if self.origin is None:
            return start, end
        while start < end and self.is_within(end):
            end += 1
        return self.origin[start], self.origin[end]

    def is_within(self, place: int) -> bool:
        """Whether a place of the decoded text lies within what one escape means."""
        origin = self.origin
        return origin is not None and 0 < place < len(origin) and origin[place] == origin[place - 1]

    def index(self, original: int) -> int:
        """Where in the decoded text an index of the original falls."""
        return original if self.origin is None else bisect_left(self.origin, original)


def decoded(text: str, escape: re.Pattern[str], meaning: Callable[[str], str]) -> Decoded:
    """`text` with each escape as what it means; one that means itself is none. Linear."""
    pieces: list[str] = []
    origin: list[int] = []
    done = 0
    for match in escape.finditer(text):
        written = match[0]
        means = meaning(written)
        if means != written:
            start, end = match.span()
            pieces += [text[done:start], means]
            origin += range(done, start)
            origin += [start] * len(means)
            done = end
    if not done:
        return Decoded(text)
    return Decoded("".join([*pieces, text[done:]]), [*origin, *range(done, len(text) + 1)])


def may_hold_marks(text: str) -> bool:
    """Whether `decode_marks` might change the text. One mark at a time is faster than a search for all."""
    if "%" in text or "&" in text or "\\" in text:
        return True
    if "=" in text and _IN_MAIL.search(text):
        return True
    for bracket in ")]>":
        if bracket in text and any(f"{word}{bracket}" in text for word in _BRACKETED):
            return True
    return False


def decode_marks(text: str) -> Decoded:
    """Letters, digits and the marks of addresses decoded, twice where they are escaped twice: `%40`, `%2540`,
    `&#64;`, `\\u0040`, `[at]` and Markdown's `\\@` are an at sign, `%C3%BC`, `&uuml;`, `\\u00fc`, `=C3=BC`
    and `=?utf-8?Q?=C3=BC?=` an u with two dots.
    """
    if not may_hold_marks(text):
        return Decoded(text)
    once = decoded(text, _ESCAPED, _meaning)
    if once.origin is None:
        return once
    twice = decoded(once.text, _ESCAPED, _meaning)
    if twice.origin is None:
        return once
    return Decoded(twice.text, [once.origin[place] for place in twice.origin])


def _meaning(escape: str) -> str:
    """What an escape stands for: itself where that is nothing that words and addresses are written with."""
    kind = escape[0]
    if kind in "([<":
        return _SPELLED[escape[1:-1].lower()]
    if escape.startswith("=?"):
        return _encoded_word(escape)
    if kind == "\\" and escape[-1] in '@._+-"':
        return escape[-1]
    if kind == "&" and escape[1] != "#":
        means = _NAMED.get(escape[1:-1]) or _entity(escape[1:-1])
    elif kind == "&":
        means = _character(int(escape[3:-1], 16) if escape[2] in "xX" else int(escape[2:-1]))
    elif kind == "\\" and "u" in escape:
        means = _character(int(escape[-4:], 16))
    else:  # bytes
        means = _of_bytes(bytes.fromhex(re.sub(r"[%=x\\]", "", escape)))
    return means if _is_written(means) else escape


def _character(code: int) -> str:
    return chr(code) if code < 0xD800 or 0xE000 <= code < 0x110000 else ""


def _of_bytes(data: bytes) -> str:
    """UTF-8, or one byte of Latin-1; nothing where it is more than one character."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    return text if len(text) == 1 else ""


def _is_written(means: str) -> bool:
    return len(means) == 1 and (means.isalnum() or means in _WRITTEN_MARKS or bool(combining(means)))


def _entity(name: str) -> str:
    from html.entities import name2codepoint

    return chr(name2codepoint[name]) if name2codepoint.get(name, 0) > 0x7F else ""


def _encoded_word(escape: str) -> str:
    """A word of a mail's header (RFC 2047), itself where it is none."""
    match = _ENCODED_WORD.fullmatch(escape)
    if match is None:
        return escape
    charset, encoding, written = match.groups()
    try:
        data = a2b_base64(written) if encoding in "bB" else a2b_qp(written, header=True)
        means = data.decode(charset)
    except (LookupError, ValueError):
        return escape
    return means if means.isprintable() and means else escape


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
