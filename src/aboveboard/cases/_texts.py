"""What may be written into a case: short labels, and words of a bounded length."""

import re

from aboveboard.cases._errors import CaseInputError

LONGEST = 10_000
_IDENTIFIER = re.compile(r"[A-Za-z0-9:._-]{1,128}", re.ASCII)
_LABEL = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}", re.ASCII)


def label(text: str, what: str) -> str:
    """A ground or category as it is: it is stored in the clear, so it is one word and no prose."""
    if not _LABEL.fullmatch(text):
        raise CaseInputError(
            f"not a {what}: {text[:80]!r}",
            cure="use a word of lower-case letters, digits and '-', such as `unfair`",
        )
    return text


def identifier(text: str) -> str:
    """The id of a record as it is, or nothing: it comes from outside."""
    if text and not _IDENTIFIER.fullmatch(text):
        raise CaseInputError(f"not an id: {text[:80]!r}", cure="give the id that the answer's receipt has")
    return text


def words_within(text: str, most: int = LONGEST) -> str:
    """A person's words or a reason: something, and at most so many characters."""
    if not text.strip():
        raise CaseInputError("nothing was written", cure="say in a sentence what is the matter")
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise CaseInputError("a character that is none", cure="write it as UTF-8")
    if len(text) > most:
        raise CaseInputError(f"{len(text)} characters; at most {most} are taken", cure="shorten it")
    return text
