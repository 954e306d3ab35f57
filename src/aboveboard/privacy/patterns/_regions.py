r"""The places of a text where personal data can be, found in one linear pass.

Every pattern of this package needs a digit or an `@`. A *region* is a word that holds one, or a run of words
that may be one thing written with spaces (`+44 20 7946 0958`, `12 March 1980`, `DE89 3704 …`). Nothing is
found across two regions, and no finder looks further than its region and `CONTEXT` characters before it. A
text may therefore be cut between regions and give the same findings: that is what lets a stream be checked in
pieces.

A word ends at white space, at one of `"{}|` and beside characters of scripts written without spaces.
"""

import re
from collections.abc import Iterator

CONTEXT = 48
"""How many characters before a region a finder may read."""

_BREAK = r"\s\"{}|\u0e00-\u0eff\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff"
_W = f"[^{_BREAK}]"
_MONTHS = (
    "jan(?:uary?|vier|uar|ner)?|feb(?:ruary?|ruar)?|f[eé]v(?:rier)?|mar(?:ch|s|zo)?|märz|apr(?:il|ile)?"
    "|avr(?:il)?"
    "|ma(?:y|i|yo)|jun(?:e|i|io)?|juin|jul(?:y|i|io)?|juil(?:let)?|aug(?:ust)?|ao[uû]t|ago(?:sto)?"
    "|sept?(?:ember|embre|tiembre|tembre)?|o[ck]t(?:ober|obre|ubre)?|nov(?:ember|embre|iembre)?"
    "|d[eé][cz](?:ember|embre)?|dic(?:iembre|embre)?|enero|ene|febrero|abr(?:il)?|gen(?:naio)?|febbraio"
    "|mag(?:gio)?"
    "|giu(?:gno)?|lug(?:lio)?|settembre|set|ott(?:obre)?"
)
MONTH = f"(?i:{_MONTHS})"
_NUMBERS = r"[+(]{0,2}[A-Z]{0,2}[0-9][0-9./()\-]{0,30}[A-Za-z0-9]{0,4}"
_MARKS = r"[.,;:)\]]{0,2}"
_FIRST = rf"(?:{_W}{{0,24}}[^\w{_BREAK}])?{_NUMBERS}{_MARKS}|{MONTH}[.,]?|[A-Z]{{2}}"
_NEXT = rf"(?:{_NUMBERS}|[A-Z]{{1,4}}|{MONTH}|of|de|[-–/]){_MARKS}"
_MOST_WORDS = 12
_MOST_SPACES = 2

_REGION = re.compile(
    rf"(?<!{_W})(?:(?P<run>(?:{_FIRST})(?!{_W})(?: {{1,2}}{_NEXT}(?!{_W})){{0,{_MOST_WORDS - 1}}})"
    rf"|[^{_BREAK}0-9@]*+[0-9@]{_W}*+)"
)
_ANCHOR = re.compile("[0-9@]")
_MAY_RUN = re.compile("[0-9A-Z@]")
_BREAKS = re.compile(f"[{_BREAK}]")


def regions(text: str, start: int = 0) -> Iterator[tuple[int, int]]:
    """The spans of `text`, from a word's start on, that may hold personal data."""
    for match in _REGION.finditer(text, start):
        if _ANCHOR.search(text, match.start(), match.end()):
            yield match.span()


def has_anchor(text: str, start: int = 0) -> bool:
    """Whether anything can be found in a normalised text at all."""
    return _ANCHOR.search(text, start) is not None


def last_break(text: str) -> int:
    """The index of the last character that ends a word, -1 without one."""
    last = text.rfind(" ")
    tail = text[last + 1 :]
    if not (tail.isascii() and tail.isalnum()):
        for match in _BREAKS.finditer(tail):
            last = len(text) - len(tail) + match.start()
    return last


def settled_words(text: str) -> int:
    """How much of a growing text is whole words: all but the last."""
    return last_break(text) + 1


def settled_regions(text: str) -> int:
    """How much of a growing text holds nothing that what follows could still turn into personal data.

    `text` (normalised) begins at a word's start. A run at its end is held: the next word may belong to it.
    """
    end = settled_words(text)
    if not end or text[end - 1] != " ":
        return end
    spaces = end - len(text[:end].rstrip(" "))
    if spaces > _MOST_SPACES:
        return end
    run = None
    for match in _REGION.finditer(text, 0, end - spaces):
        run = match
    if run is None or run.end() != end - spaces or run.lastgroup != "run":
        return end
    return end if len(run[0].split()) == _MOST_WORDS else run.start()
