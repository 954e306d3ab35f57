"""What a system prompt says, kept as hashes, and where another text says it again.

Words are compared in rows of four (shingles; Broder 1997), folded: case, accents, look-alike letters,
invisible characters, escapes, punctuation and spacing make no difference. The prompt's rows are also kept in
rot13 and written backwards, which costs the answer nothing; base64 and hexadecimal are read in the answer.
"""

import codecs
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from unicodedata import combining

from aboveboard.privacy.streams import DISGUISES, decode_marks, may_hold_marks
from aboveboard.values import NormalText, normalise

ROW = 4
"""Words in a row that are looked up together."""
_GAP = 2  # this many words may have been changed or put in between
_LONG = 20  # no word of prose; what base64 and hexadecimal hold words in
_LEAST_ENCODED = 6  # nobody encodes an ordinary phrase
_ASCII = str.maketrans({chr(code): chr(code).lower() if chr(code).isalnum() else " " for code in range(128)})
_BYTES = bytes(range(128))
_WIDE = "\u2e80-\u9fff"  # scripts without spaces, where each character counts as a word
_WORD = re.compile(rf"[{_WIDE}]|[^\W_{_WIDE}]+")
_BREAK = re.compile(rf".*[\s{_WIDE}]", re.DOTALL)
_MARKED = re.compile(r"(?i)\bcanary[ \t]{0,2}[:=][ \t]{0,2}([a-z0-9]{8,64})\b")


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Hashes of the rows of four words, of what such rows begin with, and of the marked canary words.

    Python's own hashes: of no use outside this process.
    """

    rows: frozenset[int] = frozenset()
    beginnings: frozenset[int] = frozenset()
    canaries: frozenset[int] = frozenset()

    def __or__(self, other: "Fingerprint") -> "Fingerprint":
        return Fingerprint(
            self.rows | other.rows, self.beginnings | other.beginnings, self.canaries | other.canaries
        )

    def without(self, rows: frozenset[int]) -> "Fingerprint":
        """The same, but for rows that may be said."""
        return Fingerprint(self.rows - rows, self.beginnings, self.canaries)


@dataclass(slots=True)
class Run:
    """Words `start` to `end` of a text, of which `said` stand so in the prompt; `is_close` where five or more
    in a row do.
    """

    start: int
    end: int
    said: int = ROW
    is_close: bool = False

    def is_leak(self, least: int) -> bool:
        return self.is_close and self.said >= least


def fingerprint(text: str) -> Fingerprint:
    """What is kept of a prompt."""
    words = words_in(text)
    forms = (
        words,
        [codecs.encode(word, "rot13") for word in words],
        [word[::-1] for word in reversed(words)],
    )
    beginnings = {
        hash(row) for form in forms for size in range(1, ROW) for row in _rows(form[: size - ROW], size)
    }
    canaries = frozenset(hash(match[1].lower()) for match in _MARKED.finditer(text))
    return Fingerprint(frozenset().union(*map(rows_of, forms)), frozenset(beginnings), canaries)


def rows_of(words: Sequence[str]) -> frozenset[int]:
    """The hashes of the rows of four."""
    return frozenset(map(hash, _rows(words, ROW)))


def _rows(words: Sequence[str], size: int) -> Iterable[tuple[str, ...]]:
    return zip(*(words[first:] for first in range(size)), strict=False)


def words_in(text: str) -> list[str]:
    """The folded words of a text."""
    return _split(_folded(decode_marks(text).text if may_hold_marks(text) else text).text)


def _folded(text: str) -> NormalText:
    """ASCII is lowered by `_split`. Where there are letters beyond it accents go too, which takes longer."""
    normal = normalise(text)
    if normal.text.isascii():
        return normal
    foreign = set(
        normal.text.encode("utf-8", "surrogatepass").translate(None, _BYTES).decode("utf-8", "replace")
    )
    if any(mark.isalnum() or combining(mark) or mark == "\ufffd" for mark in foreign):
        return normalise(text, plain=True)
    spaced = normal.text
    for mark in foreign:
        spaced = spaced.replace(mark, " ")
    return NormalText(spaced, normal.origin, normal.length)


def _split(text: str) -> list[str]:
    return text.translate(_ASCII).split() if text.isascii() else _WORD.findall(text)


def settled(text: str, known: Fingerprint) -> int:
    """How much of a growing text can be judged: up to the run, or the beginning of a row, that may go on."""
    finished = _BREAK.match(text)
    if finished is None:
        return 0
    words = words_in(finished[0])
    tail = _tail(words, known)
    last = list(runs(words, known.rows))[-1:] if len(words) >= ROW else []
    begin = next((run.start for run in last if tail - run.end <= _GAP), tail)
    return finished.end() if begin == len(words) else _word_start(finished[0], begin)


def _tail(words: Sequence[str], known: Fingerprint) -> int:
    """Where the longest end of the words begins that a row of the prompt begins with."""
    for size in range(min(ROW - 1, len(words)), 0, -1):
        if hash(tuple(words[-size:])) in known.beginnings:
            return len(words) - size
    return len(words)


def _word_start(text: str, number: int) -> int:
    """Where what stands between spaces begins that the numbered word is in."""
    place = spans(text, [(number, number + 1)])[0][0]
    before = _BREAK.match(text, 0, place)
    return before.end() if before else 0


def runs(words: Sequence[str], rows: frozenset[int]) -> Iterator[Run]:
    """The runs of known rows, in order, with small changes in between."""
    run: Run | None = None
    for place in [place for place, row in enumerate(map(hash, _rows(words, ROW))) if row in rows]:
        if run is None or place - run.end > _GAP:
            if run:
                yield run
            run = Run(place, place + ROW)
            continue
        run.is_close |= place == run.end - ROW + 1
        run.said += min(ROW, place + ROW - run.end)
        run.end = place + ROW
    if run:
        yield run


def repeated(text: str, known: Fingerprint, least: int) -> list[tuple[int, int, str]]:
    """Where a text repeats the prompt: starts, ends (code points) and what it is, in order. Linear."""
    words = words_in(text)
    found = [(*span, "system-prompt") for span in spans(text, _leaks(words, known, least))]
    if known.canaries and not known.canaries.isdisjoint(map(hash, words)):
        said = [(n, n + 1) for n, word in enumerate(words) if hash(word) in known.canaries]
        found += [(*span, "canary-token") for span in spans(text, said)]
    if words and max(map(len, words)) >= _LONG:
        found += _encoded(text, known, least)
    return _apart(sorted(found))


def _apart(found: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """What overlaps as one, of the kind that begins first."""
    apart: list[tuple[int, int, str]] = []
    for start, end, what in found:
        if apart and start < apart[-1][1]:
            start, last, what = apart.pop()
            end = max(end, last)
        apart.append((start, end, what))
    return apart


def _leaks(words: Sequence[str], known: Fingerprint, least: int) -> list[tuple[int, int]]:
    """The numbers of the words that leak. Five in a row hold a row that begins at an even place: those are
    looked at first, and are all that an answer without a leak costs.
    """
    even = zip(words[::2], words[1::2], words[2::2], words[3::2], strict=False)
    if known.rows.isdisjoint(map(hash, even)):
        return []
    return [(run.start, run.end) for run in runs(words, known.rows) if run.is_leak(least)]


def _encoded(text: str, known: Fingerprint, least: int) -> Iterator[tuple[int, int, str]]:
    """Base64 and hexadecimal words that hold the prompt's."""
    for disguise in DISGUISES:
        for start, end, inside in disguise.runs(text, 0, len(text)) if disguise.is_word else ():
            words = words_in(inside)
            is_canary = any(hash(word) in known.canaries for word in words)
            if is_canary or _leaks(words, known, min(least, _LEAST_ENCODED)):
                yield start, end, "canary-token" if is_canary else "system-prompt"


def spans(text: str, numbers: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans (code points) of words given by number, first and one past the last."""
    if not numbers:
        return []
    marks = decode_marks(text)
    normal = _folded(marks.text)
    plain = normal.text.translate(_ASCII) if normal.text.isascii() else normal.text
    places = [match.span() for match in _WORD.finditer(plain)]
    return [marks.span(*normal.span(places[first][0], places[last - 1][1])) for first, last in numbers]
