"""A mitigated model says what it should and is a model like any other."""

from typing import Any

import pytest

from aboveboard.charter import Mitigation, WorkedExample
from aboveboard.mitigation import mitigated
from aboveboard.models import ChatRequest, CompletingModel, EmbeddingModel, Message, Native, open_model

ASKED = ChatRequest([Message("system", "You help."), Message("user", "Hello")], native=Native("messages", {}))


def fake(**options: Any) -> Any:
    return open_model("scripted", "fake", options)


def sent(model: Any) -> list[tuple[str, str]]:
    return [(each.role, each.content) for each in model.requests[-1].messages]


async def test_the_instruction_ends_the_system_message() -> None:
    model = fake(reply="Hi.")
    await mitigated(model, Mitigation(instruction="Be fair.")).chat(ASKED)
    assert sent(model) == [("system", "You help.\n\nBe fair."), ("user", "Hello")]
    assert model.requests[-1].native is None, "another dialect's body would carry the request past it"


async def test_without_a_system_message_it_is_one() -> None:
    model = fake(next_token={" Yes": 0.9})
    await mitigated(model, Mitigation(instruction="Be fair.")).next_token(
        ChatRequest([Message("user", "Hello")])
    )
    assert sent(model) == [("system", "Be fair."), ("user", "Hello")]


async def test_examples_come_before_the_first_turn() -> None:
    model = fake(reply="Hi.")
    examples = (WorkedExample("Q", "A"),)
    await mitigated(model, Mitigation(examples=examples)).chat(ASKED)
    assert sent(model) == [("system", "You help."), ("user", "Q"), ("assistant", "A"), ("user", "Hello")]


async def test_names_are_hidden_from_the_model_and_come_back_in_the_answer() -> None:
    model = fake(reply=lambda request: request.messages[-1].content)
    request = ChatRequest([Message("user", "Please write to Emily Olson. Emily Olson asked for it.")])
    answer = await mitigated(model, Mitigation(blind=("names",))).chat(request)
    assert "Emily" not in sent(model)[-1][1]
    assert sent(model)[-1][1].count("Person A") == 2
    assert answer.text == "Please write to Emily Olson. Emily Olson asked for it."


async def test_words_of_gender_are_hidden() -> None:
    model = fake(reply="Hi.")
    request = ChatRequest([Message("user", "She and her husband left. The woman said: HELP.")])
    await mitigated(model, Mitigation(blind=("gender",))).chat(request)
    assert sent(model)[-1][1] == "They and their spouse left. The person said: HELP."


async def test_what_reads_like_a_stand_in_stays_what_it_is() -> None:
    model = fake(reply=lambda request: request.messages[-1].content)
    request = ChatRequest([Message("user", "Person A met Emily Olson yesterday.")])
    answer = await mitigated(model, Mitigation(blind=("names",))).chat(request)
    assert answer.text == "Person A met Emily Olson yesterday."


async def test_of_several_answers_the_most_typical_is_given_and_all_are_counted() -> None:
    model = fake(replies=["It is four.", "It is four.", "Bananas."])
    answer = await mitigated(model, Mitigation(votes=5)).chat(ASKED)
    assert len(model.requests) == 5
    assert len({each.seed for each in model.requests}) == 5
    assert {each.temperature for each in model.requests} == {0.7}
    assert answer.text == "It is four."
    assert answer.raw["usage"]["completion_tokens"] == answer.usage.completion_tokens > 5


async def test_words_around_the_answer_are_in_the_text_and_in_the_providers_object() -> None:
    wrapped = mitigated(fake(reply="Hi."), Mitigation(opening="I am an AI.", closing="Bye."))
    answer = await wrapped.chat(ASKED)
    assert answer.text == "I am an AI.\n\nHi.\n\nBye."
    assert answer.raw["choices"][0]["message"]["content"] == answer.text


@pytest.mark.parametrize(
    "mitigation",
    [Mitigation(instruction="Be fair."), Mitigation(closing="Bye."), Mitigation(votes=3)],
    ids=str,
)
async def test_a_stream_says_what_the_whole_answer_says(mitigation: Mitigation) -> None:
    wrapped = mitigated(fake(reply="One two three."), mitigation)
    chunks = [chunk async for chunk in wrapped.stream(ASKED)]
    assert "".join(chunk.text for chunk in chunks) == (await wrapped.chat(ASKED)).text
    assert [chunk.finish_reason for chunk in chunks if chunk.finish_reason] == ["stop"]
    assert chunks[-1].usage is not None


def test_it_is_another_model_in_the_evidence() -> None:
    model = fake()
    digests = {
        mitigated(model, each).info.digest
        for each in (None, Mitigation(), Mitigation(votes=3), Mitigation(instruction="Be fair."))
    }
    assert len(digests) == 3
    assert mitigated(model, Mitigation()) is model


def test_it_makes_vectors_and_offers_no_way_past_itself() -> None:
    wrapped = mitigated(fake(), Mitigation(instruction="Be fair."))
    assert isinstance(wrapped, EmbeddingModel)
    assert not isinstance(wrapped, CompletingModel)
