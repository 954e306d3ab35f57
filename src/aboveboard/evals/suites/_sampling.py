"""Choosing which of many possible cases to run, the same for the same seed."""

import random
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

T = TypeVar("T")


def sample(strata: Sequence[Sequence[T]], count: int, seed: int) -> list[T]:
    """`count` elements, in turn from each stratum (shuffled by the seed), so all are about as frequent."""
    generator = random.Random(seed)  # noqa: S311 - a sample of test cases, nothing secret
    shuffled = [generator.sample(list(stratum), len(stratum)) for stratum in strata]
    generator.shuffle(shuffled)
    longest = max((len(stratum) for stratum in shuffled), default=0)
    turns = [stratum[place] for place in range(longest) for stratum in shuffled if place < len(stratum)]
    return turns[:count]


def sample_evenly(elements: Iterable[T], stratum: Callable[[T], Hashable], count: int, seed: int) -> list[T]:
    """The same from strata that the elements themselves name; all of them where `count` allows."""
    strata: dict[Hashable, list[T]] = {}
    for each in elements:
        strata.setdefault(stratum(each), []).append(each)
    return sample(list(strata.values()), count, seed)
