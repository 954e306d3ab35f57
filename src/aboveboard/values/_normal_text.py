"""Text as a matcher should see it, with the way back to the original.

Each character is folded on its own (NFKC, look-alike letters, invisible characters dropped), never together
with its neighbours, so that a text that arrives in pieces folds as it would have in one.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import repeat

# Cyrillic, Greek and Armenian letters and those of phonetics drawn like Latin ones (a part of Unicode TR 39's
# confusables).
_LOOKALIKES = dict(
    zip(
        "АВЕЅІЈКМНОРСТУХаеіјорсухԁһӏԛԝѵΑΒΕΖΗΙΚΜΝΟΡΤΥΧονıօսɑɡ",
        "ABESIJKMHOPCTYXaeijopcyxdhlqwvABEZHIKMNOPTYXoviouag",
        strict=True,
    )
)
_QUOTES = dict.fromkeys("‘’‛ʼ`´′", "'") | dict.fromkeys("“”„‟″", '"') | dict.fromkeys("‐‑‒−", "-")
# Tag characters spell ASCII that nobody sees (Unicode 15, section 23.9).
_TAGS = 0xE0000
_FIRST_TAG, _LAST_TAG = chr(_TAGS + 0x21), chr(_TAGS + 0x7E)


@dataclass(frozen=True, slots=True)
class NormalText:
    """Folded text; `origin[i]` is the index in the original of its i-th character (None: the same index)."""

    text: str
    origin: list[int] | None
    length: int

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original's span (code points) of a span of the folded text."""
        if self.origin is None:
            return start, end
        return self.origin[start], self.origin[end - 1] + 1

    def index(self, original: int) -> int:
        """Where in the folded text an index of the original falls (dropped characters: the next kept one)."""
        return original if self.origin is None else bisect_left(self.origin, original)


class _Fold(dict[str, str]):
    """A character's folded form, worked out once."""

    def __init__(self, *, plain: bool) -> None:
        super().__init__()
        self.plain = plain

    def __missing__(self, character: str) -> str:
        folded = _fold(character)
        if self.plain:
            folded = _plain(folded)
        if len(self) < 20_000:
            self[character] = folded
        return folded


_FOLD = _Fold(plain=False)
_PLAIN = _Fold(plain=True)


def normalise(text: str, *, plain: bool = False) -> NormalText:
    """Folds `text` character by character; `plain` also drops accents and case. Linear, total."""
    if text.isascii():
        return NormalText(text.lower() if plain else text, None, len(text))
    if plain:
        pieces = [_PLAIN[character] for character in text]
        if all(len(piece) == 1 for piece in pieces):
            return NormalText("".join(pieces), None, len(text))
        origin = [index for index, piece in enumerate(pieces) for _ in piece]
        return NormalText("".join(pieces), origin, len(text))
    folded = {each: _FOLD[each] for each in _foreign(text) if _FOLD[each] != each}
    even = {character: other for character, other in folded.items() if len(other) == 1}
    if len(even) == len(folded):
        return NormalText(_replaced(text, even) if even else text, None, len(text))
    return _resized(text, _replaced(text, even), folded)


def _resized(text: str, replaced: str, folded: Mapping[str, str]) -> NormalText:
    """A text of which single characters are `replaced` already, with those folded to none or several."""
    pieces: list[str] = []
    origin: list[int] = []
    done = 0
    others = re.compile(f"[{re.escape(''.join(each for each, other in folded.items() if len(other) != 1))}]")
    for match in others.finditer(text):
        place, other = match.start(), folded[match[0]]
        pieces += (replaced[done:place], other)
        origin += (*range(done, place), *repeat(place, len(other)))
        done = place + 1
    return NormalText("".join((*pieces, replaced[done:])), [*origin, *range(done, len(text))], len(text))


def _replaced(text: str, folded: Mapping[str, str]) -> str:
    """`text` with some characters as one other each."""
    if len(folded) > _FEW or not folded.keys().isdisjoint(folded.values()):
        return text.translate({ord(character): other for character, other in folded.items()})
    for character, other in folded.items():  # ten times faster, and nothing made is replaced again
        text = text.replace(character, other)
    return text


_FEW = 48
_ASCII = bytes(range(128))


def _foreign(text: str) -> set[str]:
    """The characters of a text that may fold to another. Of bytes, since texts are long and these few."""
    beyond = text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass")
    return {"`", *beyond} if "`" in text else set(beyond)


def _fold(character: str) -> str:
    if character in _QUOTES:
        return _QUOTES[character]
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    if _FIRST_TAG <= character <= _LAST_TAG:
        return chr(ord(character) - _TAGS)
    if unicodedata.category(character) in ("Cf", "Mn") and not unicodedata.combining(character):
        return ""  # zero-width characters, soft hyphens, direction marks, variation selectors
    folded = unicodedata.normalize("NFKC", _LOOKALIKES.get(character, character))
    # U+00B4 and its like turn into a space and a mark: a word must not fall apart by folding.
    return character if len(folded) > 1 and any(map(str.isspace, folded)) else folded


def _plain(text: str) -> str:
    parted = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in parted if not unicodedata.combining(character))
