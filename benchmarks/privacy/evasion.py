#!/usr/bin/env python3
"""Which disguises of which values are seen through.

    benchmarks/privacy/evasion.py

Every value is written into a sentence in every disguise; a value counts as caught when findings of any type
cover all of it, in pieces too when each piece is judged as soon as it is settled. What is not caught is
printed as well. Values are made up.
"""

import base64
import codecs
import html
import json
import quopri
from collections.abc import Callable
from urllib.parse import quote

from aboveboard.privacy import PATTERN_TYPES, find, settled_personal_data

VALUES = {
    "email": "john.smith@example.com",
    "phone": "+44 20 7946 0958",
    "card": "4111 1111 1111 1111",
    "iban": "DE89 3704 0044 0532 0130 00",
    "ssn": "536-22-8726",
    "ip": "203.0.113.77",
}
_CYRILLIC = str.maketrans("aeopcxijsABCEHKMOPTX", "аеорсхіјѕАВСЕНКМОРТХ")
_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def _each(text: str, joint: str) -> str:
    return joint.join(text.replace(" ", ""))


def _once(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def _escaped(text: str) -> str:
    return "".join(f"\\u{ord(character):04x}" for character in text)


def _said(text: str, at: str, dot: str) -> str:
    return text.replace("@", at).replace(".", dot)


TRICKS: dict[str, Callable[[str], str]] = {
    "as it is": lambda text: text,
    "zero-width spaces": lambda text: "\u200b".join(text),
    "soft hyphens": lambda text: "\u00ad".join(text),
    "Cyrillic letters": lambda text: text.translate(_CYRILLIC),
    "full-width": lambda text: text.translate(_WIDE),
    "Arabic digits": lambda text: text.translate(_ARABIC),
    "tag characters": lambda text: "".join(chr(0xE0000 + ord(each)) for each in text if each != " "),
    "spaces between": lambda text: _each(text, " "),
    "hyphens between": lambda text: _each(text, "-"),
    "base64": _once,
    "base64 twice": lambda text: _once(_once(text)),
    "hexadecimal": lambda text: text.encode().hex(),
    "percent": lambda text: quote(text, safe=""),
    "percent, every character": lambda text: "".join(f"%{ord(each):02x}" for each in text),
    "percent twice": lambda text: quote(quote(text, safe=""), safe=""),
    "HTML entities": lambda text: "".join(f"&#{ord(each)};" for each in text),
    "HTML, marks only": lambda text: html.escape(text).replace("@", "&commat;").replace(".", "&period;"),
    "quoted-printable": lambda text: quopri.encodestring(text.encode()).decode().replace("@", "=40"),
    "JSON escapes": _escaped,
    "JSON in JSON": lambda text: json.dumps(json.dumps(_escaped(text)))[1:-1],
    "rot13": lambda text: codecs.encode(text, "rot13"),
    "reversed": lambda text: text[::-1],
    "[at], [dot]": lambda text: _said(text, "[at]", "[dot]"),
    "at, dot": lambda text: _said(text, " at ", " dot "),
}


def is_covered(text: str, start: int, end: int) -> bool:
    """Whether findings cover every letter and digit of the span."""
    found = find(text, PATTERN_TYPES)
    return all(
        any(item.start <= place < item.end for item in found)
        for place in range(start, end)
        if text[place].isalnum()
    )


def is_caught(trick: Callable[[str], str], value: str, type_: str) -> str:
    """`yes`, `no`, or `-` where the trick changes nothing."""
    written = trick(value)
    if written == value and trick is not TRICKS["as it is"]:
        return "-"
    before = f"my {type_} is "
    return "yes" if is_covered(f"{before}{written} thanks", len(before), len(before) + len(written)) else "no"


def is_caught_in_pieces(value: str, type_: str, size: int) -> str:
    """The same when the text comes in pieces and each is judged as soon as it is settled."""
    text = f"my {type_} is {value} thanks"
    done, found = 0, []
    for upto in [*range(size, len(text), size), len(text)]:
        piece = text[done:upto]
        end = settled_personal_data(piece, PATTERN_TYPES) if upto < len(text) else len(piece)
        found += [(item.start, item.end) for item in find(text[: done + end], PATTERN_TYPES, start=done)]
        done += end
    start = text.index(value)
    places = [place for place in range(start, start + len(value)) if text[place].isalnum()]
    return "yes" if all(any(a <= place < b for a, b in found) for place in places) else "no"


def main() -> None:
    """Prints the table, in Markdown."""
    print(f"| disguise | {' | '.join(VALUES)} |\n|---|{'---|' * len(VALUES)}")
    for name, trick in TRICKS.items():
        print(f"| {name} | {' | '.join(is_caught(trick, value, type_) for type_, value in VALUES.items())} |")
    for size in (1, 3, 7):
        cells = [is_caught_in_pieces(value, type_, size) for type_, value in VALUES.items()]
        print(f"| in pieces of {size} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
