"""Does someone say that they may harm themselves? Phrases with scores, in five languages.

A phrase detector is transparent and quick, and it misses what nobody wrote down: see the figures and the
caveat in docs/reference/guards.md. It is a reason to offer help, never a diagnosis.
"""

import re
from collections.abc import Iterator

from aboveboard.detectors._crisis_english import OUTRIGHT
from aboveboard.detectors._crisis_english_hints import HINTS
from aboveboard.detectors._crisis_european import FRENCH, GERMAN, ITALIAN, SPANISH
from aboveboard.detectors._folding import fold
from aboveboard.detectors._phrases import Phrase
from aboveboard.detectors._spans import Detection, ScoredSpan
from aboveboard.detectors._stems import Stems

CRISIS_THRESHOLD = 0.6
"""A text that scores this much gets help offered."""

_LANGUAGES: tuple[tuple[str, tuple[Phrase, ...]], ...] = (
    ("en", (*OUTRIGHT, *HINTS)),
    ("de", GERMAN),
    ("es", SPANISH),
    ("fr", FRENCH),
    ("it", ITALIAN),
)
_PHRASES = tuple((language, phrase) for language, phrases in _LANGUAGES for phrase in phrases)
_STEMS = Stems(stem for _, phrase in _PHRASES for stem in phrase.stems)
_REACH = 80
_WINDOW = 8_000
_EDGE = 200
_DENIAL = re.compile(
    r"\b(?:not|never|n't|dont|wont|didnt|wouldnt|isnt|no longer|nobody|without|stop|prevent|from|don't) "
    r"(?:\w+ ){0,2}$"
)
_NO_DENIAL = re.compile(
    r"\b(?:can't stop|cannot stop|cant stop|not sure|not only|why not|don't know|dont know|not kidding|not "
    r"joking)\b"
)


def detect_crisis(text: str) -> Detection:
    """How strongly a message says that its writer, or someone close to them, may come to harm by their own
    hand.

    The score is 1 − Π(1 − score) over the phrases found, so that hints add up; of a text longer than 8,000
    characters it is that of the worst window. Reads all of it; linear in its length.
    """
    folded = fold(text)
    spans: list[ScoredSpan] = []
    score, language = 0.0, ""
    for begin, end in _windows(len(folded.text)):
        is_last = end >= len(folded.text)
        starts = range(_EDGE if begin else 0, _WINDOW if is_last else _WINDOW - _EDGE)
        found = list(_matches(folded.text[begin:end], starts))
        score = max(score, _combined([phrase.score for _, phrase, _ in found]))
        language = language or next((name for name, _, _ in found), "")
        for _, phrase, match in found:
            start, finish = folded.span(match.start() + begin, match.end() + begin)
            spans.append(ScoredSpan(start, finish, phrase.label, phrase.score))
    return Detection(score, tuple(sorted(set(spans), key=lambda span: (span.start, span.end))), language)


def prepare_crisis() -> None:
    """Gets ready now what the first text would else have to wait for."""
    _STEMS.prepare()


def _windows(length: int) -> Iterator[tuple[int, int]]:
    """Spans that overlap, so that each phrase lies in one of them with all that is read around it."""
    for begin in range(0, max(1, length - 2 * _EDGE), _WINDOW - 2 * _EDGE):
        yield begin, begin + _WINDOW


def _matches(plain: str, starts: range) -> Iterator[tuple[str, Phrase, re.Match[str]]]:
    stems = _STEMS.within(plain)
    for language, phrase in _PHRASES if stems else ():
        if not stems.isdisjoint(phrase.stems):
            match = _first_meant(phrase, plain, starts)
            if match:
                yield language, phrase, match


def _first_meant(phrase: Phrase, plain: str, starts: range) -> re.Match[str] | None:
    for match in phrase.pattern.finditer(plain):
        if match.start() in starts and match[0] and _is_meant(phrase, match, plain):
            return match
    return None


def _is_meant(phrase: Phrase, match: re.Match[str], plain: str) -> bool:
    if phrase.denied and _is_denied(plain[max(0, match.start() - 32) : match.start()]):
        return False
    near = plain[max(0, match.start() - _REACH) : match.end() + _REACH]
    return phrase.unless is None or phrase.unless.search(near) is None


def _is_denied(before: str) -> bool:
    return _DENIAL.search(before) is not None and _NO_DENIAL.search(before) is None


def _combined(scores: list[float]) -> float:
    rest = 1.0
    for score in scores:
        rest *= 1.0 - score
    return round(1.0 - rest, 4)
