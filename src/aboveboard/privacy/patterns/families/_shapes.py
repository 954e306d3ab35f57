"""Numbers of fixed shapes: `999-99-9999` is looked up in a table, and only then is anything checked."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby, starmap
from string import ascii_letters, digits

from aboveboard.privacy._span import PersonalData
from aboveboard.privacy.patterns._context import names_another_number, stands_alone
from aboveboard.privacy.patterns._labels import is_labelled, label, right_before
from aboveboard.privacy.patterns.families._standard import is_standard

_SKELETON = str.maketrans(dict.fromkeys(digits, "9") | dict.fromkeys(ascii_letters, "A"))
MISTYPED = 0.5
"""How sure a number is whose check digit is wrong, right after its own name: people mistype."""
_LEAST_DIFFERENT = 3  # fewer different digits are no number of anybody: 000-00-0000
_TOKEN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9./+-]*[A-Za-z0-9])?")


@dataclass(frozen=True, slots=True)
class Kind:
    """A number that a country gives: its shapes (9 a digit, A a letter), how it is confirmed, and the words
    one of which it needs before it (alternatives; empty: none). Right after one of its `names` (None: the
    words) it is found with a wrong check digit too.
    """

    country: str
    shapes: tuple[str, ...]
    is_valid: Callable[[str], bool] | None
    words: str = ""
    confidence: float = 0.95
    names: str | None = None

    @property
    def label(self) -> re.Pattern[str]:
        """The words, compiled when first needed."""
        return _label(self.words)

    def is_named(self, text: str, start: int) -> bool:
        """Whether one of its names stands right before `start`."""
        names = self.words if self.names is None else self.names
        return bool(names) and is_labelled(text, start, _right_before(names))


_label, _right_before = cache(label), cache(right_before)


def kind(
    country: str,
    shapes: str,
    check: str = "",
    words: str = "",
    confidence: float = 0.95,
    *,
    names: str | None = None,
) -> Kind:
    """A kind whose shapes are parted by `|`, checked by a stdnum module."""
    is_valid = _standard(check) if check else None
    return Kind(country, tuple(shapes.split("|")), is_valid, words, confidence, names)


def _standard(module: str) -> Callable[[str], bool]:
    def check(written: str) -> bool:
        try:
            number = written.upper()
            return is_standard(module, number) or is_standard(module, number.replace(".", ""))
        except LookupError:  # a province or a month that the module's tables lack
            return False

    return check


class ShapedNumbers:
    """Finds the numbers of some kinds, all of one type."""

    def __init__(self, type_: str, kinds: Sequence[Kind]) -> None:
        self.type = type_
        self.kinds = kinds
        self._by_shape: dict[str, list[Kind]] = {}
        for each in kinds:
            for shape in each.shapes:
                self._by_shape.setdefault(shape, []).append(each)
        self._longest = max(map(len, self._by_shape))

    def bare(self) -> "ShapedNumbers":
        """Those of kinds that need no word before them."""
        return ShapedNumbers(self.type, [each for each in self.kinds if not each.words])

    def named(self) -> "ShapedNumbers":
        """Those of kinds that need a word before them."""
        return ShapedNumbers(self.type, [each for each in self.kinds if each.words])

    @property
    def trigger(self) -> str:
        """A prefilter's expression: the shapes, or for kinds that need words the words.

        Words that Latin-1 cannot write give no trigger, so for their kinds it is the shapes.
        """
        forms = {form for each in self.kinds for form in _triggers(each)}
        return f"(?i)(?:{'|'.join(sorted(forms))})"

    def find(self, text: str, start: int, end: int) -> Iterator[PersonalData]:
        """Each run of tokens that has a kind's shape and passes its checks, the longest first."""
        skeleton, tokens = _skeleton_of(text[start:end])
        done = 0
        for index, (first, _) in enumerate(tokens):
            if first < done:
                continue
            for last in reversed(self._ends(tokens, index)):
                kinds = self._by_shape.get(skeleton[first:last])
                found = kinds and self._confirmed(kinds, text, start + first, start + last)
                if found:
                    yield found
                    done = last
                    break

    def _ends(self, tokens: Sequence[tuple[int, int]], index: int) -> list[int]:
        first = tokens[index][0]
        return [last for _, last in tokens[index : index + 8] if last - first <= self._longest]

    def _confirmed(self, kinds: Sequence[Kind], text: str, start: int, end: int) -> PersonalData | None:
        if not stands_alone(text, start, end):
            return None
        written, mistyped = text[start:end], None
        for each in kinds:
            if each.words and not is_labelled(text, start, each.label):
                continue
            if each.is_valid is None or each.is_valid(written):
                if each.words or not names_another_number(text, start):
                    return PersonalData(start, end, self.type, each.confidence)
            elif not mistyped and is_varied(written) and each.is_named(text, start):
                mistyped = PersonalData(start, end, self.type, MISTYPED)
        return mistyped


def is_varied(written: str) -> bool:
    """Whether a number has more than two different digits, as one that stands for nobody often has not."""
    return len(set(filter(str.isdigit, written))) >= _LEAST_DIFFERENT


def _skeleton_of(region: str) -> tuple[str, list[tuple[int, int]]]:
    return _short_skeleton(region) if len(region) < _SHORT else _long_skeleton(region)


def _long_skeleton(region: str) -> tuple[str, list[tuple[int, int]]]:
    """A region's shape, and the spans of its tokens."""
    skeleton = region.translate(_SKELETON)
    return skeleton, [match.span() for match in _TOKEN.finditer(skeleton)]


_SHORT = 120
_short_skeleton = lru_cache(maxsize=16)(_long_skeleton)  # several tables look at the same region in a row


def _triggers(kind: Kind) -> set[str]:
    if not kind.words or any(ord(character) > 0xFF for character in kind.words):
        return {_shape_form(shape) for shape in kind.shapes}
    return {rf"\b(?:{kind.words})\b"}


_CLASSES = {"9": "[0-9]", "A": "[A-Z]"}


def _shape_form(shape: str) -> str:
    runs = [(character, len(list(run))) for character, run in groupby(shape)]
    return rf"\b{''.join(starmap(_run_form, runs))}\b"


def _run_form(character: str, count: int) -> str:
    one = _CLASSES.get(character) or re.escape(character)
    return one if count == 1 else f"{one}{{{count}}}"
