"""How stand-ins are written, and read again.

| form | written by |
|---|---|
| `<EMAIL_1>` | mask |
| `<EMAIL~k7q2xw9mabcdefgh>`, `<EMAIL~….2>` | pseudonymise |
| `<EMAIL=d…>` | encrypt (base64url) |
| `<EMAIL#9f86d081884c7d65>` | hash; never read back |
| `[EMAIL]` | redact; never read back |

A model may change a placeholder a little and still mean it: another case, a space inside the brackets, an
underscore escaped for Markdown, brackets escaped for HTML or JSON. Those are read too. A bare `EMAIL_1` is
not, since code and tables hold such names for things of their own.
"""

import re
from functools import lru_cache

LITERAL = "literal"
"""The type of a text that only reads like a stand-in: it tells nobody anything, wherever it stands."""
OPENINGS = ("<", "&lt;", "\\u003")
"""What every stand-in begins with."""
LONGEST_TOKEN = 1700
"""No written token is longer; more than this never has to be held back in a stream."""
LONGEST_PLACEHOLDER = 128
"""The same for placeholders."""
HIGHEST_NUMBER = 999_999_999
"""No placeholder with a higher number would be read back."""
HIGHEST_VARIANT = 999_999
"""The same for the number behind a pseudonym."""

NAME = r"[A-Za-z][A-Za-z0-9]{0,23}(?:\\?[_-][A-Za-z0-9]{1,16}){0,3}"
"""A type's name inside a stand-in; a model may have escaped its underscores for Markdown."""
_OPEN = r"(?:<|&lt;|\\u003[cC])"
_CLOSE = r"(?:>|&gt;|\\u003[eE])"
_CLOSING = r"(?:&(?:g(?:t)?)?|\\(?:u(?:0(?:0(?:3)?)?)?)?)?"
_PLACEHOLDER = re.compile(rf"{_OPEN}[ ]{{0,2}}({NAME})\\?[_ ]([0-9]{{1,9}})[ ]{{0,2}}{_CLOSE}")
_UNFINISHED = re.compile(
    r"&(?:l(?:t)?)?|\\(?:u(?:0(?:0(?:3)?)?)?)?"
    rf"|{_OPEN}[ ]{{0,2}}(?:{NAME}(?:\\?[_ -]?)?(?:\\?[_ ][0-9]{{1,9}}[ ]{{0,2}}{_CLOSING})?)?"
)
_BEGINS = re.compile(r"[<&\\]")
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


_STAND_IN = re.compile(f"{_PLACEHOLDER.pattern}|{_TOKEN.pattern}")


def may_hold_stand_in(text: str) -> bool:
    """Whether any stand-in can be in a text; quick."""
    return any(opening in text for opening in OPENINGS)


def stand_ins() -> re.Pattern[str]:
    """Matches all that can be read back: placeholders as models may write them (name and number in groups 1
    and 2), and tokens (`name`, and `pseudonym` or `cipher`).
    """
    return _STAND_IN


def read_placeholder(match: re.Match[str]) -> str:
    """The placeholder that a match of `stand_ins()` means, as `placeholder` writes it."""
    return placeholder(match[1].replace("\\", "").replace("-", "_"), int(match[2]))


def unfinished_from(text: str) -> int:
    """Where a stand-in begins that what follows may complete; the text's length when none does."""
    return min(_unfinished_placeholder_from(text), _unfinished_token_from(text))


def _unfinished_placeholder_from(text: str) -> int:
    floor = max(0, len(text) - LONGEST_PLACEHOLDER)
    if not _BEGINS.search(text, floor):
        return len(text)
    for match in _BEGINS.finditer(text, floor):
        if _UNFINISHED.fullmatch(text, match.start()) and not _PLACEHOLDER.match(text, match.start()):
            return match.start()
    return len(text)


def _unfinished_token_from(text: str) -> int:
    begin = text.rfind("<", max(0, len(text) - LONGEST_TOKEN))
    if begin >= 0 and _UNFINISHED_TOKEN.fullmatch(text, begin):
        return begin
    return len(text)
