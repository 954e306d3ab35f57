"""Which answers a measure asked for and could not score."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from aboveboard.evals._finding import Ask, Lost
from aboveboard.evals._item import Item, Scored


def with_lost(asks: Mapping[str, Ask], scored: Sequence[Scored]) -> dict[str, Ask]:
    """The questions, each with what was asked for it and failed or could not be read."""
    missing = [each.item for each in scored if each.score is None]
    return {
        name: replace(ask, lost=tuple(lost_value(item) for item in missing if item.is_for(name)))
        for name, ask in asks.items()
    }


def lost_value(item: Item) -> Lost:
    """What is known of a value that its answer did not tell."""
    return Lost(item.cluster, item.groups)
