"""Calls are cut into chunks: each once, in order, those that begin alike together."""

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from aboveboard.evals import Answer, Item
from aboveboard.evals._requests import Call, plan_calls, stem
from aboveboard.evals.cluster._chunks import Chunk, chunk_size, plan_chunks
from aboveboard.models import LikelihoodRequest, Message

BEGINNINGS = [f"{letter} long beginning that several prompts have. " * 8 for letter in "ABCDE"]

texts = st.tuples(st.sampled_from(BEGINNINGS), st.integers(0, 90)).map(lambda pair: f"{pair[0]}{pair[1]}")


def chat(text: str) -> Item:
    return Item(text, (Message("user", text),), "generate", text)


def likelihood(text: str) -> Item:
    return Item(text, (), "likelihood", text, likelihood=LikelihoodRequest(text, {"yes": " Yes."}))


items = st.lists(st.one_of(texts.map(chat), texts.map(likelihood)), max_size=120)


@settings(max_examples=30, deadline=None)
@given(items, st.integers(1, 20))
def test_every_call_is_in_one_chunk_and_those_that_begin_alike_in_as_few_as_hold_them(
    found: list[Item], workers: int
) -> None:
    calls = plan_calls(found, "m")
    chunks = plan_chunks(calls, workers)
    size = chunk_size(len(calls), workers)
    assert sorted(key for chunk in chunks for key in chunk.calls) == sorted(call.key for call in calls)
    assert all(1 <= len(chunk.calls) <= size for chunk in chunks)
    where: dict[tuple[str, str], list[int]] = {}
    for place, chunk in enumerate(chunks):
        for call in chunk.calls.values():
            where.setdefault((call.item.mode, stem(call)), []).append(place)
    for places in where.values():
        assert len(set(places)) == math.ceil(len(places) / size)


def test_a_chat_never_shares_a_chunk_with_a_likelihood_and_likelihoods_go_by_text() -> None:
    mixed = [chat(f"{n}") for n in range(9)] + [likelihood(f"{n:02}") for n in (30, 4, 17, 22, 1)]
    chunks = plan_chunks(plan_calls(mixed, "m"), 2)
    modes = [{call.item.mode for call in chunk.calls.values()} for chunk in chunks]
    assert modes == [{"likelihood"}, {"generate"}, {"generate"}]
    assert [call.item.id for call in chunks[0].calls.values()] == ["01", "04", "17", "22", "30"]


def test_every_worker_gets_several_turns_and_no_turn_is_a_single_call() -> None:
    assert [chunk_size(1000, workers) for workers in (1, 4, 8, 500)] == [64, 32, 16, 8]


def test_an_answer_that_comes_twice_is_taken_once() -> None:
    call = Call("k", chat("Hello"), (0,))
    chunk = Chunk({"k": call})
    first, second = Answer(text="a"), Answer(text="b")
    assert chunk.take([("k", first), ("k", second), ("unknown", first)]) == [(call, first)]
    assert chunk.take([("k", second)]) == []
