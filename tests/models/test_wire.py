"""Requests and answers in OpenAI's format."""

import math
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.models import ChatRequest, Message, ModelGarbageError, Usage, read_served
from aboveboard.models._wire import read_chunk, read_next_token, read_response, request_body, sum_by_text

ONE = ChatRequest([Message("user", "hi", {"name": "ann"})], max_tokens=3, temperature=0.0, stop=["x"])


def test_a_request_is_written_with_what_it_sets_only() -> None:
    assert request_body(ONE, "m", stream=False) == {
        "model": "m",
        "messages": [{"role": "user", "content": "hi", "name": "ann"}],
        "max_tokens": 3,
        "temperature": 0.0,
        "stop": ["x"],
    }


def test_unknown_fields_pass_through_but_never_over_the_requests_own() -> None:
    extra = {"top_p": 0.5, "new_thing": {"a": 1}, "model": "other", "messages": [], "stream": True}
    body = request_body(ChatRequest([Message("user", "hi")], extra=extra), "m", stream=False)
    assert body == {
        "top_p": 0.5,
        "new_thing": {"a": 1},
        "model": "m",
        "messages": [{"role": "user", "content": "hi"}],
    }


def test_a_stream_always_asks_for_usage() -> None:
    body = request_body(ChatRequest([], extra={"stream_options": {"other": 1}}), "m", stream=True)
    assert body["stream"] is True
    assert body["stream_options"] == {"other": 1, "include_usage": True}


def test_an_answer_is_read() -> None:
    raw = {
        "choices": [{"index": 0, "message": {"content": "yes"}, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 4, "completion_tokens": 1},
    }
    answer = read_response(raw, "here", {"x-a": "1"})
    assert (answer.text, answer.finish_reason, answer.usage) == ("yes", "stop", Usage(4, 1))
    assert answer.raw is raw and answer.headers == {"x-a": "1"}


def test_a_tool_call_has_no_text() -> None:
    raw = {"choices": [{"message": {"content": None, "tool_calls": []}, "finish_reason": "tool_calls"}]}
    assert read_response(raw, "here").text == ""


@pytest.mark.parametrize(
    "raw", [None, [], "x", 3, {}, {"choices": []}, {"choices": {}}, {"choices": [{"text": "x"}]}]
)
def test_anything_else_is_garbage(raw: object) -> None:
    with pytest.raises(ModelGarbageError, match="here"):
        read_response(raw, "here")


def test_a_piece_of_a_second_choice_adds_no_text() -> None:
    assert read_chunk({"choices": [{"index": 1, "delta": {"content": "no"}}]}, "here").text == ""


def test_a_piece_may_hold_usage_alone() -> None:
    chunk = read_chunk({"choices": [], "usage": {"prompt_tokens": 1, "completion_tokens": 2}}, "here")
    assert (chunk.text, chunk.usage) == ("", Usage(1, 2))


@pytest.mark.parametrize("raw", [None, [], "x", {"choices": 3}])
def test_a_piece_that_is_no_piece_is_garbage(raw: object) -> None:
    with pytest.raises(ModelGarbageError):
        read_chunk(raw, "here")


def test_candidates_of_the_same_text_add_up() -> None:
    half = math.log(0.25)
    assert sum_by_text([{"token": "a", "logprob": half}, {"token": "a", "logprob": half}]) == {
        "a": pytest.approx(math.log(0.5))
    }


def test_missing_log_probabilities_say_what_to_do() -> None:
    with pytest.raises(ModelGarbageError, match="measure this model by generation"):
        read_next_token({"choices": [{"message": {"content": "x"}}]}, "here")


NAMES = st.sampled_from(
    [
        "choices",
        "message",
        "delta",
        "content",
        "logprobs",
        "token",
        "logprob",
        "top_logprobs",
        "usage",
        "index",
    ]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=20,
)


@pytest.mark.parametrize("reader", [read_response, read_chunk, read_next_token])
@given(raw=JSON | st.builds(lambda one: {"choices": [one]}, JSON))
def test_any_json_is_read_or_called_garbage(reader: Callable[[Any, str], object], raw: object) -> None:
    with suppress(ModelGarbageError):
        reader(raw, "here")


@pytest.mark.parametrize("name", ["prompt_tokens", "completion_tokens"])
def test_a_count_that_no_answer_can_have_is_garbage(name: str) -> None:
    raw = {"choices": [{"message": {"content": "x"}, "delta": {}}], "usage": {name: 2**70}}
    for read in (read_response, read_chunk):
        with pytest.raises(ModelGarbageError, match="tokens"):
            read(raw, "here")


def test_what_is_no_count_counts_nothing() -> None:
    raw = {"choices": [], "usage": {"prompt_tokens": True, "completion_tokens": -4}}
    assert read_chunk(raw, "here").usage == Usage(0, 0)


@pytest.mark.parametrize("wrong", [5000.0, 10**400, math.inf, -math.inf, math.nan, True, "-1", None])
def test_a_number_that_is_no_log_probability_is_no_candidate(wrong: object) -> None:
    seen = [{"token": "Yes", "logprob": wrong}, {"token": "No", "logprob": -1.0}]
    assert sum_by_text(seen) == {"No": -1.0}


def test_a_log_probability_that_a_server_rounded_past_nought_is_nought() -> None:
    assert sum_by_text([{"token": "Yes", "logprob": 1e-7}]) == {"Yes": 0.0}


def test_who_answered_is_told_in_letters_that_cannot_repaint_a_terminal() -> None:
    served = read_served({"model": "m\x1b[2J", "system_fingerprint": "\x1b]0;title\x07fp\u202e"})
    assert (served.model, served.fingerprint) == ("m[2J", "]0;titlefp")
