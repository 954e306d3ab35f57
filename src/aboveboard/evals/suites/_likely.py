"""Items that ask how likely given texts are, and reading what comes back."""

import math
from collections.abc import Mapping

from aboveboard.evals._item import Answer, Item


def logprobs_of(item: Item, answer: Answer) -> dict[str, float] | None:
    """log p in nats of every text of the item, by id; None when one is missing or is no number.

    A text that the model holds impossible (−∞) is no answer either: every text is possible to some degree.
    """
    assert item.likelihood is not None, "only for items of mode likelihood"
    found = {name: one.logprob for name, one in answer.likelihoods.items()}
    wanted = {name: found[name] for name in item.likelihood.continuations if name in found}
    is_whole = len(wanted) == len(item.likelihood.continuations)
    return wanted if is_whole and all(math.isfinite(value) for value in wanted.values()) else None


def shares_of(logprobs: Mapping[str, float]) -> dict[str, float]:
    """Probabilities of the texts among each other, adding up to 1."""
    highest = max(logprobs.values())
    weights = {name: math.exp(value - highest) for name, value in logprobs.items()}
    total = math.fsum(weights.values())
    return {name: weight / total for name, weight in weights.items()}
