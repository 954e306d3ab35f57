"""Personal data that has a form, in any text: normalised, found, and said in the text's own offsets."""

import re
from dataclasses import replace

from aboveboard.privacy._decoding import Decoded, decode_marks, may_hold_marks
from aboveboard.privacy._layers import untangled
from aboveboard.privacy._span import PersonalData
from aboveboard.privacy.patterns._engine import PATTERN_TYPES, Engine, engine
from aboveboard.privacy.patterns._regions import regions, settled_regions
from aboveboard.privacy.patterns._resolution import resolve
from aboveboard.values import NormalText, normalise

_DASH = re.compile(r"(?<=\d)[\u2013\u2014](?=\d)")
_RANKS = {name: rank for rank, name in enumerate(PATTERN_TYPES)}


def find_patterns(text: str, types: tuple[str, ...] | None = None, start: int = 0) -> list[PersonalData]:
    """Personal data that has a form in `text` from `start` (a word's start) on, in order, never overlapping.

    What stands before `start` is read as context only. Offsets are code points of `text` as given, whatever
    it was normalised to. Linear in the length of the text. Raises UnknownNameError for an unknown type.
    """
    return found_by(engine(types), text, start)


def found_by(chosen: Engine, text: str, start: int = 0) -> list[PersonalData]:
    """What an engine finds in a text as given."""
    has_marks = may_hold_marks(text)
    if text.isascii() and not has_marks:  # as most are: nothing to undo
        return resolve(chosen.candidates(text, start), _RANKS)
    plain = decode_marks(text) if has_marks else Decoded(text)
    normal = _folded(plain.text)
    if normal.origin is None and plain.origin is None:
        return resolve(chosen.candidates(normal.text, start), _RANKS)
    start = normal.index(plain.index(start))
    found = resolve(chosen.candidates(normal.text, start), _RANKS)
    # Two may share an escape that stands for several characters.
    return untangled((_as_given(item, normal, plain) for item in found), len(text))


def _folded(text: str) -> NormalText:
    """A text folded, the longer dashes between digits too: numbers are printed with them, `212–555–0142`.

    Within a word, so that a growing text is read as it will be.
    """
    normal = normalise(text)
    if "\u2013" in text or "\u2014" in text:
        return replace(normal, text=_DASH.sub("-", normal.text))
    return normal


def _as_given(item: PersonalData, normal: NormalText, plain: Decoded) -> PersonalData:
    return item.at(*plain.span(*normal.span(item.start, item.end)))


def settled_patterns(text: str, start: int = 0) -> int:
    """Up to where `find_patterns` judges a growing text from `start` (a place given before, or 0) on as it
    would with all that follows: `start` or more.
    """
    if text.isascii() and not may_hold_marks(text):
        return start + settled_regions(text[start:])
    plain, normal = _read_from(text, start)
    end = settled_regions(normal.text)
    return _place(end, start, plain, normal)


def settled_places(text: str, start: int = 0) -> list[int]:
    """All the places up to which it does, in order: where something new may begin."""
    plain, normal = _read_from(text, start)
    end = settled_regions(normal.text)
    places = [begin for begin, _ in regions(normal.text) if 0 < begin < end]
    found = (_place(place, start, plain, normal) for place in [*places, *([end] if end else [])])
    return [place for place in found if place > start]


def _read_from(text: str, start: int) -> tuple[Decoded, NormalText]:
    """The text decoded, and from `start` on folded."""
    plain = decode_marks(text)
    return plain, _folded(plain.text[plain.index(start) :])


def _place(folded: int, start: int, plain: Decoded, normal: NormalText) -> int:
    """Where in the text as given a place of the folded text is, right behind what stands before it."""
    at = plain.index(start) + normal.span(0, folded)[1] if folded else 0
    if not folded or plain.is_within(at):
        return start
    return plain.span(0, at)[1]
