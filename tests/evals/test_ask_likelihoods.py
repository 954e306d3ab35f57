"""Likelihoods from items to scores, on a model whose likelihoods are known."""

import asyncio
from pathlib import Path

import pytest

from aboveboard.evals import Answer, Item, ModelUnusableError
from aboveboard.evals._ask_likelihoods import check_likelihoods
from aboveboard.evals._cache import AnswerCache
from aboveboard.evals._requests import Call, call_key, describe_messages, plan_calls
from aboveboard.evals._runner import Runner
from aboveboard.evals._services import StopRules
from aboveboard.models import Detail, LikelihoodRequest, letters, open_model, whole_text
from aboveboard.testing import FakeLikelihoods


def item(name: str, request: LikelihoodRequest) -> Item:
    return Item(id=name, messages=(), mode="likelihood", cluster=name, likelihood=request)


LIMA = item("lima", LikelihoodRequest("Q: Where is Lima?\nA:", {"true": " Peru.", "false": " Chile."}))
PAIR = item("pair", whole_text({"stereo": "one two", "anti": "one three"}))
CHOICE = item("choice", letters("Which?\nAnswer:", ("A", "B")))
SCORES = {" Peru.": -1.0, " Chile.": -2.0, "one two": -3.0, "one three": -4.5, " A": -0.1, " B": -2.5}


def model(fails_on: str = "") -> FakeLikelihoods:
    return FakeLikelihoods(lambda _, text: SCORES[text], fails_on=fails_on)


async def answers(asked: FakeLikelihoods, items: list[Item], path: Path) -> dict[str, tuple[Answer, bool]]:
    found: dict[str, tuple[Answer, bool]] = {}

    def deliver(call: Call, answer: Answer, from_cache: bool) -> None:
        found[call.item.id] = (answer, from_cache)

    with AnswerCache(path / "cache.db") as cache:
        assert await Runner(asked, cache, 1).run(plan_calls(items, "m"), deliver)
    return found


async def test_each_item_gets_its_own_likelihoods_in_whatever_order_they_come(tmp_path: Path) -> None:
    found = await answers(model(), [LIMA, PAIR, CHOICE], tmp_path)
    told = {
        name: {id_: one.logprob for id_, one in answer.likelihoods.items()}
        for name, (answer, _) in found.items()
    }
    assert told == {
        "lima": {"true": -1.0, "false": -2.0},
        "pair": {"stereo": -3.0, "anti": -4.5},
        "choice": {"A": -0.1, "B": -2.5},
    }


async def test_a_second_run_asks_nothing_and_reads_the_same(tmp_path: Path) -> None:
    first = await answers(model(), [LIMA, PAIR], tmp_path)
    again = model()
    second = await answers(again, [LIMA, PAIR], tmp_path)
    assert again.asked == []
    assert all(from_cache for _, from_cache in second.values())
    assert {name: one for name, (one, _) in second.items()} == {name: one for name, (one, _) in first.items()}


async def test_a_request_that_fails_fails_alone_and_is_asked_again(tmp_path: Path) -> None:
    found = await answers(model(fails_on="Lima"), [LIMA, PAIR], tmp_path)
    assert found["lima"][0].error.startswith("ModelRefusedError")
    assert found["pair"][0].error == ""
    assert not (await answers(model(), [LIMA, PAIR], tmp_path))["lima"][1]


async def test_what_was_told_before_an_interruption_is_not_asked_again(tmp_path: Path) -> None:
    def interrupt(call: Call, answer: Answer, from_cache: bool) -> None:
        raise asyncio.CancelledError

    with AnswerCache(tmp_path / "cache.db") as cache, pytest.raises(asyncio.CancelledError):
        await Runner(model(), cache, 1).run(plan_calls([LIMA, PAIR, CHOICE], "m"), interrupt)
    again = model()
    found = await answers(again, [LIMA, PAIR, CHOICE], tmp_path)
    assert len(again.asked) == 2
    assert sorted(from_cache for _, from_cache in found.values()) == [False, False, True]


async def test_a_run_whose_time_is_up_says_that_it_is_not_done(tmp_path: Path) -> None:
    with AnswerCache(tmp_path / "cache.db") as cache:
        runner = Runner(model(), cache, 1, StopRules(max_seconds=0.0))
        assert not await runner.run(plan_calls([LIMA, PAIR], "m"), lambda *_: None)
        assert len(cache) == 1


async def test_a_model_that_fails_again_and_again_is_given_up(tmp_path: Path) -> None:
    many = [item(str(n), LikelihoodRequest(f"Lima {n}", {"x": " y"})) for n in range(50)]
    failing = model(fails_on="Lima")
    with (
        AnswerCache(tmp_path / "cache.db") as cache,
        pytest.raises(ModelUnusableError, match="5 times in a row"),
    ):
        rules = StopRules(max_failures_in_a_row=5)
        await Runner(failing, cache, 1, rules).run(plan_calls(many, "m"), lambda *_: None)
    assert len(failing.asked) == 5


@pytest.mark.parametrize("form", ["context", "continuation", "id", "form", "detail"])
def test_the_key_of_an_answer_depends_on_all_that_was_asked(form: str) -> None:
    other = {
        "context": LikelihoodRequest("r", {"a": "x"}),
        "continuation": LikelihoodRequest("q", {"a": "y"}),
        "id": LikelihoodRequest("q", {"b": "x"}),
        "form": LikelihoodRequest("q", {"a": "x"}, form="letter"),
        "detail": LikelihoodRequest("q", {"a": "x"}, detail="tokens"),
    }[form]
    assert call_key(item("1", LikelihoodRequest("q", {"a": "x"})), "m") != call_key(item("1", other), "m")


async def test_a_model_that_cannot_tell_is_refused_before_anything_is_asked() -> None:
    chat = open_model("chat", "fake", {})
    await check_likelihoods(chat, [])
    with pytest.raises(ModelUnusableError, match="no likelihoods of given texts"):
        await check_likelihoods(chat, [LIMA])


async def test_a_detail_that_the_model_lacks_is_named() -> None:
    offers: tuple[Detail, ...] = ("sum",)
    detailed = item("1", LikelihoodRequest("q", {"a": "x"}, detail="moments"))
    with pytest.raises(ModelUnusableError, match="moments"):
        await check_likelihoods(FakeLikelihoods(offers=offers), [LIMA, detailed])


def test_the_log_shows_context_and_continuations() -> None:
    assert describe_messages(LIMA) == [
        {"content": "Q: Where is Lima?\nA:", "role": "context"},
        {"content": " Peru.", "role": "true"},
        {"content": " Chile.", "role": "false"},
    ]


def test_letters_follow_a_space_unless_the_prompt_ends_in_one() -> None:
    assert letters("Answer:", ("A",)).continuations == {"A": " A"}
    assert letters("Answer: ", ("A",)).continuations == {"A": "A"}
