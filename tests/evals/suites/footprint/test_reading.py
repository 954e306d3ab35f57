"""Short answers are read exactly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.evals import Options, load_suite
from aboveboard.evals.suites.footprint._reading import is_said, pieces


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ("12", "12"),
        ("12", "\n  Twelve.\nBecause seven and five make it."),
        ("12", "Seven plus five is 12."),
        ("12", "12 apples"),
        ("42", "Forty-two!"),
        ("paris", "Paris is the capital of France."),
        ("elephant", "An elephant."),
        ("elephant", "The heaviest is the **elephant**"),
        ("2 5 9", "2, 5, 9"),
        ("2 5 9", "2-5-9"),
        ("2 5 9", "In order they are two, five and nine."),
        ("8", "A spider has eight legs."),
        ("ant bee cat", "ant, bee, cat"),
        ("t", 'The first letter is "T".'),
    ],
)
def test_an_answer_is_read_at_the_beginning_or_the_end(answer: str, text: str) -> None:
    assert is_said(answer, text)


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ("12", ""),
        ("12", "11 or 12, I think"),
        ("12", "12 or 13"),
        ("5", "5, 6, 7"),
        ("4", "Four, five, six"),
        ("paris", "Paris or London"),
        ("8", "A spider has eight legs and two eyes."),
        ("12", "I do not know.\n12"),
        ("12", "112"),
        ("12", "-12"),
        ("12", "It is −12."),
        ("5", "2.5"),
        ("2 5 9", "9, 5, 2"),
        ("ice", "iced tea"),
        ("paris", "It is Paris, I believe"),
        ("t", "The"),
    ],
)
def test_anything_else_is_wrong(answer: str, text: str) -> None:
    assert not is_said(answer, text)


@given(st.text(max_size=40))
def test_what_is_read_has_no_case_and_no_punctuation(text: str) -> None:
    assert pieces(" ".join(pieces(text))) == pieces(text)


def test_no_question_is_answered_by_saying_it_again() -> None:
    for item in load_suite("footprint.quality").items(Options(profile="full")):
        question = item.messages[-1].content.splitlines()[-1]
        assert not is_said(item.target, question), question
        assert is_said(item.target, item.target)


def test_no_single_answer_is_right_more_than_a_few_times() -> None:
    targets = [item.target for item in load_suite("footprint.quality").items(Options(profile="full"))]
    assert len(targets) == 60
    assert max(map(targets.count, targets)) <= 4
