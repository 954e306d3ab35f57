r"""Labels: the words before a value that say what it is (`Passport no.: `), matched as whole words only."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from aboveboard.privacy._span import PersonalData
from aboveboard.privacy.patterns._regions import CONTEXT
from aboveboard.privacy.patterns._scripts import as_read

_REACH = CONTEXT - 1  # the character before that is still seen, so that no label begins in mid-word
_GAP = r"(?:(?![.!?;]\s+\w{3})\D){0,32}?\Z"
_NUMBER = (
    r"(?:[\s_]?(?:(?:numbers?|nummer|numero|número|numéro|num|no|nr|id|code|n[o°º]?)(?![^\W_])\.?|#)){0,2}"
)
# In names of settings too: `user_ssn`, `tax_id`, `passport_number` and `passportNumber`, but not `tax_rate`.
WORD_START = r"(?<![^\W_])"
WORD_END = r"(?:(?!\w)|(?=_?(?:numbers?|num|no|nr|id|code)(?![^\W_])))"
_IS = r"(?:\s{0,2}(?:[:=#>'\"([-]|is\b|was\b|ist\b|lautet\b|es\b|est\b|è\b|era\b)){0,3}\s{0,2}"


def label(words: str) -> re.Pattern[str]:
    """A pattern of a text that ends with one of `words` (alternatives) and at most 32 more characters, of
    which none is a digit and none ends a sentence; for small letters, which `is_labelled` makes.
    """
    return re.compile(
        rf"{WORD_START}(?:{as_read(_spelled(words.lower()))}){WORD_END}{_GAP}"
    )  # several times faster than without case


def is_labelled(text: str, place: int, words: re.Pattern[str], reach: int = _REACH) -> bool:
    """Whether a `label`, or another pattern of small letters, begins within `reach` before `place`."""
    low = max(0, place - reach)
    first = max(0, low - 1)
    return words.search(in_small_letters(text[first:place]), low - first) is not None


def in_small_letters(text: str) -> str:
    """A text in small letters, none of which takes two characters."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else lowered.replace("i\u0307", "i")


def right_before(words: str) -> re.Pattern[str]:
    """A pattern of a text that ends with one of `words` and perhaps `number`, a colon or `is`."""
    named = rf"{WORD_START}(?:{as_read(_spelled(words))}){WORD_END}\.?{_NUMBER}\.?{_IS}"
    return re.compile(rf"{named}(?<![^\W_])\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A value known by the label right before it; `expression` has a group `value`."""

    type: str
    expression: str
    confidence: float
    is_valid: Callable[[str], bool] | None = None

    def find(self, text: str, start: int, end: int) -> Iterator[PersonalData]:
        """The values that begin in the region, whose labels may stand before it."""
        for match in _form(self.expression).finditer(text, max(0, start - _REACH), end):
            if match.start("value") >= start and (self.is_valid is None or self.is_valid(match["value"])):
                yield PersonalData(*match.span("value"), self.type, self.confidence)


def labelled(
    type_: str,
    words: str,
    value: str,
    confidence: float = 0.85,
    is_valid: Callable[[str], bool] | None = None,
) -> Labelled:
    """`words` (alternatives), then perhaps `number`, a colon or `is`, then the value. Case counts in the
    value only.
    """
    named = rf"(?:{_spelled(words)}){WORD_END}\.?{_NUMBER}\.?{_IS}"
    form = rf"{WORD_START}(?i:{named})(?<![^\W_])(?P<value>{value})(?!\w)"
    return Labelled(type_, form, confidence, is_valid)


_SPACED = re.compile(r"\[[^\]]* [^\]]*\]| ")


def _spelled(words: str) -> str:
    """An expression of words that takes an underscore wherever it takes a space."""
    return _SPACED.sub(_or_underscore, words)


def _or_underscore(spaced: re.Match[str]) -> str:
    return "[ _]" if spaced[0] == " " else f"[_{spaced[0][1:]}"


@cache
def _form(expression: str) -> re.Pattern[str]:
    """Compiled when first needed, since imports should take no time."""
    return re.compile(expression)


def trigger(words: str) -> str:
    """A prefilter's expression for labels."""
    return rf"(?i)\b(?:{words})"
