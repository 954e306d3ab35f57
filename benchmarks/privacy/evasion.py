#!/usr/bin/env python3
"""Which disguises of which values are seen through, by our finders and their peers.

    benchmarks/privacy/evasion.py [--only aboveboard-patterns]

Every value is written into a sentence in every disguise; a value counts as caught when findings of any type
cover every letter and digit of it. A text that comes in pieces is judged by ours as soon as it is settled;
peers, which know no streams, look at each piece as it comes. Messages are looked at each by itself. Leetspeak
is left out. Values are made up. `compare.py --part evasion` prints the same.
"""

import argparse
import base64
import codecs
import html
import json
import quopri
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).parents[1]))

from privacy.finders import FINDERS
from privacy.peers import Peer

VALUES = {
    "email": "john.smith@example.com",
    "phone": "+44 20 7946 0958",
    "card": "4111 1111 1111 1111",
    "iban": "DE89 3704 0044 0532 0130 00",
    "ssn": "536-22-8726",
    "ip": "203.0.113.77",
}
NAME = "Jürgen Müller"
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
    "direction marks between": lambda text: "\u200e".join(text),
    "written backwards, shown forwards": lambda text: f"\u202e{text[::-1]}\u202c",
    "Cyrillic letters": lambda text: text.translate(_CYRILLIC),
    "full-width": lambda text: text.translate(_WIDE),
    "Arabic digits": lambda text: text.translate(_ARABIC),
    "tag characters": lambda text: "".join(chr(0xE0000 + ord(each)) for each in text if each.isascii()),
    "spaces between": lambda text: _each(text, " "),
    "hyphens between": lambda text: _each(text, "-"),
    "base64": _once,
    "base64 twice": lambda text: _once(_once(text)),
    "hexadecimal": lambda text: text.encode().hex(),
    "percent": lambda text: quote(text, safe=""),
    "percent, every character": lambda text: "".join(f"%{byte:02x}" for byte in text.encode()),
    "percent twice": lambda text: quote(quote(text, safe=""), safe=""),
    "HTML entities": lambda text: "".join(f"&#{ord(each)};" for each in text),
    "HTML, one in three": lambda text: "".join(
        each if place % 3 else f"&#{ord(each)};" for place, each in enumerate(text)
    ),
    "HTML, marks only": lambda text: html.escape(text).replace("@", "&commat;").replace(".", "&period;"),
    "quoted-printable": lambda text: quopri.encodestring(text.encode()).decode().replace("@", "=40"),
    "JSON, what is not ASCII": lambda text: json.dumps(text)[1:-1],
    "JSON escapes": _escaped,
    "JSON in JSON": lambda text: json.dumps(json.dumps(_escaped(text)))[1:-1],
    "word of a mail header": lambda text: (
        f"=?utf-8?Q?{quopri.encodestring(text.encode(), header=True).decode()}?="
    ),
    "rot13": lambda text: codecs.encode(text, "rot13"),
    "reversed": lambda text: text[::-1],
    "[at], [dot]": lambda text: _said(text, "[at]", "[dot]"),
    "at, dot": lambda text: _said(text, " at ", " dot "),
}
SIZES = (1, 3, 7)


@dataclass(frozen=True, slots=True)
class Case:
    """A value in a disguise: the text, where in it the value stands, and how the text comes."""

    disguise: str
    text: str
    start: int
    end: int
    pieces: tuple[str, ...] = ()
    is_stream: bool = False

    def is_covered(self, spans: Sequence[tuple[int, int, str]]) -> bool:
        """Whether findings cover every letter and digit of the value."""
        places = [place for place in range(self.start, self.end) if self.text[place].isalnum()]
        # Tag characters and the like are no letters: then all of it counts.
        places = places or list(range(self.start, self.end))
        return all(any(start <= place < end for start, end, _ in spans) for place in places)


def cases(value: str, type_: str) -> list[Case]:
    """The value in every disguise that changes it, as it is, and cut in several ways."""
    written = {name: trick(value) for name, trick in TRICKS.items()}
    found = [
        _case(name, text, type_) for name, text in written.items() if text != value or name == "as it is"
    ]
    plain = _case("", value, type_)
    for size in SIZES:
        pieces = tuple(plain.text[at : at + size] for at in range(0, len(plain.text), size))
        found.append(Case(f"in pieces of {size}", plain.text, plain.start, plain.end, pieces, is_stream=True))
    middle = plain.start + len(value) // 2
    halves = (plain.text[:middle], plain.text[middle:])
    found.append(Case("in two messages", plain.text, plain.start, plain.end, halves))
    return found


def _case(name: str, written: str, type_: str) -> Case:
    before = f"my {type_} is "
    return Case(name, f"{before}{written} thanks", len(before), len(before) + len(written))


def caught(peer: Peer, every: Sequence[Case]) -> list[bool]:
    """Whether the finder catches each."""
    found = []
    for case in every:
        if case.is_stream:
            spans = peer.find_in_pieces([list(case.pieces)]).spans[0]
        elif case.pieces:
            spans = _in_messages(peer, case.pieces)
        else:
            spans = peer.find([case.text]).spans[0]
        found.append(case.is_covered(spans))
    return found


def _in_messages(peer: Peer, messages: Sequence[str]) -> list[tuple[int, int, str]]:
    spans, done = [], 0
    for message, found in zip(messages, peer.find(list(messages)).spans, strict=True):
        spans += [(start + done, end + done, type_) for start, end, type_ in found]
        done += len(message)
    return spans


def compare_evasion(peers: Sequence[Peer]) -> None:
    """Prints, for each disguise, how many of the values each finder catches, and whether the name."""
    numbers = [case for type_, value in VALUES.items() for case in cases(value, type_)]
    named = cases(NAME, "name")
    counts = {peer.name: _by_disguise(numbers, caught(peer, numbers)) for peer in peers}
    names = {peer.name: _by_disguise(named, caught(peer, named)) for peer in peers}
    print(f"\n### Disguises: values caught of {', '.join(VALUES)}; and the name {NAME}\n")
    print(f"| disguise | {' | '.join(counts)} |\n|---{'|---' * len(counts)}|")
    for disguise in dict.fromkeys(case.disguise for case in [*numbers, *named]):
        cells = [_cell(counts[name].get(disguise), names[name].get(disguise)) for name in counts]
        print(f"| {disguise} | {' | '.join(cells)} |")


def _by_disguise(every: Sequence[Case], is_caught: Sequence[bool]) -> dict[str, list[bool]]:
    found: dict[str, list[bool]] = {}
    for case, each in zip(every, is_caught, strict=True):
        found.setdefault(case.disguise, []).append(each)
    return found


def _cell(numbers: Sequence[bool] | None, names: Sequence[bool] | None) -> str:
    count = f"{sum(numbers)}/{len(numbers)}" if numbers else "–"
    return f"{count} {'yes' if names[0] else 'no'}" if names else count


def main() -> None:
    """Prints the table, in Markdown."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", choices=FINDERS, action="append", help="leave out the others")
    options = parser.parse_args()
    with ExitStack() as stack:
        compare_evasion([stack.enter_context(Peer(name)) for name in options.only or FINDERS])


if __name__ == "__main__":
    main()
