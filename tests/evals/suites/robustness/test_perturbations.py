"""Changes that leave the meaning alone: always the same ones, and no letter is made up."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from aboveboard.evals.suites.robustness._perturbations import PERTURBATIONS, drop_letter, swap_letters

texts = st.text(alphabet=st.characters(codec="utf-8"), max_size=80)


@given(texts)
def test_swapping_keeps_every_letter(text: str) -> None:
    assert Counter(swap_letters(text)) == Counter(text)


@given(texts)
def test_dropping_takes_one_letter_at_most(text: str) -> None:
    assert len(text) - 1 <= len(drop_letter(text)) <= len(text)


@given(texts)
def test_the_same_text_is_changed_in_the_same_way(text: str) -> None:
    assert [change(text) for change in PERTURBATIONS.values()] == [
        change(text) for change in PERTURBATIONS.values()
    ]


def test_each_change_changes_a_question() -> None:
    question = "The capital of Norway is"
    assert all(change(question) != question for change in PERTURBATIONS.values())


def test_the_ends_of_words_stay() -> None:
    for before, after in zip(["capital", "penguin"], swap_letters("capital penguin").split(), strict=True):
        assert (before[0], before[-1]) == (after[0], after[-1])
