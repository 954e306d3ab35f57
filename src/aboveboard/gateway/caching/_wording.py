"""What is left of a short question when all is taken away that changes nothing in what it asks.

No vectors: by measurement (`benchmarks/gateway/semantic_cache.py`) embeddings of sentences find a question
with another number, name or direction nearer than most other wordings of the same one. Here every word
counts, as it is spelled and where it stands. Forgiven are greetings and thanks, a polite frame ("Could you
tell me whether…"), a time or condition that stands first, and the place of the auxiliary verb that a frame
moves.
"""

import re
import unicodedata
from itertools import pairwise

from aboveboard.gateway.caching._courtesy import (
    ASKING,
    ENDING,
    FOR_ME,
    FRONTED,
    GREETING,
    MENTIONING,
    PLEASE,
    TELL,
    WHETHER,
    WOULD_YOU,
)

MOST_CHARACTERS = 300
"""Longer texts are only ever the same word for word."""

_MOST_COURTESIES = 3
_UNEVEN = re.compile(r"[^\S ]|[\x00-\x1f\x7f]")
_QUOTES = frozenset('"`“”„«»‚‘')
_AUXILIARY_WORDS = """
    is are am was were can could may might must should will would shall
    kann können darf dürfen muss müssen soll sollen wird werden wurde wurden ist sind hat habe
    es son está están puede pueden puedo fue
"""
_NEGATION_WORDS = """
    not no never none nothing nobody cannot nicht nie niemals nichts niemand nunca jamás nada nadie
"""
_AUXILIARIES, _NEGATIONS = frozenset(_AUXILIARY_WORDS.split()), frozenset(_NEGATION_WORDS.split())
_SUBJECTS = frozenset({"i", "we", "you", "they"})


def normal_form(text: str) -> str | None:
    """A text that two others share only if they have the same words in the same order, but for what is said
    around them; None for one that is too long, or of more than one line. Time is linear in its length.
    """
    if len(text) > MOST_CHARACTERS or _UNEVEN.search(text.strip()):
        return None
    said = _without_courtesies(" ".join(unicodedata.normalize("NFC", text).split()))
    for frame in (WHETHER, TELL):
        if found := frame.match(said):
            return _form(said[found.end() :], is_question=True)
    if found := WOULD_YOU.match(said):
        return _form(FOR_ME.sub("", said[found.end() :]).rstrip("?"), is_question=False)
    return _form(said, is_question=said.endswith("?") or bool(ASKING.match(said)))


def _without_courtesies(said: str) -> str:
    is_about_words = MENTIONING.search(TELL.sub("", WHETHER.sub("", said)))
    patterns = (PLEASE,) if is_about_words else (GREETING, PLEASE)
    for _ in range(_MOST_COURTESIES):
        said = said.lstrip("¿¡ ")
        for pattern in patterns:
            if found := pattern.match(said):
                said = said[found.end() :]
    if not is_about_words and (found := ENDING.search(said)):
        said = said[: found.start()] + (found["end"] or "") + found["mark"]
    return said.lstrip("¿¡ ")


def _form(said: str, *, is_question: bool) -> str | None:
    said = said.strip("¿¡?!. ")
    fronted = None if _QUOTES & set(said) else FRONTED.match(said)
    if fronted:
        said = f"{fronted['rest'].lstrip('¿¡')} {_uncapitalised(fronted['first'])}"
    words = said.split()
    if not words:
        return None
    words[0] = _uncapitalised(words[0])
    return f"ask {' '.join(_as_asked(words))}" if is_question else f"say {' '.join(words)}"


def _uncapitalised(word: str) -> str:
    """A first word as it would stand elsewhere; what is written in capitals stays a name."""
    return word if word[1:2].isupper() else word[:1].lower() + word[1:]


def _as_asked(words: list[str]) -> list[str]:
    """A question as a frame would have it: the verb that it moves stands last. It stays where it is if more
    than one could be it, or if there is a negation, which shows by its place what it denies.
    """
    words = _without_do(["i" if word == "I" else word for word in words])
    moved = [word for word in words if word in _AUXILIARIES]
    if len(moved) != 1 or any(map(_denies, words)):
        return words
    rest = [word for word in words if word not in _AUXILIARIES]
    is_way = rest[:2] == ["how", "i"] and moved == ["can"]  # how I can, and how I do
    return rest if is_way else [*rest, "|", *moved]


def _without_do(words: list[str]) -> list[str]:
    """`how do i` and `how to` are `how i`, as in `tell me how I`."""
    if words[:2] == ["how", "to"]:
        return ["how", "i", *words[2:]]
    for place, pair in enumerate(pairwise(words)):
        if pair[0] == "do" and pair[1] in _SUBJECTS:
            return words[:place] + words[place + 1 :]
    return words


def _denies(word: str) -> bool:
    return word in _NEGATIONS or word.endswith(("n't", "n’t"))
