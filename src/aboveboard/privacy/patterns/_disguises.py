"""Values written so that patterns miss them: base64, hexadecimal, digits one by one.

Each is undone once or twice; what is found inside is reported as the whole run. Work is bounded: a run has
a most, and a text without long words and rows of single digits is never looked at.
"""

import binascii
import re
from base64 import b64decode
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from aboveboard.privacy.patterns._windows import LONG_WORD

Runs = Callable[[str, int, int], Iterator[tuple[int, int, str]]]
"""The runs of a region (start, end) and what each stands for."""


@dataclass(frozen=True, slots=True)
class Disguise:
    """A way of writing, the trigger of what may be written so, and whether it holds no spaces."""

    runs: Runs
    trigger: str
    is_word: bool = True


DISGUISED_TYPES = frozenset(
    (
        "email",
        "phone",
        "card",
        "iban",
        "ssn",
        "national-id",
        "tax-id",
        "ip",
        "mac",
        "wallet",
        "url-credentials",
    )
)
"""What is looked for inside: weaker types would be found in noise."""

_LONGEST = 4096
_BASE64 = re.compile(rf"(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{{{LONG_WORD},{_LONGEST}}}+={{0,2}}")
_HEX = re.compile(rf"(?<![0-9A-Za-z])(?:0x)?((?:[0-9A-Fa-f]{{2}}){{8,{_LONGEST // 2}}}+)(?![0-9A-Za-z])")
_SINGLE = re.compile(r"(?<![\w.,-])\+?[0-9](?:[ ._*-]{1,3}[0-9]){8,34}(?![\w]|[.,-]\d)")
_SINGLE_IBAN = re.compile(r"(?<![\w.,-])[A-Z](?:[ ._*-]{1,3}[A-Z0-9]){14,33}(?!\w)")
_URL_SAFE = str.maketrans("-_", "+/")


def _base64(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Base64 and its URL-safe kind (RFC 4648), with or without padding."""
    for match in _BASE64.finditer(text, start, end):
        if match[0][1:].islower() and match[0].isalpha():
            continue  # every third character would be h to z: a word
        written = match[0].rstrip("=").translate(_URL_SAFE)
        decoded = _read(b64decode, written + "=" * (-len(written) % 4)) if len(written) % 4 != 1 else ""
        if decoded:
            yield match.start(), match.end(), decoded


def _hexadecimal(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    for match in _HEX.finditer(text, start, end):
        decoded = _read(bytes.fromhex, match[1])
        if decoded:
            yield match.start(), match.end(), decoded


def _read(decode: Callable[[str], bytes], written: str) -> str:
    """What is written, empty when it is no text."""
    try:
        decoded = decode(written).decode()
    except (ValueError, binascii.Error):
        return ""
    return decoded if "".join(decoded.split()).isprintable() else ""


def _single_digits(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """`4 1 1 1 …`, `4-1-1-1-…`: digits one by one, the words before them kept."""
    for match in _SINGLE.finditer(text, start, end):
        digits = "".join(character for character in match[0] if character.isdigit() or character == "+")
        yield match.start(), match.end(), digits
    for match in _SINGLE_IBAN.finditer(text, start, end):
        yield match.start(), match.end(), "".join(filter(str.isalnum, match[0]))


_SINGLES = r"\b[0-9](?:[ ._*-]{1,3}[0-9]){8}\b|\b[A-Z][ ._*-]{1,3}[0-9](?:[ ._*-]{1,3}[A-Z0-9]){2}\b"
DISGUISES = (
    Disguise(_base64, rf"\b[A-Za-z0-9+/_-]{{{LONG_WORD}}}"),
    Disguise(_hexadecimal, r"[0-9][0-9a-f]{13,15}\b|[0-9][0-9A-F]{13,15}\b"),
    Disguise(_single_digits, _SINGLES, is_word=False),
)
