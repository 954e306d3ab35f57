"""Triggers as Hyperscan takes them: in the bytes of Latin-1, and one alternative each.

Many small expressions compile several times faster than one that holds them all.
"""

import re
from collections.abc import Iterator

_WIDE = re.compile(rb"\[(?=[^\]]*[A-Za-z]-)(?=[^\]]*[0-9]-)[^\]]*\]")


def alternatives(trigger: str) -> Iterator[bytes]:
    """Expressions one of which matches wherever `trigger` does, for data with one byte a character."""
    flags = "(?i)" if trigger.startswith("(?i)") else ""
    for part in _split(trigger.removeprefix("(?i)")):
        yield "".join(_latin(flags + part)).encode("latin-1")


def has_wide_class(expression: bytes) -> bool:
    """Whether it has a class of both letters and digits."""
    return _WIDE.search(expression) is not None


def _split(expression: str) -> Iterator[str]:
    for part in _parts(expression):
        edge = r"\b" if part.startswith(r"\b") else ""
        opening, inside, after = _leading_group(part.removeprefix(edge))
        if not opening or after[:1] in ("?", "*", "+", "{"):
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
