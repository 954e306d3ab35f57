"""Bounds on tokens hold for any text, and likelihoods count what is sent for each of their texts."""

from hypothesis import given, settings
from hypothesis import strategies as st

from aboveboard.evals import Item
from aboveboard.evals._item import Mode
from aboveboard.evals._requests import plan_calls
from aboveboard.evals.forecasting import Range, tokens_read, tokens_written
from aboveboard.models import LikelihoodRequest, Message


def asked(text: str, mode: Mode = "generate", tokens: int = 24) -> Item:
    return Item(text, (Message("user", text),), mode, text, max_tokens=tokens)


@settings(max_examples=40)
@given(st.text(min_size=1, max_size=60))
def test_no_text_has_more_tokens_than_bytes(text: str) -> None:
    read = tokens_read(plan_calls([asked(text)], "m"))
    assert read.low <= read.expected <= read.high
    assert read.high >= len(text.encode("utf-8", "replace"))
    assert read.low <= len(text)


def test_generated_answers_are_at_most_as_long_as_allowed_and_next_tokens_are_one() -> None:
    assert tokens_written(plan_calls([asked("a"), asked("b", tokens=8)], "m")) == Range(0, 32, 32)
    assert tokens_written(plan_calls([asked("a", "next-token")], "m")) == Range(1, 1, 1)


def test_a_context_is_sent_once_for_each_text_that_follows_it() -> None:
    texts = {str(number): " yes" for number in range(5)}
    item = Item("x", (), "likelihood", "x", likelihood=LikelihoodRequest("q" * 800, texts))
    read = tokens_read(plan_calls([item], "m"))
    assert read.low < 110, "where the beginning is read once"
    assert read.high >= 5 * 800


def test_the_same_request_is_counted_once() -> None:
    assert tokens_written(plan_calls([asked("a"), asked("a")], "m")).high == 24
