"""Triggers as Hyperscan takes them: in the bytes of Latin-1, and one alternative each.

Many short expressions compile several times faster than one that holds them all.
"""

import re
from collections.abc import Iterator

# A long word is rarely found within another, and costs a third without its edges.
_LONG_WORD = re.compile(r"\\b([a-zA-Z -]{5,})(?:\\b|\(\?:\[\^a-z\]\|\$\))?")
_MOST_AFTER = 16  # more than that is dearer to repeat after every alternative than to compile at once
_WIDE = re.compile(rb"\[(?=[^\]]*[A-Za-z]-)(?=[^\]]*[0-9]-)[^\]]*\]")


def alternatives(trigger: str) -> Iterator[bytes]:
    """Expressions one of which matches wherever `trigger` does, for data with one byte a character."""
    flags = "(?i)" if trigger.startswith("(?i)") else ""
    for part in _split(trigger.removeprefix("(?i)")):
        word = _LONG_WORD.fullmatch(part)
        yield "".join(_latin(flags + (word[1] if word else part))).encode("latin-1")


def kind_of(expression: bytes) -> str:
    """Whether it is of words, of numbers, or has a class of both letters and digits. Compiled together, kinds
    take several times as long as each on its own.
    """
    if _WIDE.search(expression):
        return "mixed"
    return "numbers" if b"0-9" in expression else "words"


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
