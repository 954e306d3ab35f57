"""The worker itself, without Ray around it: answers as they come, an end, troubles told."""

import functools
import pickle
from collections.abc import Callable

import pytest

from aboveboard.evals import Item
from aboveboard.evals._requests import Call, plan_calls
from aboveboard.evals.cluster._worker import Recipe, Taken, Worker, bare
from aboveboard.models import LikelihoodRequest, Message, Model, ModelError, ModelInfo, open_model
from aboveboard.testing import FakeLikelihoods

INFO = ModelInfo("scripted", "fake", "sha256:x", "fake 1")


def calls(count: int) -> list[Call]:
    return plan_calls([Item(f"{n}", (Message("user", f"{n}"),), "generate", "c") for n in range(count)], "m")


async def worker(open_there: Callable[[], Model], parallel: int = 1) -> Worker:
    made = Worker(Recipe(open_there, INFO, parallel))
    assert (await made.open()).info is not None
    return made


async def drain(made: Worker, given: list[Call]) -> list[Taken]:
    taken = [await made.take(given)]
    while not taken[-1].is_done:
        taken.append(await made.take())
    return taken


async def test_answers_come_before_the_chunk_is_done() -> None:
    made = await worker(functools.partial(open_model, "scripted", "fake", {"delay": 0.001}))
    taken = await drain(made, calls(5))
    assert len(taken) > 1
    assert sorted(answer.text for each in taken for _, answer in each.answers) == list("01234")
    assert {key for each in taken for key, _ in each.answers} == {call.key for call in calls(5)}
    assert all(each.memory > 1 << 20 and not each.trouble for each in taken)
    again = await drain(made, calls(3))
    assert sorted(answer.text for each in again for _, answer in each.answers) == list("012")


async def test_a_stopped_worker_finishes_what_is_under_way_and_no_more() -> None:
    made = await worker(functools.partial(open_model, "scripted", "fake", {"delay": 0.001}))
    first = await made.take(calls(50))
    await made.stop()
    answered = len(first.answers)
    while not first.is_done:
        first = await made.take()
        answered += len(first.answers)
    assert 1 <= answered <= 4


async def test_what_ends_a_chunk_is_told_after_its_answers() -> None:
    class Breaks(FakeLikelihoods):
        async def likelihoods(self, requests):  # type: ignore[no-untyped-def]  # as its base
            async for result in super().likelihoods(requests[:1]):
                yield result
            raise ModelError("the memory is gone", where="model 'likely'")

    asked = [
        Item(f"{n}", (), "likelihood", "c", likelihood=LikelihoodRequest(f"{n}:", {"a": " b"}))
        for n in range(3)
    ]
    taken = await drain(await worker(Breaks), plan_calls(asked, "m"))
    assert sum(len(each.answers) for each in taken) == 1
    assert "the memory is gone" in taken[-1].trouble


async def test_a_fault_of_the_program_itself_is_raised() -> None:
    def broken(_: object) -> str:
        raise ZeroDivisionError("a bug")

    made = await worker(functools.partial(open_model, "scripted", "fake", {"reply": broken, "digest": "d"}))
    with pytest.raises(ZeroDivisionError):
        await drain(made, calls(1))


async def test_a_model_that_cannot_be_opened_is_told_with_its_machine() -> None:
    there = Worker(Recipe(functools.partial(open_model, "m", "local", {"path": "/nowhere.gguf"}), INFO))
    opened = await there.open()
    assert opened.info is None
    assert "/nowhere.gguf" in opened.trouble
    assert opened.machine


def test_a_call_travels_without_what_only_its_scorer_needs() -> None:
    item = Item(
        "7",
        (Message("user", "Who?"),),
        "next-token",
        "c",
        groups={"gender": "female"},
        target="Yes",
        facts={"salary": "84,500"},
    )
    travels = pickle.dumps(bare(Call("k", item, (3,))))
    assert b"Who?" in travels
    assert not any(secret in travels for secret in (b"female", b"84,500"))
