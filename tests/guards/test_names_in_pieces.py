"""Names and patterns together, on their way out in pieces: the same however a text is cut."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pytest

from aboveboard.guards import build_pipeline
from aboveboard.privacy import TYPES


@dataclass(frozen=True)
class Entry:
    """The guard, on answers."""

    guard: str = "personal-data"
    mode: tuple[str, ...] = ("output",)
    action: str = "mask"
    on_error: str = "closed"
    timeout_ms: int = 20_000
    options: Mapping[str, Any] = field(default_factory=lambda: {"types": list(TYPES)})


PIPELINE = build_pipeline([Entry()])
SHORT = [
    "Ask Anna Schmidt, +44 20 7946 0958.",
    "Dr. Maria García\nlives in Leeds.",
    "12 Mill Lane, LS1 4AP Leeds, Mr. Roe",
]


def stream(pieces: Sequence[str]) -> str:
    out = PIPELINE.start().output()
    return "".join(map(out.feed, pieces)) + out.finish()


def cut(text: str, places: Sequence[int]) -> list[str]:
    return [text[start:end] for start, end in pairwise([0, *places, len(text)])]


@pytest.mark.parametrize("text", SHORT)
def test_every_cut_gives_the_same_answer(text: str) -> None:
    whole = stream([text])
    assert "<" in whole or "[" in whole  # something is hidden, so something could be missed
    assert stream(list(text)) == whole
    for place in range(1, len(text)):
        assert stream(cut(text, [place])) == whole, place
