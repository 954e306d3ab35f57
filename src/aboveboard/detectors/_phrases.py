"""A way of saying something, and when it does not say it."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrase:
    """A pattern on plain text (lower case, no accents, straight apostrophes).

    `stems`: one of them is in every match, so that most patterns need not be tried. `denied`: whether a
    negation before it turns it round. `unless`: what near it shows that it means something else.
    """

    label: str
    score: float
    pattern: re.Pattern[str]
    stems: tuple[str, ...]
    denied: bool = False
    unless: re.Pattern[str] | None = None


FOR_FUN = re.compile(
    r"minecraft|in (?:the|this|a|my) (?:game|novel|story|movie|film|play|book|essay)|respawn|boss fight"
    r"|speedrun|fortnite"
    r"|\blevel \d|laugh|lmao|\blol\b|haha|kidding|character|song|lyrics|quote|episode"
)
"""What shows in English that it is said for fun, or about a story."""


def say(
    score: float, pattern: str, *stems: str, unless: re.Pattern[str] | None, denied: bool = False
) -> Phrase:
    """A phrase that begins with a word: explicit from a score of 0.85 on, else a hint."""
    label = "explicit" if score >= 0.85 else "implicit"
    return Phrase(label, score, re.compile(rf"\b(?:{pattern})"), stems, denied, unless)
