r"""Scripts written without spaces: their letters are no part of the words and numbers that they touch.

To `\w` `カード4111…番` is one word. So before anything is matched these letters are moved to a plane for
private use (Unicode 15, section 23.5), where nothing is a letter to `re` and to `str`: every edge of a word
is then told as in any other text.
"""

import re
from functools import cache

from aboveboard.values import normalise

SPACELESS = (
    r"\u0e00-\u109f\u1100-\u11ff\u1780-\u17ff\u1950-\u19ff\u1a20-\u1aaf\u2e80-\ua4cf\ua960-\ua9ff\uaa60-\uaa7f"
    r"\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff"
)
"""For a class of characters: Thai, Lao, Tibetan, Burmese, Hangul, Khmer, Tai, Chinese, Japanese, Yi."""
APART = r"\U000f0000-\U000fffff"
"""For a class of characters: where they are moved."""
_LETTER = re.compile(f"[{SPACELESS}]")
_PLANE = 0xF0000
_LATIN = 0xFF
_FEW = 16
_ASCII = bytes(range(128))


class _Apart(dict[int, int]):
    """Where each letter is moved, worked out once; all others stay."""

    def __missing__(self, code: int) -> int:
        moved = _PLANE + (code & 0xFFFF) if _LETTER.match(chr(code)) else code
        if len(self) < 20_000:
            self[code] = moved
        return moved


_APART = _Apart()


def set_apart(text: str) -> str:
    """A text whose letters of these scripts are set apart; each stays one character. Linear."""
    upper = text.encode("utf-16-le", "surrogatepass")[1::2].translate(None, _no_upper_halves())
    if not upper:  # told five times faster than by an expression
        return text
    is_theirs = len(upper) > len(text) >> 4
    letters = set[str]() if is_theirs else _letters_of(text)
    if is_theirs or len(letters) > _FEW:
        return text.translate(_APART)
    for letter in letters:
        text = text.replace(letter, chr(_APART[ord(letter)]))
    return text


@cache
def _no_upper_halves() -> bytes:
    """What the upper halves of these letters, and of surrogates, never are in UTF-16."""
    upper = {code >> 8 for code in range(0x10000) if 0xD800 <= code < 0xDC00 or _LETTER.match(chr(code))}
    return bytes(set(range(256)) - upper)


def _letters_of(text: str) -> set[str]:
    beyond = text.encode("utf-8", "surrogatepass").translate(None, _ASCII)
    return set(_LETTER.findall(beyond.decode("utf-8", "surrogatepass")))


def as_read(words: str) -> str:
    """An expression of words as a folded text with its letters set apart holds them, in small letters.

    Of letters that fold otherwise as capitals (Cyrillic ones that are drawn like Latin ones) both are taken.
    """
    return "".join(character if ord(character) <= _LATIN else _read(character) for character in words)


def _read(character: str) -> str:
    forms = {set_apart(normalise(each).text).lower() for each in (character, character.upper())}
    return forms.pop() if len(forms) == 1 else f"(?:{'|'.join(sorted(forms))})"
