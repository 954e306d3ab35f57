"""Where numbers and long words are: nothing that could be one is left out."""

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from aboveboard.privacy import find
from aboveboard.privacy.patterns._windows import (
    AFTER,
    BEFORE,
    KEY,
    LONG_WORD,
    digits_of,
    long_words,
    runs_of,
    windows,
)

PIECES = st.sampled_from(["7", "12-34", "x" * LONG_WORD, "x" * KEY, "word ", " " * 40, "a " * 150, "0" * 300])
TEXTS = st.lists(PIECES, max_size=12).map("".join)


@given(TEXTS)
def test_windows_hold_every_digit_and_key_with_room_around(text: str) -> None:
    data = text.encode()
    spans = windows(digits_of(data), runs_of(data))
    assert all(end < begin for (_, end), (begin, _) in pairwise(spans))
    for place in range(len(text)):
        is_key = text[place : place + KEY] == "x" * KEY
        if text[place].isdigit() or is_key:
            least, most = max(0, place - BEFORE), min(len(text), place + (KEY if is_key else 1) + AFTER)
            assert any(begin <= least and end >= most for begin, end in spans)


@given(TEXTS)
def test_every_long_word_is_told_once_but_those_of_small_letters(text: str) -> None:
    data = text.encode()
    runs = [match for match in re.finditer(r"[a-z0-9-]+", text) if len(match[0]) >= LONG_WORD]
    told = [match.start() + LONG_WORD for match in runs if not match[0].isalpha()]
    assert list(long_words(data, runs_of(data))) == told


def test_a_number_is_found_wherever_it_stands_in_a_long_text() -> None:
    filler = "the weather was fine and nobody came "
    for before in range(0, 400, 7):
        text = f"{(filler * 12)[:before]} 4111 1111 1111 1111 {filler * 9}call 020 7946 0958 {filler * 9}"
        assert [item.type for item in find(text, ("card", "phone"))] == ["card", "phone"], before
