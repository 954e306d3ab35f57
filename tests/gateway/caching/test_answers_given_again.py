"""An answer is given again to the same request, to nobody else, and never without its guards."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aboveboard.charter import GuardEntry
from aboveboard.errors import AboveboardError
from aboveboard.gateway.caching import Scope, is_repeatable, sameness, wording
from aboveboard.guards import build_pipeline
from aboveboard.models import ChatRequest, EmbeddingRequest, Message, ModelTimeoutError

MakeRig = Callable[..., Any]
CACHED = "routing: {cache: {exact: 1h}}\nretention: {payloads: 1d}"
SAME = {"temperature": 0}


@dataclass
class Memory:
    """A memory over what the gateway recorded; `fail` makes it refuse."""

    recorder: Any
    places: dict[bytes, str] = field(default_factory=dict)
    fail: bool = False

    def tag(self, text: str) -> bytes:
        return hmac.digest(b"key", text.encode(), hashlib.sha256)

    def find(self, tag: bytes) -> tuple[str, bytes] | None:
        self._check()
        decision = self.places.get(tag)
        records = zip(self.recorder.decisions, self.recorder.attachments, strict=True)
        found: Mapping[str, Mapping[str, bytes]] = {each.id: beside for each, beside in records}
        data = found.get(decision or "", {}).get("reusable")
        return (decision or "", data) if data else None

    def keep(self, tag: bytes, decision: str) -> None:
        self._check()
        self.places[tag] = decision

    def _check(self) -> None:
        if self.fail:
            raise AboveboardError("the disk is full")


@pytest.fixture
def rig_with(make_rig: MakeRig, scripted: Any, memory_recorder: Any, charter_with: Any) -> Callable[..., Any]:
    def make(model: Any = None, charter: str = CACHED, **services: Any) -> Any:
        recorder = memory_recorder()
        memory = Memory(recorder)
        given_ = {"recorder": recorder, "memory": memory, "charter": charter_with(charter), **services}
        return make_rig(model or scripted(), **given_)

    return make


@pytest.mark.parametrize("second", [False, True])
@pytest.mark.parametrize("first", [False, True])
async def test_the_same_request_is_answered_with_the_same_words_and_no_model_is_asked(
    rig_with: Any, first: bool, second: bool
) -> None:
    rig = rig_with()
    one = await rig.chat("hi", stream=first, **SAME)
    two = await rig.chat("hi", stream=second, **SAME)
    assert one.text == two.text == "Hello there."
    assert two.is_ended
    assert len(rig.model.asked) == 1
    assert "x-aboveboard-cache" not in one.headers
    assert two.headers["x-aboveboard-cache"] == "hit"
    assert two.headers["x-aboveboard-attempts"] == "0"


async def test_the_record_links_the_decision_that_made_it_and_counts_no_tokens(rig_with: Any) -> None:
    rig = rig_with()
    for _ in range(3):
        await rig.chat("hi", **SAME)
    first, second, third = rig.recorder.decisions
    assert (first.reuses, second.reuses, third.reuses) == ("", first.id, first.id)
    assert second.links == (first.id,)
    assert (first.prompt_tokens, second.prompt_tokens, second.completion_tokens) == (5, 0, 0)
    assert second.model == first.model


async def test_the_client_is_told_what_the_answer_took_when_it_was_made(rig_with: Any) -> None:
    rig = rig_with()
    first, second = [await rig.chat("hi", **SAME) for _ in range(2)]
    assert first.json["usage"] == second.json["usage"]
    assert first.json["id"] != second.json["id"]


async def test_whichever_protocol_it_comes_in(rig_with: Any) -> None:
    rig = rig_with()
    await rig.ask("/v1/messages", "hi", temperature=0)
    answer = await rig.chat("hi", temperature=0, max_tokens=100)
    assert answer.headers["x-aboveboard-cache"] == "hit"
    answer = await rig.ask("/v1/responses", "hi", temperature=0, max_output_tokens=100)
    assert answer.text == "Hello there."
    assert len(rig.model.asked) == 1


async def test_tool_calls_come_again_too(rig_with: Any, scripted: Any) -> None:
    call = {"id": "call_1", "type": "function", "function": {"name": "send", "arguments": '{"to":"anna"}'}}
    rig = rig_with(scripted(message={"role": "assistant", "content": None, "tool_calls": [call]}))
    for _ in range(2):
        answer = await rig.chat("hi", **SAME)
        assert answer.json["choices"][0]["message"]["tool_calls"] == [call]
    streamed = await rig.chat("hi", stream=True, **SAME)
    deltas = [frame["choices"][0]["delta"] for frame in streamed.frames]
    assert [each["tool_calls"][0]["function"]["name"] for each in deltas if "tool_calls" in each] == ["send"]
    assert len(rig.model.asked) == 1


@pytest.mark.parametrize(
    ("fields", "hits"),
    [({}, False), ({"temperature": 0.1}, False), ({"seed": 7}, True), ({"temperature": 0}, True)],
)
async def test_only_for_those_who_ask_for_the_same_answer(
    rig_with: Any, fields: dict[str, Any], hits: bool
) -> None:
    rig = rig_with()
    for _ in range(2):
        answer = await rig.chat("hi", **fields)
    assert ("x-aboveboard-cache" in answer.headers) == hits


async def test_for_everybody_where_the_charter_says_so(rig_with: Any) -> None:
    rig = rig_with(charter=CACHED.replace("1h", "1h, always: true"))
    for _ in range(2):
        answer = await rig.chat("hi")
    assert answer.headers["x-aboveboard-cache"] == "hit"


async def test_nothing_is_kept_where_the_charter_keeps_no_payloads(rig_with: Any) -> None:
    rig = rig_with(charter="routing: {cache: {exact: 1h}}")
    for _ in range(2):
        await rig.chat("hi", **SAME)
    assert len(rig.model.asked) == 2
    assert rig.recorder.attachments == [{}, {}]


async def test_values_that_were_masked_are_put_back_for_whoever_asks_now(
    rig_with: Any, scripted: Any
) -> None:
    guard = GuardEntry(
        guard="personal-data", mode=("input", "output"), action="mask", options={"restore": True}
    )
    rig = rig_with(scripted(pieces=["I wrote to ", "<EMAIL_1>", "."]), pipeline=build_pipeline([guard]))
    first = await rig.chat("write to anna@example.org", **SAME)
    second = await rig.chat("write to ben@example.net", **SAME)
    assert first.text == "I wrote to anna@example.org."
    assert second.text == "I wrote to ben@example.net."
    assert len(rig.model.asked) == 1
    kept = b"".join(b"".join(each.values()) for each in rig.recorder.attachments)
    assert b"example." not in kept


@pytest.mark.parametrize("streamed", [False, True])
async def test_an_answer_that_a_guard_objected_to_is_not_kept(
    rig_with: Any, scripted: Any, streamed: bool
) -> None:
    guard = GuardEntry(guard="personal-data", mode=("output",), action="mask")
    rig = rig_with(scripted(pieces=["Ask carl@example.org today."]), pipeline=build_pipeline([guard]))
    for _ in range(2):
        answer = await rig.chat("hi", stream=streamed, **SAME)
        assert "carl@" not in answer.text
    assert len(rig.model.asked) == 2
    assert all("reusable" not in each for each in rig.recorder.attachments)


async def test_guards_run_on_what_is_given_again(rig_with: Any, scripted: Any, charter_with: Any) -> None:
    rig = rig_with()
    await rig.chat("hi", **SAME)
    guard = GuardEntry(guard="secrets", mode=("output",), action="mask")
    services = replace(rig.services, pipeline=build_pipeline([guard]))
    from aboveboard.gateway import gateway_app

    rig.app = gateway_app(services)
    await rig.chat("hi", **SAME)
    assert [each.guard for each in rig.recorder.last.guards] == ["secrets"]
    assert rig.recorder.last.reuses


@pytest.mark.parametrize("finish", ["content_filter", "other"])
async def test_an_answer_that_was_cut_is_not_kept(
    rig_with: Any, scripted: Any, piece: Any, finish: str
) -> None:
    rig = rig_with(scripted(chunks=[piece({"content": "half"}), piece({}, finish)]))
    for _ in range(2):
        await rig.chat("hi", stream=True, **SAME)
    assert len(rig.model.asked) == 2


async def test_what_a_substitute_answered_is_not_given_as_the_models_own(
    rig_with: Any, scripted: Any, make_rig: MakeRig, charter_with: Any
) -> None:
    models = {"m": scripted(id="m", fail=ModelTimeoutError("late")), "big": scripted(id="big")}
    entries = "models: [{id: m, provider: fake}, {id: big, provider: fake, role: other}]"
    routing = CACHED.replace("routing: {", "routing: {fallback: [big], ")
    remembering = rig_with()
    rig = make_rig(
        models=models,
        charter=charter_with(routing, models=entries),
        recorder=remembering.recorder,
        memory=remembering.services.memory,
    )
    for _ in range(2):
        answer = await rig.chat("hi", **SAME)
        assert "x-aboveboard-cache" not in answer.headers
    assert len(models["big"].asked) == 2


@pytest.mark.parametrize("streamed", [False, True])
async def test_a_memory_that_fails_costs_a_call_and_no_answer(rig_with: Any, streamed: bool) -> None:
    rig = rig_with()
    rig.services.memory.fail = True
    for _ in range(2):
        assert (await rig.chat("hi", stream=streamed, **SAME)).text == "Hello there."
    assert len(rig.model.asked) == 2
    assert 'aboveboard_faults_total{where="answer-cache"} 4' in await rig.metrics()


async def test_vectors_are_never_kept(rig_with: Any) -> None:
    rig = rig_with(charter=CACHED.replace("1h", "1h, always: true"))
    for _ in range(2):
        await rig.ask("/v1/embeddings", "hi")
    assert len(rig.model.asked) == 2
    assert not is_repeatable(EmbeddingRequest(("hi",)), always=True)


NAMES = st.sampled_from(["", "a", "b", "a\x00", '"', "ab"])


@st.composite
def scopes(draw: st.DrawFn) -> Scope:
    return Scope(
        tenant=draw(NAMES),
        key=draw(NAMES),
        data_subject=draw(NAMES),
        charter=draw(NAMES),
        model=draw(NAMES),
        model_digest=draw(NAMES),
    )


@st.composite
def requests(draw: st.DrawFn) -> ChatRequest:
    turns = st.builds(Message, st.sampled_from(["user", "assistant"]), NAMES)
    return ChatRequest(
        tuple(draw(st.lists(turns, max_size=3))),
        max_tokens=draw(st.sampled_from([None, 1, 2])),
        temperature=draw(st.sampled_from([None, 0, 0.0, 1])),
        seed=draw(st.sampled_from([None, 1])),
        stop=tuple(draw(st.lists(NAMES, max_size=2))),
        extra=draw(st.dictionaries(st.sampled_from(["top_p", "tools"]), NAMES, max_size=2)),
    )


@given(scopes(), requests(), scopes(), requests())
@settings(max_examples=500, deadline=None)
def test_no_two_requests_share_an_answer_that_differ_in_who_what_or_by_which_rules(
    scope: Scope, request: ChatRequest, other_scope: Scope, other: ChatRequest
) -> None:
    is_same = sameness(scope, request) == sameness(other_scope, other)
    assert is_same == ((scope, request) == (other_scope, other))


PEOPLE = st.sampled_from(["", "anna", "ben-with-a-longer-name"])
TEXTS = st.sampled_from(["hi", "what is my balance?"])


@given(st.lists(st.tuples(PEOPLE, TEXTS, st.booleans()), min_size=2, max_size=8))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_asked_in_whatever_order_nobody_gets_an_answer_that_was_made_for_another(
    rig_with: Any, scripted: Any, asked: list[tuple[str, str, bool]]
) -> None:
    class Numbering(scripted):  # type: ignore[misc]  # the double's class is only known at run time
        """Every answer is another, so that it shows whose it was."""

        async def chat(self, request: ChatRequest) -> Any:
            self.pieces = (f"answer {len(self.asked)}",)
            return await super().chat(request)

        async def stream(self, request: ChatRequest) -> Any:
            self.pieces = (f"answer {len(self.asked)}",)
            async for chunk in super().stream(request):
                yield chunk

    async def run() -> None:
        rig = rig_with(Numbering())
        made_for: dict[str, tuple[str, str]] = {}
        for person, text, streamed in asked:
            who = {"user": person} if person else {}
            answer = await rig.chat(text, stream=streamed, **who, **SAME)
            assert made_for.setdefault(answer.text, (person, text)) == (person, text)
        assert len(rig.model.asked) == len(set(made_for.values()))

    asyncio.run(run())


async def test_tenants_share_nothing(rig_with: Any) -> None:
    request = ChatRequest((Message("user", "hi"),), temperature=0)
    one = Scope(tenant="t1", data_subject="", charter="c", model="m", model_digest="d")
    assert sameness(one, request) != sameness(replace(one, tenant="t2"), request)


async def test_nor_do_keys_of_one_tenant(rig_with: Any) -> None:
    request = ChatRequest((Message("user", "Is it open?"),), temperature=0)
    one = Scope(tenant="t", key="k1", data_subject="p", charter="c", model="m", model_digest="d")
    other = replace(one, key="k2")
    for asked in (None, wording(request)):
        assert sameness(one, request, asked) != sameness(other, request, asked)


def test_a_text_that_json_cannot_hold_is_no_key() -> None:
    scope = Scope(tenant="", data_subject="", charter="c", model="m", model_digest="d")
    assert sameness(scope, ChatRequest((Message("user", "\ud800"),))) is None


REWORDED = CACHED.replace("1h", "1h, reworded: true")
POLITE = "Hello! Could you tell me if the desk is open?"


async def test_a_question_in_other_words_of_courtesy_is_answered_with_the_same_words(rig_with: Any) -> None:
    rig = rig_with(charter=REWORDED)
    await rig.chat("Is the desk open?", **SAME)
    again = await rig.chat(POLITE, **SAME)
    exactly = await rig.chat("Is the desk open?", stream=True, **SAME)
    assert again.text == exactly.text == "Hello there."
    assert "words" not in again.json
    assert len(rig.model.asked) == 1
    assert [each.headers["x-aboveboard-cache"] for each in (again, exactly)] == ["reworded", "hit"]
    first, second, third = rig.recorder.decisions
    assert (second.reuses, second.reworded) == (first.id, True)
    assert (third.reuses, third.reworded) == (first.id, False)


@pytest.mark.parametrize(
    ("charter", "text", "fields"),
    [
        (CACHED, POLITE, {}),
        (REWORDED, "Could you tell me if the desk is closed?", {}),
        (REWORDED, "Is the desk open at 9?", {}),
        (REWORDED, POLITE, {"user": "ben"}),
        (REWORDED, POLITE, {"max_tokens": 5}),
        (REWORDED, POLITE, {"temperature": 0.0, "top_p": 0.5}),
    ],
)
async def test_only_where_the_charter_says_so_and_all_else_is_the_same(
    rig_with: Any, charter: str, text: str, fields: dict[str, Any]
) -> None:
    rig = rig_with(charter=charter)
    await rig.chat("Is the desk open?", **SAME)
    await rig.chat(text, **{**SAME, **fields})
    assert len(rig.model.asked) == 2


async def test_not_for_a_question_within_a_conversation(rig_with: Any) -> None:
    rig = rig_with(charter=REWORDED)
    said = [{"role": "user", "content": "hi"}, {"role": "assistant", "content": "Yes?"}]
    for text in ("Is the desk open?", POLITE):
        body = {"model": "m", "messages": [*said, {"role": "user", "content": text}], **SAME}
        await rig.post(json.dumps(body).encode())
    assert len(rig.model.asked) == 2


@pytest.mark.parametrize("wish", ["no-cache", "max-age=0, No-Store"])
@pytest.mark.parametrize("charter", [CACHED, REWORDED])
async def test_who_wants_a_new_answer_gets_one_and_changes_nobody_elses(
    rig_with: Any, scripted: Any, wish: str, charter: str
) -> None:
    rig = rig_with(charter=charter)
    await rig.chat("hi", **SAME)
    body = {"model": "m", "messages": [{"role": "user", "content": "hi"}], **SAME}
    rig.model.pieces = ("Another.",)
    answer = await rig.post(json.dumps(body).encode(), {"cache-control": wish})
    assert (answer.text, "x-aboveboard-cache" in answer.headers) == ("Another.", False)
    assert "reusable" not in rig.recorder.attachments[-1]
    assert (await rig.chat("hi", **SAME)).text == "Hello there."
