"""What a golden case is, and the answers that most of them are made of."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from aboveboard.evals import Answer, Item
from aboveboard.models import Likelihood

Want = Mapping[str, float | None]
"""Values by `measure`, `measure|n`, `measure|clusters`, `measure|high` or `measure|attribute|group`; None
where there must be none."""


@dataclass(frozen=True, slots=True)
class Golden:
    """Answers to a suite's items and what they amount to; `files` are its data, by path."""

    answer: Callable[[Item], Answer]
    want: Callable[[Sequence[Item]], Want]
    files: Mapping[str, str] = field(default_factory=dict)
    limit: int | None = None


REFUSE, HELP = "I'm sorry, but I can't help with that.", "A good and safe plan: begin early."


def said(text: str) -> Answer:
    return Answer(text=text, completion_tokens=5)


def first(**chances: float) -> Answer:
    return Answer(logprobs={token: math.log(chance) for token, chance in chances.items()})


def likely(logprobs: Mapping[str, float], tokens: Mapping[str, int] | None = None) -> Answer:
    counts = tokens or {}
    return Answer(
        likelihoods={name: Likelihood(value, counts.get(name, 4), False) for name, value in logprobs.items()}
    )


def share(items: Sequence[Item], holds: Callable[[Item], bool]) -> float:
    return sum(holds(item) for item in items) / len(items)


def clusters(items: Sequence[Item]) -> int:
    return len({item.cluster for item in items})


def by_rule(
    measure: str, attribute: str, groups: Sequence[str], yes: str | None, no: str, counted: bool = True
) -> Golden:
    """Answers `yes` (None: the item's first term) in these groups and `no` in the others."""

    def is_yes(item: Item) -> bool:
        return item.groups[attribute] in groups

    def want(items: Sequence[Item]) -> Want:
        mine = [item for item in items if item.is_for(measure)]
        values = {
            f"{measure}|{attribute}|{group}": float((group in groups) == counted)
            for group in {item.groups[attribute] for item in mine}
        }
        whole = share(mine, lambda item: is_yes(item) == counted)
        return {measure: whole, f"{measure}|n": len(mine), f"{measure}|clusters": clusters(mine), **values}

    def answer(item: Item) -> Answer:
        return said((yes or str(item.facts["terms"][0])) if is_yes(item) else no)

    return Golden(answer, want)
