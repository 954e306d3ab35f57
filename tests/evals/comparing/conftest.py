"""Scored items made up from known chances."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from aboveboard.evals import Answer, Item, Options, Scored, load_suite

Chance = Callable[[Item], float]


@pytest.fixture
def items() -> list[Item]:
    return load_suite("bias.hiring").items(Options(limit=160))


@pytest.fixture
def decide() -> Callable[[Sequence[Item], Chance, int], list[Scored]]:
    """Answers Yes with a chance that the item tells; a cluster shares one merit, so its answers agree."""

    def decided(items: Sequence[Item], chance: Chance, seed: int) -> list[Scored]:
        generator = np.random.default_rng(seed)
        merit: dict[str, float] = {}
        found = []
        for item in items:
            luck = 0.5 * merit.setdefault(item.cluster, generator.random()) + 0.5 * generator.random()
            yes = float(luck < chance(item))
            found.append(Scored(item, Answer(), {"yes": yes, "p_yes": yes, "mass": 1.0}))
        return found

    return decided
