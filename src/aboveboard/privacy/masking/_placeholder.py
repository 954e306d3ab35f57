r"""The stand-ins that models see: `<EMAIL_1>`.

A model may change one a little and still mean it: another case, a space inside the brackets, an underscore
escaped for Markdown, brackets escaped for HTML or JSON. Those are read too. A bare `EMAIL_1` is not, since
code and tables hold such names for things of their own.
"""

import re

from aboveboard.privacy.operators._tokens import NAME, placeholder

__all__ = ["LONGEST", "pattern", "placeholder", "read_placeholder", "unfinished_from"]

LONGEST = 128
"""No written placeholder is longer; more than this never has to be held back."""

_OPEN = r"(?:<|&lt;|\\u003[cC])"
_CLOSE = r"(?:>|&gt;|\\u003[eE])"
_CLOSING = r"(?:&(?:g(?:t)?)?|\\(?:u(?:0(?:0(?:3)?)?)?)?)?"
_PARTS = re.compile(rf"{_OPEN}[ ]{{0,2}}({NAME})\\?[_ ]([0-9]{{1,9}})[ ]{{0,2}}{_CLOSE}")
_UNFINISHED = re.compile(
    r"&(?:l(?:t)?)?|\\(?:u(?:0(?:0(?:3)?)?)?)?"
    rf"|{_OPEN}[ ]{{0,2}}(?:{NAME}(?:\\?[_ -]?)?(?:\\?[_ ][0-9]{{1,9}}[ ]{{0,2}}{_CLOSING})?)?"
)
_OPENINGS = re.compile(r"[<&\\]")


def pattern() -> re.Pattern[str]:
    """Matches every way of writing a placeholder."""
    return _PARTS


def read_placeholder(match: re.Match[str]) -> str:
    """The placeholder that a match of `pattern()` means, as `placeholder` writes it."""
    return placeholder(match[1].replace("\\", "").replace("-", "_"), int(match[2]))


def unfinished_from(text: str) -> int:
    """Where a placeholder begins that what follows may complete; the text's length when none does."""
    floor = max(0, len(text) - LONGEST)
    if not _OPENINGS.search(text, floor):
        return len(text)
    for match in _OPENINGS.finditer(text, floor):
        if _UNFINISHED.fullmatch(text, match.start()) and not _PARTS.match(text, match.start()):
            return match.start()
    return len(text)
