"""How stand-ins are written, and read again.

| form | written by |
|---|---|
| `<EMAIL_1>` | mask |
| `<EMAIL~k7q2xw9mabcdefgh>`, `<EMAIL~….2>` | pseudonymise |
| `<EMAIL=d…>` | encrypt (base64url) |
| `<EMAIL#9f86d081884c7d65>` | hash; never read back |
| `[EMAIL]` | redact; never read back |
"""

import re
from functools import lru_cache

LONGEST_TOKEN = 1700
"""No written token is longer; more than this never has to be held back in a stream."""
HIGHEST_NUMBER = 999_999_999
"""No placeholder with a higher number would be read back."""
HIGHEST_VARIANT = 999_999
"""The same for the number behind a pseudonym."""

NAME = r"[A-Za-z][A-Za-z0-9]{0,23}(?:\\?[_-][A-Za-z0-9]{1,16}){0,3}"
"""A type's name inside a stand-in; a model may have escaped its underscores for Markdown."""
_TOKEN = re.compile(
    rf"<(?P<name>{NAME})(?:~(?P<pseudonym>[a-zA-Z2-7]{{16}}(?:\.[1-9]\d{{0,5}})?)|=(?P<cipher>[dn][\w-]{{20,1600}}))>",
    re.ASCII,
)
_UNFINISHED_TOKEN = re.compile(
    rf"<(?:{NAME}[_-]?(?:~[a-zA-Z2-7]{{0,16}}(?:\.\d{{0,6}})?|=[\w-]{{0,1601}})?)?", re.ASCII
)


@lru_cache(maxsize=1024)
def type_name(type_: str) -> str:
    """A type's name as stand-ins write it: `birth-date` is BIRTH_DATE, `1password-key` X1PASSWORD_KEY.

    Whatever the type, the name is one that can be read back.
    """
    words = re.findall(r"[A-Z0-9]+", type_.upper()) or ["X"]
    first = words[0] if words[0][0].isalpha() else f"X{words[0]}"
    return "_".join([first[:24], *(word[:16] for word in words[1:4])])


def placeholder(type_: str, number: int) -> str:
    """The stand-in for the `number`-th value of a type: `<EMAIL_1>`."""
    return f"<{type_name(type_)}_{number}>"


def token(type_: str, mark: str, body: str) -> str:
    """A stand-in with a body: `<EMAIL~k7q2…>`, `<EMAIL#9f86…>`, `<EMAIL=d…>`."""
    return f"<{type_name(type_)}{mark}{body}>"


def token_pattern() -> re.Pattern[str]:
    """Matches every token that can be read back: pseudonyms and ciphertexts."""
    return _TOKEN


def unfinished_token_from(text: str) -> int:
    """Where a token begins that what follows may complete; the text's length when none does."""
    begin = text.rfind("<", max(0, len(text) - LONGEST_TOKEN))
    if begin >= 0 and _UNFINISHED_TOKEN.fullmatch(text, begin):
        return begin
    return len(text)
