"""One call: what an endpoint may hand over, however much it sends."""

import asyncio

from aboveboard.evals import Item
from aboveboard.evals._ask_model import ask_model
from aboveboard.models import ChatRequest, Message
from aboveboard.models._fake import FakeModel


class Flood(FakeModel):
    """Sends a hundred thousand next tokens, the likeliest of them a megabyte long."""

    async def next_token(self, request: ChatRequest, top: int = 20) -> dict[str, float]:
        return {"x" * 1_000_000: -0.1} | {str(number): -2.0 for number in range(100_000)}


def test_an_answer_is_no_longer_than_its_tokens_can_be() -> None:
    item = Item(id="1", messages=(Message("user", "Hi"),), mode="generate", cluster="1", max_tokens=10)
    answer = asyncio.run(ask_model(FakeModel("m", {"reply": "a" * 1_000_000}), item, None))
    assert answer.text == "a" * 1280


def test_of_a_flood_of_next_tokens_the_likeliest_are_kept() -> None:
    item = Item(id="1", messages=(Message("user", "Hi"),), mode="next-token", cluster="1")
    answer = asyncio.run(ask_model(Flood("m", {}), item, None))
    assert list(answer.logprobs) == [str(number) for number in range(999)]
