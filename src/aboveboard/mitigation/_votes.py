"""Of several answers to one question, the one that says what most of them say."""

from collections.abc import Sequence


def most_typical(texts: Sequence[str]) -> int:
    """The place of the text that shares most words with all others (Jaccard); the first of equals.

    Texts that are alike word for word vote for each other, so where answers are short this is a majority
    vote (Wang et al. 2023, arXiv:2203.11171); the medoid stands in for it where they are sentences.
    """
    words = [frozenset(text.casefold().split()) for text in texts]
    votes = [sum(_likeness(one, other) for other in words) for one in words]
    return max(range(len(texts)), key=lambda place: (votes[place], -place))


def _likeness(first: frozenset[str], second: frozenset[str]) -> float:
    joint = first | second
    return len(first & second) / len(joint) if joint else 1.0
