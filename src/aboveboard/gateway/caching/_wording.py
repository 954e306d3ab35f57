"""What is left of a short question when all is taken away that changes nothing in what it asks.

No vectors: by measurement (`benchmarks/gateway/semantic_cache.py`) embeddings of sentences find a question
with another number, name or direction nearer than most other wordings of the same one. Here every word
counts, as it is spelled and where it stands. Forgiven are greetings and thanks, a polite frame ("Could you
tell me whether…"), a time or condition that stands first, and the place of the auxiliary verb that a frame
moves.
"""

import re
import unicodedata
from collections.abc import Sequence
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
_END = re.compile(r"(?:(?<=\w)[.?]|(?<=[^\W\d_]{2})!)$")  # neither of `5!`, `n!`, `cd ..` nor `int??`
_QUOTES = frozenset('"`“”„«»‚‘')
_WIDE = re.compile(r"['’\"`“”„«»‚‘].*  |  .*['’\"`“”„«»‚‘]")  # what is quoted may be about its spaces
_AUXILIARY_WORDS = """
    is are am was were can could may might must should will would shall
    es son está están puede pueden puedo fue
"""
_LAST_WORDS = """
    kann können darf dürfen muss müssen soll sollen wird werden wurde wurden ist sind hat habe
"""
_NEGATION_WORDS = """
    not no never none nothing nobody cannot nicht nie niemals nichts niemand nunca jamás nada nadie
"""
_LAST, _NEGATIONS = frozenset(_LAST_WORDS.split()), frozenset(_NEGATION_WORDS.split())
_AUXILIARIES = _LAST | frozenset(_AUXILIARY_WORDS.split())
_CLAUSE_WORDS = """
    if whether when where while who whom whose which that what how why because although and or but since until
    ob wenn falls dass weil während und oder aber wer wen wem wann wo wie warum bevor nachdem damit
    si que qué cuando mientras porque y o pero quien quién donde como
"""
_CLAUSES = frozenset(_CLAUSE_WORDS.split())
_AMBIGUOUS = frozenset({"es", "son"})  # verbs in Spanish; "it" in German, and a child
_ASKING_WORDS = """
    qué quién quiénes cuál cuáles cómo cuándo dónde cuánto cuánta cuántos cuántas
"""
_ASKING = frozenset(_ASKING_WORDS.split())
_SUBJECTS = frozenset({"i", "we", "you", "they"})
_PRONOUNS = _SUBJECTS | {"he", "she", "it", "ich", "wir", "du", "er", "sie", "man", "yo", "él", "ella", "se"}


def normal_form(text: str) -> str | None:
    """A text that two others share only if they have the same words in the same order, but for what is said
    around them; None for one that is too long, or of more than one line. Time is linear in its length.
    """
    if len(text) > MOST_CHARACTERS or _UNEVEN.search(text.strip()) or _WIDE.search(text):
        return None
    said = _without_courtesies(" ".join(unicodedata.normalize("NFC", text).split()))
    framed = _without_frame(said)
    if framed != said:
        return _form(framed, is_question=True)
    if found := WOULD_YOU.match(said):
        return _form(FOR_ME.sub("", said[found.end() :]).rstrip("?"), is_question=False)
    return _form(said, is_question=said.endswith("?") or bool(ASKING.match(said)))


def _without_courtesies(said: str) -> str:
    bare = _without_start(said, GREETING, PLEASE)
    if MENTIONING.search(_without_frame(bare)):
        return _without_start(said, PLEASE)
    found = ENDING.search(bare)
    return bare[: found.start()] + (found["end"] or "") + found["mark"] if found else bare


def _without_start(said: str, *patterns: re.Pattern[str]) -> str:
    said = said.lstrip("¿¡ ")
    for _ in range(_MOST_COURTESIES):
        for pattern in patterns:
            if found := pattern.match(said):
                said = said[found.end() :].lstrip("¿¡ ")
    return said


def _without_frame(said: str) -> str:
    found = WHETHER.match(said) or TELL.match(said)
    return said[found.end() :] if found else said


def _form(said: str, *, is_question: bool) -> str | None:
    said = _END.sub("", said.lstrip("¿¡ "))
    fronted = None if _QUOTES & set(said) else FRONTED.match(said)
    if fronted:
        said = f"{fronted['rest'].lstrip('¿¡')} {_uncapitalised(fronted['first'])}"
    words = said.split()
    if not any(map(str.isalnum, said)):
        return None
    words[0] = _uncapitalised(words[0])
    return f"ask {' '.join(_as_asked(words))}" if is_question else f"say {' '.join(words)}"


def _uncapitalised(word: str) -> str:
    """A first word as it would stand elsewhere; what is written in capitals stays a name."""
    return word if word[1:2].isupper() else word[:1].lower() + word[1:]


def _as_asked(words: list[str]) -> list[str]:
    """A question as a frame would have it: the verb that it moves stands last, if its place tells no more."""
    words = _without_do(["i" if word == "I" else word for word in words])
    places = [place for place in range(len(words)) if _is_auxiliary(words, place)]
    if len(places) != 1 or not _is_one_clause(words, places[0]):
        return words
    moved = words.pop(places[0])
    is_way = words[:2] == ["how", "i"] and moved == "can"  # how I can, and how I do
    return words if is_way else [*words, "|", moved]


def _is_auxiliary(words: Sequence[str], place: int) -> bool:
    is_known = words[place] not in _AMBIGUOUS or place == 0 or words[place - 1] in _ASKING
    return words[place] in _AUXILIARIES and is_known


def _is_one_clause(words: Sequence[str], place: int) -> bool:
    """Whether the verb at a place can be no other clause's ("Can I stay if I pay?", "the people I can help"),
    and no negation shows by its own place what it denies.
    """
    is_joined = any(word in _CLAUSES for word in words[2:]) or any(word[-1] in ",;:" for word in words)
    is_last = place == len(words) - 1 and words[place] in _LAST  # where a German subordinate clause has it
    is_other = not is_last and any(word in _PRONOUNS and abs(at - place) > 1 for at, word in enumerate(words))
    return not (is_joined or is_other or any(map(_denies, words)))


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
