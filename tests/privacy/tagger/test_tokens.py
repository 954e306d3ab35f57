"""Tokens: joined they are the text, they are bounded, and a growing text changes the last one only."""

from hypothesis import given
from hypothesis import strategies as st

from aboveboard.privacy.tagger._tokens import LONGEST, tokens_of

TEXTS = st.text(max_size=80) | st.text(alphabet="aB1 .-\n\t_é\u0301 '", max_size=80)


@given(TEXTS)
def test_joined_they_are_the_text(text: str) -> None:
    assert "".join(tokens_of(text)) == text


@given(TEXTS, TEXTS)
def test_what_follows_changes_the_last_token_only(text: str, more: str) -> None:
    tokens = tokens_of(text)
    settled = tokens[:-1]
    assert tokens_of(text + more)[: len(settled)] == settled


@given(TEXTS, st.integers(0, 80))
def test_a_text_cut_between_two_tokens_falls_into_the_same(text: str, number: int) -> None:
    tokens = tokens_of(text)
    assert tokens_of("".join(tokens[number:])) == tokens[number:]


def test_no_token_is_longer_than_the_longest() -> None:
    for text in ("a" * 999, "1" * 999, " " * 999, "-" * 999, "e\u0301" * 999, ("e" * 40 + "\u0301" * 9) * 50):
        assert max(map(len, tokens_of(text))) <= LONGEST


def test_a_space_goes_with_the_token_after_it() -> None:
    assert tokens_of("Ann O'Hara, 221b\nBaker St.") == [
        "Ann", " O", "'", "Hara", ",", " 221", "b", "\n", "Baker", " St", "."
    ]  # fmt: skip
