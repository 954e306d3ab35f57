"""Names and patterns together, on their way out in pieces: the same however a text is cut."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aboveboard.guards import HELD_AT_MOST, build_pipeline
from aboveboard.privacy import TYPES, find
from aboveboard.privacy.masking import replace_spans


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
    "Ask An&#110;a%20Schm\\u0069dt in Leeds.",
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


SAID = (
    "Anna Schmidt, Dr. García said in New York that Mr. Roe of Siemens AG (12 Mill Lane, Leeds) is ill. "
    "12 March 1980 +44 20 7946 0958 jane@foo.org the was born to a; b"
)
WORDS = [*SAID.split(), "An&#110;a%20Roe", "Schm\\u0069dt", "=?utf-8?Q?J=C3=BCrgen_Roe?=", "&#37;20", "x=4"]
TEXTS = st.lists(st.sampled_from(WORDS) | st.text(max_size=5), max_size=50).map(" ".join)


def hide(_value: str, type_: str) -> str:
    return f"[{type_.upper().replace('-', ' ')}]"


@settings(deadline=None, max_examples=120)
@given(TEXTS, st.lists(st.integers(1, 30), min_size=1, max_size=12))
def test_what_is_hidden_is_what_the_whole_answer_holds(text: str, sizes: list[int]) -> None:
    places, turn = [0], 0
    while places[-1] < len(text):
        places.append(places[-1] + sizes[turn % len(sizes)])
        turn += 1
    assert stream(cut(text, places[1:-1])) == replace_spans(text, find(text), hide)


def test_names_hold_back_a_few_words() -> None:
    text = "The library opens at nine and closes at six, except on Sundays, and a loan is renewed twice. " * 4
    out, released, held = PIPELINE.start().output(), 0, []
    for seen, character in enumerate(text, 1):
        released += len(out.feed(character))
        held.append(seen - released)
    assert sum(held) / len(held) < 40
    assert max(held) < 64


@pytest.mark.parametrize("unit", ["Ann Roe 1 2 3 ", "Mr. ", "\u200b", "12 Ann March ", "東京", "Anna-"])
def test_no_text_is_held_without_end(unit: str) -> None:
    out, released = PIPELINE.start().output(), 0
    text = (unit * HELD_AT_MOST)[: 2 * HELD_AT_MOST + 100]
    for place in range(0, len(text), 500):
        said = out.feed(text[place : place + 500])
        released = released or place * bool(said)
    assert released <= HELD_AT_MOST + 500
    assert out.feed(" and. " * 20)


@pytest.mark.parametrize("glue", ["=", "/", "-"])
@pytest.mark.parametrize("ahead", [HELD_AT_MOST // 2 - 9, HELD_AT_MOST // 2 + 3, HELD_AT_MOST - 9])
def test_a_word_too_long_to_hold_hides_what_it_would_whole(glue: str, ahead: int) -> None:
    for value in ("jane.roe@foo.org", "X1234567", "4111111111111111"):
        text = "x" * (ahead - 10) + glue + "passport=" + value + glue + "y" * 9_000
        at = text.index(value)
        assert any(item.start <= at < item.end for item in find(text)) == (
            value not in stream(cut(text, [5_000]))
        )
