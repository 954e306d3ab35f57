"""One line of a run's log, as a page shows it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aboveboard.values import figure

_SHOWN_TOKENS = 5


@dataclass(frozen=True, slots=True)
class ItemRow:
    """What was asked, what came back, and what the scorer made of it."""

    item: str
    turns: tuple[tuple[str, str], ...]
    answer: str
    groups: str
    outcome: str

    @classmethod
    def of(cls, entry: Mapping[str, Any]) -> "ItemRow":
        """From an entry of `items.jsonl`."""
        return cls(
            item=entry["id"],
            turns=tuple((turn["role"], turn["content"]) for turn in entry["prompt"]),
            answer=entry["answer"] or _tokens(entry["logprobs"]),
            groups=", ".join(f"{name}: {group}" for name, group in entry["groups"].items()),
            outcome=_outcome(entry),
        )


def _tokens(logprobs: Mapping[str, float]) -> str:
    """The likeliest first tokens with their probabilities."""
    likeliest = sorted(logprobs.items(), key=lambda pair: -pair[1])[:_SHOWN_TOKENS]
    return "next token: " + ", ".join(f"{token!r} {math.exp(value):.2f}" for token, value in likeliest)


def _outcome(entry: Mapping[str, Any]) -> str:
    if entry["error"]:
        return f"failed: {entry['error']}"
    if entry["score"] is None:
        return "the answer could not be read"
    return ", ".join(f"{name} {figure(value)}" for name, value in entry["score"].items())
