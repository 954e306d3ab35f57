"""How made-up values are drawn: randomness that depends on the key, the scope and the value alone."""

from collections.abc import Callable
from random import Random
from string import ascii_lowercase, ascii_uppercase, digits

Draw = Callable[[str, str], Random]
"""`draw(part, kind)`: the randomness for one part of a value (a word of a name), the same each time."""


def same_shape(value: str, random: Random) -> str:
    """Letters for letters, digits for digits, case kept; all else as it stands."""
    return "".join(_drawn(character, random) for character in value)


def _drawn(character: str, random: Random) -> str:
    if character.isdigit():
        return random.choice(digits)
    if not character.isalpha():
        return character
    return random.choice(ascii_uppercase if character.isupper() else ascii_lowercase)


def fill(layout: str, made: str) -> str | None:
    """`made`'s digits in the places of `layout`'s digits; None when there are not as many."""
    if sum(map(str.isdigit, layout)) != len(made):
        return None
    digits_left = iter(made)
    return "".join(next(digits_left) if character.isdigit() else character for character in layout)


def luhn_digit(body: str) -> str:
    """The check digit that makes `body` valid (ISO/IEC 7812-1, annex B)."""
    doubled = [int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(body))]
    return str(-sum(number // 10 + number % 10 for number in doubled) % 10)
