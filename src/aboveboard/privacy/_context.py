"""How much of what stood before a place of a text must be kept, so that it is read on as in the whole.

Patterns read fewer than fifty characters back, and the tagger some words, whose tokens must be those of the
whole: so what is kept begins where a token does.
"""

from aboveboard.privacy._decoding import decode_marks, may_hold_marks
from aboveboard.privacy._words import token_start, words_from
from aboveboard.values import normalise

LONGEST_CONTEXT = 320
"""This many characters are always kept, as they are read: decoded and folded."""
MOST_CONTEXT = 8192
"""About so many are ever kept. An escape within an escape takes 81 characters for one, a hidden character
beside each twice that: what patterns read is always among them.
"""


def kept(text: str) -> str:
    """The end of a text (itself kept so): enough for `find` to read on from there as in the whole."""
    at = min(_words_from(text), token_start(text, _shown_from(text) + 1))
    if len(text) - at <= MOST_CONTEXT:
        return text[at:]
    from aboveboard.privacy.tagger import token_at

    text = _without_floods(text)
    return text[token_at(text, max(0, len(text) - MOST_CONTEXT)) :]


def _words_from(text: str) -> int:
    """Where the last words begin that names are read with: words of what escapes mean."""
    plain = decode_marks(text)
    at = words_from(plain.text, len(plain.text))
    while plain.is_within(at):
        at -= 1
    return plain.span(at, at)[0]


def _shown_from(text: str) -> int:
    """Where the last `LONGEST_CONTEXT` characters begin that something is left of when they are read."""
    length = LONGEST_CONTEXT
    while length < len(text) and _shown(text[-length:]) < LONGEST_CONTEXT:
        length *= 2
    return max(0, len(text) - length)


def _shown(text: str) -> int:
    if text.isascii() and not may_hold_marks(text):
        return len(text)
    return len(normalise(decode_marks(text).text).text)


def _without_floods(text: str) -> str:
    """One of every run of characters that nobody sees: an escape with one in it stays none."""
    origin = normalise(text).origin
    if origin is None:
        return text
    seen = set(origin[:-1])
    return "".join(each for place, each in enumerate(text) if place in seen or place - 1 in seen)
