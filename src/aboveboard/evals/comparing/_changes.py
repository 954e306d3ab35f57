"""The items whose answers changed most."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aboveboard.evals._item import Scored
from aboveboard.evals.comparing._difference import Paired

_QUIET = frozenset({"mass"})
"""Scores that tell how an answer was read, not what it was."""


@dataclass(frozen=True, slots=True)
class ChangedItem:
    """One item, both answers with their scores, and how far apart these are: 1 is the whole range seen."""

    suite: str
    item: str
    asked: str
    groups: Mapping[str, str]
    first: str
    second: str
    first_score: Mapping[str, float]
    second_score: Mapping[str, float]
    distance: float


def changed_most(suite: str, paired: Paired, count: int) -> list[ChangedItem]:
    """Up to `count` items whose scores differ, the farthest apart first."""
    ranges = _ranges([*paired.first, *paired.second])
    found = [_changed(suite, *both, ranges) for both in zip(paired.first, paired.second, strict=True)]
    moved = [each for each in found if each.distance > 0]
    return sorted(moved, key=lambda each: (-each.distance, each.item))[:count]


def _ranges(scored: Sequence[Scored]) -> dict[str, float]:
    seen: dict[str, list[float]] = {}
    for each in scored:
        for name, value in (each.score or {}).items():
            seen.setdefault(name, []).append(value)
    return {name: max(values) - min(values) for name, values in seen.items() if name not in _QUIET}


def _changed(suite: str, first: Scored, second: Scored, ranges: Mapping[str, float]) -> ChangedItem:
    left, right = first.score or {}, second.score or {}
    apart = [
        abs(left[name] - right[name]) / reach
        for name, reach in ranges.items()
        if reach > 0 and name in left and name in right
    ]
    return ChangedItem(
        suite=suite,
        item=first.item.id,
        asked=first.item.messages[-1].content if first.item.messages else first.item.text,
        groups=first.item.groups,
        first=told(first),
        second=told(second),
        first_score=left,
        second_score=right,
        distance=max(apart, default=0.0),
    )


def told(scored: Scored) -> str:
    """The answer's text, or its likeliest first token."""
    if scored.answer.text or not scored.answer.logprobs:
        return scored.answer.text
    token = max(scored.answer.logprobs, key=lambda each: scored.answer.logprobs[each])
    return f"next token: {token!r}"
