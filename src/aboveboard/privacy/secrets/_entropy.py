"""How random a text looks."""

import math
from collections import Counter


def entropy(text: str) -> float:
    """Shannon's entropy of the characters of a text, in bits a character."""
    return -sum(count / len(text) * math.log2(count / len(text)) for count in Counter(text).values())
