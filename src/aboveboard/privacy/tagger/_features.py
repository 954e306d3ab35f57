"""What is known of a token by itself: the rows of two hashed tables whose sum is its vector.

Whole words and shapes share one table, pieces of words have the other (Bojanowski et al., 2017, "Enriching
word vectors with subword information"). CRC-32 hashes them: fast, and the same everywhere.
"""

from zlib import crc32

from aboveboard.values import normalise

WORD_ROWS = 1 << 16
PIECE_ROWS = 1 << 15
_LONGEST_WORD = 24
_LENGTHS = (0, 1, 2, 3, 4, 5, 5, 7, 7, 7, 10, 10, 10)


def features_of(token: str) -> tuple[int, int, list[int]]:
    """The row of the word, the row of its shape, and the rows of its pieces (none for marks)."""
    word = token.removeprefix(" ")
    spaced = len(word) < len(token)
    if not word[:1].isalpha():
        return _mark(word, spaced=spaced)
    lower = word.lower()[:_LONGEST_WORD]
    plain = lower if lower.isascii() else normalise(lower, plain=True).text
    return _row(lower), _row(f"\x01{_shape(word)}{spaced:d}"), _pieces(plain[:_LONGEST_WORD])


def _row(name: str) -> int:
    return crc32(name.encode("utf-8", "surrogatepass")) & (WORD_ROWS - 1)


def _pieces(word: str) -> list[int]:
    """Every three and four letters, and two and five at both ends; `<` and `>` stand at the ends."""
    whole = f"<{word}>"
    pieces = [whole[i : i + 3] for i in range(len(whole) - 2)]
    pieces += [whole[i : i + 4] for i in range(len(whole) - 3)]
    pieces += [whole[:2], whole[:5], whole[-2:], whole[-5:]]
    return [crc32(piece.encode("utf-8", "surrogatepass")) & (PIECE_ROWS - 1) for piece in pieces]


def _shape(word: str) -> str:
    length = _LENGTHS[min(len(word), len(_LENGTHS) - 1)]
    return f"{_case(word)}{length}{_script(word)}"


def _case(word: str) -> str:
    if word.islower():
        return "l"
    if word.isupper():
        return "U" if len(word) > 1 else "I"
    if word.istitle():
        return "T"
    return "n" if word.lower() == word.upper() else "M"


def _script(word: str) -> str:
    """ASCII, other Latin, or what comes after it (by the last letter: the first may look Latin)."""
    if word.isascii():
        return "a"
    return "x" if "\u0370" <= max(word) < "\u1e00" or max(word) >= "\u2000" else "l"


def _mark(word: str, *, spaced: bool) -> tuple[int, int, list[int]]:
    if word[:1].isdecimal():
        length = min(len(word), 12)
        return _row(f"\x02{length}{word[:2] if length == 4 else ''}"), _row(f"\x01d{spaced:d}"), []
    if not word or word.isspace():
        return _row(f"\x03{min(2, word.count(chr(10)))}"), _row("\x01s"), []
    return _row(word[:2]), _row(f"\x01p{min(2, len(word))}{spaced:d}"), []
