"""How the letters and marks of addresses are escaped, in whatever shows an answer."""

import re
from html import unescape

_ESCAPE = re.compile(
    r"\\{1,4}(?:u(?P<json>[0-9a-fA-F]{4})|x(?P<byte>[0-9a-fA-F]{2}))|%(?P<percent>[0-7][0-9a-fA-F])"
    r"|&(?:#0{0,40}[0-9]{1,5};?|#[xX]0{0,40}[0-9a-fA-F]{1,4};?|[A-Za-z]{3,8};)|\\{1,2}(?P<mark>[!#-/:;=?@^_`{|}~])"
)
_BEGINS = re.compile(
    r"(?:&(?:#[xX]?[0-9a-fA-F]{0,46}|[A-Za-z]{0,8})?|%[0-7]?|\\{1,4}(?:u[0-9a-fA-F]{0,3}|x[0-9a-fA-F]?)?)\Z"
)
_LONGEST = 50
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e007f]"
)


def unescaped(text: str) -> str:
    """`text` with letters, digits and the marks of addresses as they are read, and without what nobody sees;
    what escapes white space, brackets and quotation marks stays, since what is escaped ends no address.
    """
    if "\\" in text or "&" in text or "%" in text:
        text = _ESCAPE.sub(_meaning, text)
    return text if text.isascii() else _UNSEEN.sub("", text)


def unfinished_escape_from(text: str) -> int:
    """Where an escape begins that what follows may complete or change; the text's length when none does."""
    begins = _BEGINS.search(text, max(0, len(text) - _LONGEST))
    return begins.start() if begins else len(text)


def _meaning(match: re.Match[str]) -> str:
    code = match["json"] or match["byte"] or match["percent"]
    means = chr(int(code, 16)) if code else match["mark"] or unescape(match[0])
    return means if len(means) == 1 and means.isprintable() and means not in " \"'<>\\" else match[0]
