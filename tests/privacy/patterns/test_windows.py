"""Where numbers and long words are: nothing that could be one is left out."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from aboveboard.privacy import find
from aboveboard.privacy.patterns._windows import LONG_WORD, REACH, digits_of, windows

PIECES = st.sampled_from(["7", "12-34", "x" * LONG_WORD, "word ", " " * 40, "a " * 150, "0" * 300])


@given(st.lists(PIECES, max_size=12).map("".join))
def test_windows_hold_every_digit_and_long_word_with_room_around(text: str) -> None:
    data = text.encode()
    spans = windows(data, digits_of(data))
    assert all(end < begin for (_, end), (begin, _) in pairwise(spans))
    for place in range(len(text)):
        is_long = text[place : place + LONG_WORD] == "x" * LONG_WORD
        if text[place].isdigit() or is_long:
            least, most = max(0, place - REACH), min(len(text), place + (LONG_WORD if is_long else 1) + REACH)
            assert any(begin <= least and end >= most for begin, end in spans)


def test_a_number_is_found_wherever_it_stands_in_a_long_text() -> None:
    filler = "the weather was fine and nobody came "
    for before in range(0, 400, 7):
        text = f"{(filler * 12)[:before]} 4111 1111 1111 1111 {filler * 9}call 020 7946 0958 {filler * 9}"
        assert [item.type for item in find(text, ("card", "phone"))] == ["card", "phone"], before
