"""The three providers pass the kit that plug-in authors get, and the kit can fail."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from aboveboard.models import ChatRequest, ChatResponse, Model, open_model
from aboveboard.models._fake import FakeModel
from aboveboard.testing import FakeUpstream, ModelConformance
from aboveboard.testing._model_conformance import STORY

SCRIPT = {
    "rules": [
        {"contains": "story", "reply": "Once upon a time a keeper lit the lamp and her dog slept beside it."}
    ],
    "replies": ["A", "B", "C"],
    "next_token": {"A": 0.6, "B": 0.3, "C": 0.05},
}


class TestFakeModel(ModelConformance):
    @pytest.fixture
    async def model(self) -> AsyncIterator[Model]:
        yield open_model("scripted", "fake", SCRIPT)


class TestOpenAIModel(ModelConformance):
    @pytest.fixture
    async def model(self) -> AsyncIterator[Model]:
        async with FakeUpstream(open_model("scripted", "fake", SCRIPT)) as upstream:
            model = open_model("remote", "openai", {"base_url": upstream.base_url})
            yield model
            await model.close()


@pytest.mark.slow
@pytest.mark.local_model
class TestLocalModel(ModelConformance):
    @pytest.fixture
    async def model(self) -> AsyncIterator[Model]:
        model = open_model("smollm2-135m", "local", {"context": 512})
        yield model
        await model.close()


class Forgetful(FakeModel):
    """Says less in a stream than at once, and ignores the limit."""

    async def chat(self, request: ChatRequest) -> ChatResponse:
        answer = await super().chat(replace(request, max_tokens=None))
        return replace(answer, text=answer.text + "!")


async def test_the_kit_finds_a_stream_that_differs() -> None:
    with pytest.raises(AssertionError):
        await ModelConformance().test_a_stream_joined_is_the_whole_answer(Forgetful("bad", SCRIPT))


async def test_the_kit_finds_an_ignored_limit() -> None:
    with pytest.raises(AssertionError):
        await ModelConformance().test_max_tokens_is_a_limit(Forgetful("bad", SCRIPT))


def test_the_story_is_long_enough_for_a_scripted_model() -> None:
    assert len(STORY.split()) >= 3
