"""What models that were asked in vain said that it took is on record, and counted against budgets."""

import json
from collections.abc import AsyncIterator, Callable
from types import SimpleNamespace
from typing import Any

import pytest
from aiohttp import web

from aboveboard.gateway.accounting import Account, Reuse
from aboveboard.gateway.admission._estimating import Estimating
from aboveboard.gateway.upstreams import Trail
from aboveboard.models import Usage, open_model

MakeRig = Callable[..., Any]
MODELS = (
    "models: [{id: m, provider: fake, price: {input: 1, output: 10, currency: EUR}},"
    " {id: big, provider: fake, role: other, price: {input: 2, output: 20, currency: EUR}}]"
)
USAGE = {"prompt_tokens": 100, "completion_tokens": 40}
NO_ANSWER = {"choices": [{"index": 0}], "usage": USAGE}
NO_CHOICES = {"usage": USAGE}
TOO_MANY = {"choices": [{"index": n, "message": {"content": "x"}} for n in range(500)], "usage": USAGE}
GOOD = {
    "choices": [{"index": 0, "message": {"role": "assistant", "content": "Hi."}, "finish_reason": "stop"}],
    "usage": {"prompt_tokens": 3, "completion_tokens": 2},
}


class Endpoint:
    """Answers with these objects, one after the other, the last for good; streams end after them."""

    def __init__(self) -> None:
        self.answers: list[Any] = [GOOD]
        self.base_url = ""

    async def answer(self, request: web.Request) -> web.Response:
        body = await request.json()
        answer = self.answers[0] if len(self.answers) == 1 else self.answers.pop(0)
        if not body.get("stream"):
            return web.json_response(answer)
        frame = json.dumps({"choices": [], "usage": answer["usage"]})
        return web.Response(text=f"data: {frame}\n\ndata: [DONE]\n\n", content_type="text/event-stream")


@pytest.fixture
async def endpoint() -> AsyncIterator[Endpoint]:
    made = Endpoint()
    app = web.Application()
    app.router.add_post("/v1/chat/completions", made.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.base_url = f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
    yield made
    await runner.cleanup()


@pytest.fixture
async def rig(
    make_rig: MakeRig, charter_with: Any, scripted: Any, endpoint: Endpoint, request: pytest.FixtureRequest
) -> AsyncIterator[Any]:
    retries = getattr(request, "param", 0)
    given = {"base_url": endpoint.base_url, "retries": retries, "retry_wait": 0.001}
    m = open_model("m", "openai", given)
    charter = charter_with("routing: {fallback: [big]}", models=MODELS)
    yield make_rig(models={"m": m, "big": scripted(id="big")}, charter=charter)
    await m.close()


def attempts(rig: Any) -> list[tuple[str, int, int]]:
    return [(each.outcome, each.prompt_tokens, each.completion_tokens) for each in rig.recorder.last.attempts]


@pytest.mark.parametrize("garbage", [NO_ANSWER, NO_CHOICES, TOO_MANY])
async def test_an_answer_of_no_use_is_on_record_with_what_it_took(
    rig: Any, endpoint: Endpoint, garbage: Any
) -> None:
    endpoint.answers = [garbage]
    assert (await rig.chat("hi")).text == "Hello there."
    assert attempts(rig) == [("garbage", 100, 40), ("answered", 0, 0)]
    assert (rig.recorder.last.prompt_tokens, rig.recorder.last.completion_tokens) == (5, 7)


async def test_a_stream_that_ended_before_it_began_too(rig: Any, endpoint: Endpoint) -> None:
    endpoint.answers = [NO_CHOICES]
    assert (await rig.chat("hi", stream=True)).text == "Hello there."
    assert attempts(rig) == [("garbage", 100, 40), ("answered", 0, 0)]


@pytest.mark.parametrize("rig", [2], indirect=True)
async def test_a_models_own_retries_are_counted_with_its_attempt(rig: Any, endpoint: Endpoint) -> None:
    endpoint.answers = [NO_CHOICES, NO_ANSWER, GOOD]
    assert (await rig.chat("hi")).text == "Hi."
    assert attempts(rig) == [("answered", 200, 80)]
    assert rig.recorder.last.prompt_tokens == 3


@pytest.mark.parametrize("usage", [{"prompt_tokens": -1}, {"prompt_tokens": 1e99}, "much", None])
async def test_what_an_endpoint_says_of_its_garbage_may_be_garbage(
    rig: Any, endpoint: Endpoint, usage: Any
) -> None:
    endpoint.answers = [{"usage": usage}]
    assert (await rig.chat("hi")).status == 200
    assert attempts(rig)[0] == ("garbage", 0, 0)


async def test_the_footprint_is_of_all_tokens(
    make_rig: MakeRig, charter_with: Any, scripted: Any, endpoint: Endpoint
) -> None:
    counted: list[int] = []

    def footprint(*, cpu_seconds: float, seconds: float, tokens: int) -> None:
        counted.append(tokens)

    m = open_model("m", "openai", {"base_url": endpoint.base_url, "retries": 0})
    endpoint.answers = [NO_CHOICES]
    charter = charter_with("routing: {fallback: [big]}", models=MODELS)
    rig = make_rig(models={"m": m, "big": scripted(id="big")}, charter=charter, footprint=footprint)
    await rig.chat("hi")
    await m.close()
    assert counted == [140 + 12]


HELD = (1, 9000, 900_000_000, 0)


def spent(rig: Any, trail: Trail, **account: Any) -> tuple[int, int, int, int]:
    given: Any = SimpleNamespace(
        **{"usage": Usage(), "energy_wh": 0.0, "reused": "", "is_sealed": True, "error": "", **account},
        trail=trail,
    )
    made: Account = given
    return Estimating(rig.services).spent(made, HELD)


def trail(*attempts: tuple[str, str, Usage | None]) -> Trail:
    made = Trail()
    for model, outcome, usage in attempts:
        made.note(model, outcome, 0.0, [usage] if usage else [])
    return made


def test_budgets_pay_for_the_answer_and_for_what_was_in_vain_each_at_its_price(rig: Any) -> None:
    model = rig.services.models["big"]
    plain = spent(rig, trail(("big", "answered", None)), model=model, usage=Usage(10, 1))
    both = spent(
        rig,
        trail(("m", "garbage", Usage(100, 40)), ("big", "answered", None)),
        model=model,
        usage=Usage(10, 1),
    )
    assert both[1] - plain[1] == 140
    euro_a_token = plain[2] / (10 * 2 + 1 * 20)
    assert both[2] - plain[2] == pytest.approx((100 * 1 + 40 * 10) * euro_a_token)


def test_where_nobody_answered_and_all_was_told_no_more_is_paid(rig: Any) -> None:
    model = rig.services.models["m"]
    told = spent(rig, trail(("m", "garbage", Usage(100, 40))), model=model, error="upstream_garbage")
    assert told[1] == 140
    untold = spent(
        rig,
        trail(("m", "garbage", Usage(100, 40)), ("big", "timeout", None)),
        model=model,
        error="upstream_timeout",
    )
    assert untold[1] == HELD[1] + 140


def test_an_answer_given_again_costs_nothing(rig: Any) -> None:
    assert Reuse(b"", source="x").source
    assert spent(rig, Trail(), model=None, reused="x")[1:3] == (0, 0)
