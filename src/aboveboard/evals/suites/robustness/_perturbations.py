"""Small changes to a question that leave its meaning alone; the same for the same text."""

import random
import re
from collections.abc import Callable, Mapping

_WORD = re.compile(r"[A-Za-z]{4,}")


def swap_letters(text: str) -> str:
    """Two neighbouring inner letters of every third word of four letters or more trade places."""
    generator = random.Random(text)  # noqa: S311 - slips of the pen, nothing secret
    count = 0

    def slip(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return _swapped(match[0], generator) if count % 3 == 1 else match[0]

    return _WORD.sub(slip, text)


def drop_letter(text: str) -> str:
    """The longest word loses an inner letter."""
    words = _WORD.findall(text)
    if not words:
        return text
    longest = max(words, key=len)
    place = len(longest) // 2
    return text.replace(longest, longest[:place] + longest[place + 1 :], 1)


def _swapped(word: str, generator: random.Random) -> str:
    place = generator.randrange(1, len(word) - 2)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


PERTURBATIONS: Mapping[str, Callable[[str], str]] = {
    "swapped letters": swap_letters,
    "lost letter": drop_letter,
    "capitals": str.upper,
    "small letters": str.lower,
    "spaces": lambda text: text.replace(" ", "  "),
}
"""Changes of the question's letters, by name; the answers to choose from stay as they are."""

PARAPHRASES: Mapping[str, str] = {
    "other order": "{question}: {b} or {a}? Answer with one word.",
    "other words": "Which is right? {question}: {a} or {b}? One word.",
    "polite": "Could you tell me, please: {question} {a} or {b}? Answer with one word.",
}
"""Other ways to put the same question, by name."""
