"""How many tokens requests read and write, bounded from what is sent and what may come back."""

from collections.abc import Callable, Sequence

from aboveboard.evals._item import Item
from aboveboard.evals._requests import Call
from aboveboard.evals.forecasting._range import Range

_MOST, _USUAL = 8.0, 4.0
"""Characters of a token. English under byte-pair vocabularies has 3.5 to 5; none has fewer than a byte."""

_FRAME = (0, 4, 40)
"""Tokens that a chat's template adds to a message: none, usually, a default system prompt besides."""


def tokens_read(calls: Sequence[Call]) -> Range:
    """All that is sent. Beginnings that several texts of an item share count once at the lower end."""
    shared = sum(_sent(call.item, len, shared=True) for call in calls)
    whole = sum(_sent(call.item, len, shared=False) for call in calls)
    octets = sum(_sent(call.item, _octets, shared=False) for call in calls)
    messages = sum(max(1, len(call.item.messages)) for call in calls)
    frames = (messages * each for each in _FRAME)
    sizes = (shared / _MOST, whole / _USUAL, octets)
    return Range(*(size + frame for size, frame in zip(sizes, frames, strict=True)))


def tokens_written(calls: Sequence[Call]) -> Range:
    """At most what each request allows, at least none; one where only the next token is asked for.

    An endpoint that tells likelihoods of a text has to write one token after each.
    """
    low = high = 0
    for call in calls:
        match call.item.mode:
            case "generate" | "metered":
                high += call.item.max_tokens
            case "next-token":
                low, high = low + 1, high + 1
            case "likelihood":
                high += _texts(call.item)
    return Range(low, high, high)


def _sent(item: Item, size: Callable[[str], int], *, shared: bool) -> int:
    if item.likelihood is None:
        return sum(size(message.content) for message in item.messages)
    told = sum(size(text) for text in item.likelihood.continuations.values())
    return told + size(item.likelihood.context) * (1 if shared else _texts(item))


def _octets(text: str) -> int:
    return len(text.encode("utf-8", "replace"))


def _texts(item: Item) -> int:
    return len(item.likelihood.continuations) if item.likelihood is not None else 0
