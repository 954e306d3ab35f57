"""Triggers as Hyperscan takes them: in the bytes of Latin-1, and one alternative each.

Many short expressions compile several times faster than one that holds them all.
"""

import re
from collections.abc import Iterator

from aboveboard.privacy.patterns._windows import KEY, LONG_WORD

# A long word is rarely found within another, and costs a third without its edges.
_LONG_WORD = re.compile(r"\\b([a-zA-Z -]{5,})(?:\\b|\(\?:\[\^a-z\]\|\$\))?")
_MOST_AFTER = 16  # more than that is dearer to repeat after every alternative than to compile at once
_DIGIT = re.compile(r"\[(?:0-9|1)\](?![?*]|\{0)")
_LONG_RUN = re.compile(rf"\[(?=[^\]]*A-Z?)[A-Za-z0-9+/_-]+\]\{{(?:2[{KEY % 10}-9]|[3-9][0-9])[,}}]")
ANY_LONG_WORD = rf"\b[A-Za-z0-9+/_-]{{{LONG_WORD}}}".encode()
"""What no expression is needed for."""
_SHAPE = re.compile(rb"\(\?i\)\\b(?:\[(?:0-9|A-Z)\](?:\{[0-9]+\})?|\\?[ ./+-])+\\b")
_CLASS = re.compile(rb"\[(0-9|A-Z)\](?:\{([0-9]+)\})?")
_SKELETON = bytes.maketrans(
    b"012345678abcdefghijklmnopqrstuvwxyzBCDEFGHIJKLMNOPQRSTUVWXYZ", b"9" * 9 + b"A" * 51
)


def alternatives(trigger: str) -> Iterator[bytes]:
    """Expressions one of which matches wherever `trigger` does, for data with one byte a character."""
    flags = "(?i)" if trigger.startswith("(?i)") else ""
    for part in _split(trigger.removeprefix("(?i)")):
        word = _LONG_WORD.fullmatch(part)
        yield "".join(_latin(flags + (word[1] if word else part))).encode("latin-1")


def is_beside(expression: bytes) -> bool:
    """Whether it can only match beside a number or a long word."""
    outside = "".join(_outside_groups(expression.decode("latin-1")))
    return bool(_DIGIT.search(outside) or _LONG_RUN.search(outside))


def shape_of(expression: bytes) -> bytes | None:
    """An expression of nothing but digits, letters in any case and marks as one for a text's `skeleton`: it
    compiles ten times faster.
    """
    if not _SHAPE.fullmatch(expression):
        return None
    return rb"\b" + _CLASS.sub(_written_out, expression.removeprefix(rb"(?i)\b"))


def _written_out(match: re.Match[bytes]) -> bytes:
    return (b"9" if match[1] == b"0-9" else b"A") * int(match[2] or 1)


def skeleton(data: bytes) -> bytes:
    """`data` with 9 for every digit and A for every letter of ASCII."""
    return data.translate(_SKELETON)


def _outside_groups(expression: str) -> Iterator[str]:
    """What every match of an expression without alternatives has: all that no parentheses hold."""
    begin = 0
    for place, character, depth in _tokens(expression):
        if character == "(" and depth == 0:
            yield expression[begin:place]
        if character == ")" and depth == 0:
            begin = place + 1
    yield expression[begin:]


def _split(expression: str) -> Iterator[str]:
    for part in _parts(expression):
        edge = r"\b" if part.startswith(r"\b") else ""
        opening, inside, after = _leading_group(part.removeprefix(edge))
        if not opening or after[:1] in ("?", "*", "+", "{") or len(after) > _MOST_AFTER:
            yield part
            continue
        for inner in _split(inside):
            yield (
                f"{edge}{opening}{inner}){after}" if opening == "(?i:" else f"{edge}{_grouped(inner)}{after}"
            )


def _leading_group(expression: str) -> tuple[str, str, str]:
    """How the group begins that the expression begins with, what is in it, and what follows."""
    opening = next((each for each in ("(?:", "(?i:") if expression.startswith(each)), "")
    if not opening:
        return "", "", ""
    end = next(place for place, character, depth in _tokens(expression) if character == ")" and not depth)
    return opening, expression[len(opening) : end], expression[end + 1 :]


def _grouped(expression: str) -> str:
    return f"(?:{expression})" if len(_parts(expression)) > 1 else expression


def _parts(expression: str) -> list[str]:
    """What stands between the bars that are in no group."""
    bars = [place for place, character, depth in _tokens(expression) if character == "|" and not depth]
    return [expression[a + 1 : b] for a, b in zip([-1, *bars], [*bars, len(expression)], strict=True)]


def _tokens(expression: str) -> Iterator[tuple[int, str, int]]:
    """The characters that are neither escaped nor in a class, with how many groups are open around them."""
    depth, is_in_class, is_escaped = 0, False, False
    for place, character in enumerate(expression):
        if is_escaped or character == "\\":
            is_escaped = not is_escaped
        elif is_in_class:
            is_in_class = character != "]"
        else:
            is_in_class = character == "["
            depth += (character == "(") - (character == ")")
            yield place, character, depth - (character == "(")


def _latin(expression: str) -> Iterator[str]:
    """Letters beyond ASCII in both cases, since Hyperscan folds those of ASCII only."""
    is_in_class = is_escaped = False
    for character in expression:
        if not character.isascii():
            both = "".join(sorted({_byte(character.lower()), _byte(character.upper())}))
            yield both if is_in_class else f"[{both}]"
            continue
        if not is_escaped and character in "[]":
            is_in_class = character == "["
        is_escaped = character == "\\" and not is_escaped
        yield character


def _byte(character: str) -> str:
    """What a character reads as in the data."""
    return character if len(character) == 1 and ord(character) < 256 else "?"
