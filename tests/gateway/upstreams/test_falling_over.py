"""A model that fails is followed by the next, over real sockets, and the record says so."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from types import SimpleNamespace
from typing import Any

import pytest

from aboveboard.gateway.routing._choosing import substitutes
from aboveboard.gateway.routing._standing import Orders
from aboveboard.models import CircuitRule, Circuits, Model, open_model
from aboveboard.testing import FakeUpstream, Fault

MakeRig = Callable[..., Any]
MODELS = "models: [{id: m, provider: fake}, {id: big, provider: fake, role: other}]"
ANYWHERE = [Fault.RATE_LIMIT, Fault.SERVER_ERROR, Fault.UNAUTHORIZED, Fault.HTML, Fault.EMPTY, Fault.NOT_CHAT]
ENDPOINTS = ["/v1/chat/completions", "/v1/responses", "/v1/messages"]


class House:
    """Two endpoints of their own behind one gateway: `m` and, when it fails, `big`."""

    def __init__(self, rig: Any, m: FakeUpstream, big: FakeUpstream) -> None:
        self.rig = rig
        self.m = m
        self.big = big

    @property
    def attempts(self) -> list[tuple[str, str]]:
        """Who was asked or passed over for the last request, and what came of it."""
        return [(each.model, each.outcome) for each in self.rig.recorder.last.attempts]


def remote(name: str, upstream: FakeUpstream, **options: Any) -> Model:
    given = {"base_url": upstream.base_url, "retries": 0, "read_timeout": 5.0, **options}
    return open_model(name, "openai", given)


@pytest.fixture
async def house(make_rig: MakeRig, charter_with: Any) -> AsyncIterator[Callable[..., Any]]:
    async with AsyncExitStack() as stack:
        opened: list[Model] = []

        async def make(routing: str = "fallback: [big]", options: Any = None, **services: Any) -> House:
            m, big = [await stack.enter_async_context(FakeUpstream()) for _ in range(2)]
            models = {"m": remote("m", m, **(options or {})), "big": remote("big", big)}
            opened.extend(models.values())
            charter = charter_with(f"routing: {{{routing}}}", models=MODELS)
            return House(make_rig(models=models, charter=charter, **services), m, big)

        yield make
        for model in opened:
            await model.close()


@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize("fault", ANYWHERE)
async def test_another_model_answers(house: Any, fault: Fault, streamed: bool) -> None:
    made = await house()
    made.m.faults = [fault]
    answer = await made.rig.chat("hello there", stream=streamed)
    assert (answer.status, answer.text) == (200, "hello there")
    assert answer.headers["x-aboveboard-model"] == "big"
    assert answer.headers["x-aboveboard-attempts"] == "2"


@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize("path", ENDPOINTS)
async def test_at_every_endpoint(house: Any, path: str, streamed: bool) -> None:
    made = await house()
    made.m.faults = [Fault.SERVER_ERROR]
    answer = await made.rig.ask(path, "hello there", stream=streamed)
    assert (answer.status, answer.text) == (200, "hello there")
    assert '"big"' in answer.body.decode()


async def test_the_record_says_who_answered_and_why_not_the_one_asked_for(house: Any) -> None:
    made = await house()
    made.m.faults = [Fault.RATE_LIMIT]
    await made.rig.chat("hi")
    decision = made.rig.recorder.last
    assert (decision.requested, decision.model, decision.error) == ("m", "big", "")
    assert made.attempts == [("m", "status-429"), ("big", "answered")]
    assert all(each.milliseconds > 0 for each in decision.attempts)


async def test_of_an_answer_at_the_first_attempt_there_is_nothing_more_to_say(house: Any) -> None:
    made = await house()
    answer = await made.rig.chat("hi")
    assert (answer.headers["x-aboveboard-model"], answer.headers["x-aboveboard-attempts"]) == ("m", "1")
    assert made.attempts == []
    assert made.big.requests == []


@pytest.mark.parametrize("streamed", [False, True])
async def test_a_model_that_hangs_leaves_time_for_the_next(house: Any, streamed: bool) -> None:
    made = await house("fallback: [big], within: 1s")
    made.m.faults = [Fault.HANG]
    answer = await made.rig.chat("hi", stream=streamed)
    assert answer.headers["x-aboveboard-model"] == "big"
    assert made.attempts == [("m", "timeout"), ("big", "answered")]


async def test_all_attempts_together_end_with_the_budget(house: Any) -> None:
    made = await house("fallback: [big], within: 1s")
    made.m.faults, made.big.faults = [Fault.HANG], [Fault.HANG]
    async with asyncio.timeout(3):
        answer = await made.rig.chat("hi")
    assert (answer.status, answer.error["code"]) == (504, "upstream_timeout")
    assert answer.headers["x-aboveboard-attempts"] == "2"


async def test_waits_between_a_models_own_retries_are_within_the_budget(house: Any) -> None:
    made = await house("fallback: [big], within: 1s", options={"retries": 9})
    made.m.faults, made.m.retry_after = [Fault.RATE_LIMIT] * 9, "20"
    answer = await made.rig.chat("hi")
    assert answer.headers["x-aboveboard-model"] == "big"


@pytest.mark.parametrize("fault", [Fault.TRUNCATED, Fault.ERROR_FRAME])
async def test_never_after_words_have_come(house: Any, fault: Fault) -> None:
    made = await house()
    made.m.faults = [fault]
    answer = await made.rig.chat("one two three four", stream=True)
    assert made.big.requests == []
    assert not answer.is_ended
    assert answer.headers["x-aboveboard-model"] == "m"


async def test_what_the_client_got_wrong_is_not_tried_elsewhere(house: Any, make_rig: MakeRig) -> None:
    made = await house()
    answer = await made.rig.chat("hi", temperature="warm")
    assert (answer.status, made.big.requests) == (400, [])


async def test_when_all_fail_the_client_hears_of_the_model_it_asked_for(house: Any) -> None:
    made = await house()
    made.m.faults, made.big.faults = [Fault.RATE_LIMIT], [Fault.HTML]
    answer = await made.rig.chat("hi")
    assert (answer.status, answer.error["code"]) == (429, "upstream_rate_limited")
    assert made.attempts == [("m", "status-429"), ("big", "garbage")]


async def test_without_a_list_nobody_takes_over(house: Any) -> None:
    made = await house("within: 1m")
    made.m.faults = [Fault.SERVER_ERROR]
    assert (await made.rig.chat("hi")).status == 502
    assert made.big.requests == []


async def test_one_that_cannot_say_what_is_asked_is_left_out(house: Any, scripted: Any) -> None:
    made = await house()
    made.m.faults = [Fault.SERVER_ERROR]

    class OnlyChats:
        """Offers no completions."""

        info = scripted().info
        chat = scripted().chat

    made.rig.services.models["big"] = OnlyChats()
    answer = await made.rig.ask("/v1/completions", "hi")
    assert (answer.status, answer.error["code"]) == (400, "upstream_refused")
    assert made.attempts == [("m", "status-404")]


async def test_a_model_whose_circuit_is_open_is_passed_over(house: Any) -> None:
    made = await house(circuits=Circuits(CircuitRule(share=0.5, calls=2)))
    made.m.faults = [Fault.SERVER_ERROR] * 2
    for _ in range(3):
        assert (await made.rig.chat("hi")).status == 200
    assert len(made.m.requests) == 2
    assert made.attempts == [("m", "circuit-open"), ("big", "answered")]


async def test_when_every_circuit_is_open_the_client_is_told_when_to_come_back(house: Any) -> None:
    made = await house(circuits=Circuits(CircuitRule(share=0.5, calls=1, rest=7.0)))
    made.m.faults = made.big.faults = [Fault.SERVER_ERROR]
    made.big.faults = [Fault.SERVER_ERROR]
    await made.rig.chat("hi")
    answer = await made.rig.chat("hi")
    assert (answer.status, answer.error["code"]) == (503, "circuit_open")
    assert 1 <= int(answer.headers["retry-after"]) <= 7
    assert made.rig.recorder.last.error == "circuit_open"
    assert len(made.m.requests) == len(made.big.requests) == 1


async def test_a_model_that_is_back_is_asked_again(house: Any) -> None:
    made = await house(circuits=Circuits(CircuitRule(share=0.5, calls=1, rest=0.05)))
    made.m.faults = [Fault.SERVER_ERROR]
    await made.rig.chat("hi")
    await asyncio.sleep(0.06)
    answer = await made.rig.chat("hi")
    assert answer.headers["x-aboveboard-model"] == "m"


async def test_what_an_endpoint_does_not_have_is_asked_elsewhere_and_does_not_open_its_circuit(
    house: Any,
) -> None:
    made = await house(circuits=Circuits(CircuitRule(share=0.1, calls=1)))
    await made.rig.ask("/v1/embeddings", "hi")
    assert made.attempts == [("m", "status-404"), ("big", "status-404")]
    assert set(made.rig.services.circuits.states().values()) == {"closed"}


async def test_a_stream_that_breaks_counts_against_its_model(house: Any) -> None:
    made = await house(circuits=Circuits(CircuitRule(share=0.5, calls=1)))
    made.m.faults = [Fault.TRUNCATED]
    await made.rig.chat("one two three four", stream=True)
    assert made.rig.services.circuits.states()["m"] == "open"


async def test_a_client_that_leaves_tells_nothing_about_the_model(house: Any) -> None:
    made = await house(circuits=Circuits(CircuitRule(share=0.1, calls=1)))
    made.m.faults = [Fault.HANG]
    body = b'{"model": "m", "messages": [{"role": "user", "content": "hi"}]}'
    parts = [{"type": "http.request", "body": body, "more_body": False}]
    headers = {"content-type": "application/json", "content-length": str(len(body))}
    await made.rig.send("POST", "/v1/chat/completions", parts, headers, leave_after=0)
    assert made.rig.recorder.last.error == "client_disconnected"
    assert made.attempts == [("m", "abandoned")]
    assert made.rig.services.circuits.states()["m"] == "closed"


async def test_an_open_circuit_shows_and_does_not_make_the_gateway_unready(house: Any) -> None:
    made = await house(circuits=Circuits(CircuitRule(share=0.5, calls=1)))
    made.m.faults = [Fault.SERVER_ERROR]
    await made.rig.chat("hi")
    ready = await made.rig.get("/readyz")
    assert (ready.status, ready.json["notes"]) == (200, ["the circuit of the model m is open"])
    page = await made.rig.metrics()
    assert 'aboveboard_circuit_state{model="m"} 2' in page
    assert 'aboveboard_circuit_state{model="big"} 0' in page


async def test_many_at_once_send_one_probe(house: Any) -> None:
    made = await house(circuits=Circuits(CircuitRule(share=0.5, calls=1, rest=0.05)))
    made.m.faults = [Fault.SERVER_ERROR, Fault.SLOW]
    await made.rig.chat("hi")
    await asyncio.sleep(0.06)
    answers = await asyncio.gather(*(made.rig.chat("hi") for _ in range(8)))
    answered = [each.headers["x-aboveboard-model"] for each in answers]
    assert sorted(answered) == ["big"] * 7 + ["m"]


def test_neither_a_model_that_the_key_is_not_for_nor_one_put_aside_is_a_substitute() -> None:
    routing = SimpleNamespace(fallback=("a", "b", "c"))
    charter: Any = SimpleNamespace(routing=routing, primary=SimpleNamespace(id="a"))
    services: Any = SimpleNamespace(charter=charter, models={"a": 1, "b": 2, "c": 3})
    assert substitutes(["b"], Orders(), (), services) == ["a", "c"]
    assert substitutes(["b"], Orders(), {"b", "c"}, services) == ["c"]
    assert substitutes(["c"], Orders(fallback=("p",)), (), services) == ["b"], "the primary was put aside"
