"""The cheapest model that is good enough: all promises are kept, by the evidence for its very weights."""

from collections.abc import Collection, Mapping, Sequence

from aboveboard.charter import AutoModel, Price

_CHARACTERS_A_TOKEN = 4.0
TYPICAL_ANSWER = 300
"""Tokens of an answer, to compare prices by, unless the client allows fewer."""


def expected_tokens(characters: int, most: int | None) -> tuple[float, float]:
    """Tokens that a request of so many characters will make a model read and write, about."""
    written = TYPICAL_ANSWER if most is None else min(most, TYPICAL_ANSWER)
    return characters / _CHARACTERS_A_TOKEN, float(written)


def right_sized(
    auto: AutoModel,
    fit: Collection[str],
    prices: Mapping[str, Price | None],
    tokens: tuple[float, float],
) -> Sequence[str]:
    """The fit ones of the models to choose from, the cheapest first.

    Those without a price come after those with one, in the charter's order: nobody knows what they cost.
    """
    read, written = tokens

    def cost(name: str) -> float:
        price = prices.get(name)
        return float("inf") if price is None else read * price.input + written * price.output

    return sorted((name for name in auto.among if name in fit), key=cost)
