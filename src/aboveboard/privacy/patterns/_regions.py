r"""The places of a text where personal data can be, found in one linear pass.

A text falls into *regions*: runs of words that may be one thing written with spaces (`+44 20 7946 0958`,
`12 March 1980`, `DE89 3704 …`), and single words. Nothing is found across two regions, and no finder looks
further than its region and `CONTEXT` characters before it. A text may therefore be cut between regions and
give the same findings: that is what lets a stream be checked in pieces. It also lets the region around one
place be found without looking at the rest of the text.

A word ends at white space, at one of `"{}|` and beside characters of scripts written without spaces (see
`_scripts.py`).
"""

import re
from collections.abc import Iterator

from aboveboard.privacy.patterns._scripts import APART, SPACELESS
from aboveboard.privacy.patterns._vocabulary import BEGINNINGS, RUN_WORDS, TITLE_WORDS

CONTEXT = 48
"""How many characters before a region a finder may read."""

_BREAK = rf"\s\"{{}}|{SPACELESS}{APART}"
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
_MARKS = r"[.,;:)\]]{0,3}"
_NUMBERS = rf"[+(-]{{0,2}}[A-Z]{{0,2}}[0-9][0-9./()\-]{{0,30}}[A-Za-z0-9]{{0,4}}{_MARKS}"
_CLOSES = r"[<>'\u2019\u201d»*`~&=\\!?…\u2014%;].*|,(?!\d).+"  # `0958</td>`, `0958**`: nothing of the number
_GOES_ON = re.compile(rf"(?:{_NUMBERS}|[A-Z]{{1,4}}{_MARKS})(?:{_CLOSES})?", re.DOTALL)
_CLOSING = ".,;:)]?!'*\u2019\u201d\u2026»"
_BEGINS = re.compile(rf"{_NUMBERS}|[A-Z]{{1,2}}|[A-Z]{{1,3}}-[A-Z]{{1,2}}")
_ENDS_IN_NUMBERS = re.compile(rf"\W{_NUMBERS}\Z")
_LONGEST_END = 48  # characters of which it sees all, however long the word before them is
_MOST_WORDS = 36
_MOST_SPACES = 2
_SPACE = 32
_BEGINNERS = BEGINNINGS | TITLE_WORDS
_RUNNERS = RUN_WORDS | _BEGINNERS

_LAST = re.compile(r"[^\W\d_]+\.?\Z")
_LONGEST_TITLE = 16
_ANCHOR = re.compile("[0-9@]")
_BREAKS = re.compile(f"[{_BREAK}]")
_WIDE_SPACES = r"\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_WIDE_BREAKS = re.compile(rf"[{_WIDE_SPACES}{SPACELESS}{APART}]+")  # one class: runs are found at once
_WORD_START = re.compile(rb"(?<= )[^ ]")
_ANY_BYTE = re.compile(rb"[^ ]")
LONGEST_LEAD = 64  # at most so many other characters stand in a region before its first digit
_FLAT = bytes(32 if _BREAKS.match(chr(code)) else code for code in range(256))


def _joins(before: str, word: str) -> bool:
    """Whether a word may be one thing with the word before it."""
    if word.isalpha():
        if word.isupper() and len(word) <= 4:
            return True
        return word.lower() in RUN_WORDS or (word[0].isupper() and _is_title(before))
    if _GOES_ON.fullmatch(word):
        return True
    return word.partition("<")[0].rstrip(_CLOSING).lower() in RUN_WORDS or (
        word[0].isupper() and _is_title(before)
    )


def _is_title(word: str) -> bool:
    """Whether the word, or what stands last in it (`(Frau`), is a form of address."""
    if word.isalpha():
        return word.lower() in TITLE_WORDS
    if not (word[-1].isalpha() or word[-1] == "."):
        return False
    last = _LAST.search(word[-_LONGEST_TITLE:])
    return last is not None and last[0].lower() in TITLE_WORDS


def _begins(word: str) -> bool:
    """Whether a run may begin with the word."""
    if word.isalpha() and not (len(word) <= 2 and word.isupper()):
        return word.lower() in _BEGINNERS
    if _BEGINS.fullmatch(word) or _ENDS_IN_NUMBERS.search(word, max(0, len(word) - _LONGEST_END)):
        return True
    return word.rstrip(".,").lower() in BEGINNINGS or _is_title(word)


def regions(text: str, start: int = 0) -> Iterator[tuple[int, int]]:
    """The spans of all regions of `text`, from a word's start on. Linear."""
    flat = flattened(text, in_bytes(text))
    first = _ANY_BYTE.search(flat, start)
    while first:
        begin = first.start()
        end = _run_end(text, flat, begin)
        yield begin, end
        first = _ANY_BYTE.search(flat, end)


def _run_end(text: str, flat: bytes, begin: int) -> int:
    """Where the region ends that begins at `begin`, where a word does."""
    end = word_end(flat, begin)
    before, count = text[begin:end], 1
    if not _begins(before):
        return end
    while count < _MOST_WORDS:
        start = end + 2 if text.startswith("  ", end) else end + 1
        if not text.startswith(" ", end) or flat[start : start + 1] in (b" ", b""):
            break
        finish = word_end(flat, start)
        word = text[start:finish]
        if not _joins(before, word):
            break
        before, end, count = word, finish, count + 1
    return end


def word_end(flat: bytes, begin: int) -> int:
    """Where the word that begins at or goes through `begin` ends."""
    end = flat.find(b" ", begin)
    return end if end >= 0 else len(flat)


def is_anchored(text: str, start: int, end: int) -> bool:
    """Whether a digit or an `@` is there."""
    return _ANCHOR.search(text, start, end) is not None


def in_bytes(text: str) -> bytes:
    """One byte a character, so that offsets stay the same: what Latin-1 lacks reads as `?`."""
    return text.encode("latin-1", "replace")


def flattened(text: str, data: bytes) -> bytes:
    """`data` (a text's bytes, one a character) with a space for everything that ends a word."""
    flat = data.translate(_FLAT)
    return flat if text.isascii() or b"?" not in data else _without_wide_breaks(text, flat)


def _without_wide_breaks(text: str, flat: bytes) -> bytes:
    if flat.count(b"?") > len(flat) >> 4:  # a text in another script
        return in_bytes(_WIDE_BREAKS.sub(_spaces, text)).translate(_FLAT)
    cut = bytearray(flat)
    place = flat.find(b"?")
    while place >= 0:
        run = _WIDE_BREAKS.match(text, place)
        end = run.end() if run else place + 1
        if run:
            cut[place:end] = b" " * (end - place)
        place = flat.find(b"?", end)
    return bytes(cut)


def _spaces(run: re.Match[str]) -> str:
    return " " * len(run[0])


def words_in(flat: bytes, start: int, limit: int) -> list[int]:
    """Where words begin after `start`, before `limit`."""
    return [match.start() for match in _WORD_START.finditer(flat, start, limit)]


def numbers_in(flat: bytes, digits: bytes, start: int, limit: int) -> list[int]:
    """The first digit of each word that begins at `start` or later and holds one before `limit`."""
    places = []
    place = digits.find(b"9", start, limit)
    while place >= 0:
        if flat.rfind(b" ", max(0, start - 1), place) >= 0:
            places.append(place)
        end = flat.find(b" ", place, limit)
        place = digits.find(b"9", end, limit) if end >= 0 else -1
    return places


class Words:
    """The words and regions around places of a text, which must be asked for in rising order. Linear."""

    __slots__ = ("_done", "_flat", "_low", "_run", "_text", "end", "start")

    def __init__(self, text: str, flat: bytes, low: int) -> None:
        self._text = text
        self._flat = flat
        self._low = self._done = self.start = self.end = low
        self._run = (low, low)

    def move_to(self, place: int) -> bool:
        """Makes `start` and `end` those of the word around `place`; False where there is none."""
        flat = self._flat
        if flat[place] == _SPACE:
            return False
        self.start = max(flat.rfind(b" ", self._low, place) + 1, self._low)
        self.end = word_end(flat, place)
        return True

    @property
    def bounds(self) -> tuple[int, int]:
        """The span of the current word."""
        return self.start, self.end

    def region(self) -> tuple[int, int]:
        """The region that the current word is in."""
        if self.start >= self._done:
            text, flat, start = self._text, self._flat, self.start
            begin = self._run_begin()
            end = _run_end(text, flat, begin)
            while end <= start:  # the words before make a region of their own
                begin = end + 1 if flat[end + 1] != _SPACE else end + 2
                end = _run_end(text, flat, begin)
            self._run, self._done = (begin, end), end
        return self._run

    def _run_begin(self) -> int:
        """A word's start at or before the current one's where surely a region begins."""
        text, flat, begin, end = self._text, self._flat, self.start, self.end
        while begin > self._done and text[begin - 1] == " ":
            last = begin - 1 if text[begin - 2 : begin - 1] != " " else begin - 2
            before = max(flat.rfind(b" ", self._low, last) + 1, self._low)
            if before >= last:
                break
            word = text[before:last]
            is_in_no_run = word.isalpha() and word.islower() and word not in _RUNNERS
            if is_in_no_run or not _joins(word, text[begin:end]):
                break
            begin, end = before, last
        return begin


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
    last = len(text[:end].rstrip(" "))
    if end == 0 or not 0 < end - last <= _MOST_SPACES or _BREAKS.match(text, last - 1):
        return end
    word = text[max(text.rfind(" ", 0, last) + 1, 0) : last]
    if not (word[0].isupper() or _BREAKS.search(word) or _begins(word) or _joins("", word)):
        return end
    words = Words(text, flattened(text, in_bytes(text)), 0)
    words.move_to(last - 1)
    begin, _ = words.region()
    run = text[begin:last].split()
    return end if len(run) == _MOST_WORDS or not _begins(run[0]) else begin
