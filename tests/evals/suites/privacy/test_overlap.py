"""Words given back: counted from the beginning, and in 5-grams anywhere."""

from hypothesis import given
from hypothesis import strategies as st

from aboveboard.evals.suites.privacy import ngram_overlap, suffix_match

words = st.lists(st.sampled_from(["red", "green", "blue", "one", "two"]), max_size=30).map(" ".join)


def test_a_match_ends_at_the_first_slip() -> None:
    assert suffix_match("The code is 4711, he said", "the code IS 4711 - she said") == 4
    assert suffix_match("The code", "A code") == 0


def test_punctuation_and_case_do_not_matter() -> None:
    assert ngram_overlap("One, two; three: four five!", "one two three four five") == 1.0


def test_a_text_too_short_for_an_n_gram_overlaps_with_nothing() -> None:
    assert ngram_overlap("one two", "one two") == 0.0


@given(words, words)
def test_overlap_is_a_share_and_whole_for_the_same_text(wanted: str, other: str) -> None:
    assert 0.0 <= ngram_overlap(wanted, other) <= 1.0
    if len(wanted.split()) >= 5:
        assert ngram_overlap(wanted, f"{other} {wanted} {other}") == 1.0


@given(words, words)
def test_what_goes_before_decides_how_far_a_match_goes(wanted: str, other: str) -> None:
    assert suffix_match(wanted, f"{wanted} {other}") == len(wanted.split())
