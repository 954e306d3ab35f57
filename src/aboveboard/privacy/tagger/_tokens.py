r"""A text as tokens that, joined, are the text again: words, numbers, marks, white space.

One space before a token belongs to it, which spares a token for every space. Every token is bounded in
length, and where it ends depends on nothing but its own characters and the one after: a text that grows
changes its last token at most, and a text that is cut between two tokens falls into the same ones.
"""

import re

_LETTERS = r"[^\W\d_]{1,32}"
_MARKED = r"(?:[\u0300-\u036f]{1,4}[^\W\d_]{0,32}){0,4}"  # letters with their accents beside them
_RULES = r"[-.=_*#~]{1,16}"
_MARK = r"[^\w\s]|\u005f"

_ASCII = re.compile(rf" ?(?:[A-Za-z]{{1,32}}|[0-9]{{1,32}}|{_RULES}|[^\w\s]|_)|\s{{1,16}}")
_ANY = re.compile(rf" ?(?:{_LETTERS}{_MARKED}|\d{{1,32}}|{_RULES}|{_MARK})|\s{{1,16}}")

LONGEST = 1 + 32 + 4 * 36
"""The most characters a token can have."""


def tokens_of(text: str) -> list[str]:
    """The tokens of a text, which joined are the text. Linear."""
    return (_ASCII if text.isascii() else _ANY).findall(text)
