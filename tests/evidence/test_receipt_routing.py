"""A receipt says how the model came to answer, where there is something to say."""

from collections.abc import Callable

from aboveboard.evidence._receipt_text import describe
from aboveboard.evidence.records import Decision, ModelAttempt


def test_of_a_model_that_was_asked_for_and_answered_there_is_nothing_more(
    decision: Callable[..., Decision],
) -> None:
    words = " ".join(describe(decision(requested="m")))
    assert "Asked for" not in words and "Models asked" not in words and "Given again" not in words


def test_who_failed_who_was_passed_over_and_who_answered(decision: Callable[..., Decision]) -> None:
    outcomes = (("m", "status-429"), ("small", "circuit-open"), ("big", "answered"))
    attempts = tuple(ModelAttempt(model=model, outcome=outcome) for model, outcome in outcomes)
    lines = describe(decision(requested="m", attempts=attempts))
    assert "Models asked, for m: m (status-429), small (circuit-open), big (answered)" in lines


def test_why_another_was_to_answer_and_whose_answer_it_is(decision: Callable[..., Decision]) -> None:
    lines = describe(decision(requested="auto", reason="the cheapest", reuses="01ARZ3NDEKTSV4RRFFQ69G5FAV"))
    assert "Asked for: auto; another was to answer: the cheapest" in lines
    assert any("01ARZ3NDEKTSV4RRFFQ69G5FAV; no model was asked" in line for line in lines)


def test_that_it_was_asked_in_other_words(decision: Callable[..., Decision]) -> None:
    lines = describe(decision(requested="m", reuses="01ARZ3NDEKTSV4RRFFQ69G5FAV", reworded=True))
    assert any("01ARZ3NDEKTSV4RRFFQ69G5FAV, asked in other words; no model was" in line for line in lines)


def test_what_was_taken_for_nothing(decision: Callable[..., Decision]) -> None:
    wasted = ModelAttempt(model="m", outcome="garbage", prompt_tokens=100, completion_tokens=40)
    lines = describe(
        decision(requested="m", attempts=(wasted, ModelAttempt(model="big", outcome="answered")))
    )
    assert "Models asked, for m: m (garbage, 140 tokens for nothing), big (answered)" in lines
