"""What holds at every endpoint of a model, in every protocol: the cases are made from the list of them."""

import asyncio
import json
from collections.abc import Callable
from itertools import combinations, pairwise
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aboveboard.errors import AboveboardError
from aboveboard.gateway.dialects import DIALECTS
from aboveboard.guards import Action, Pipeline, Verdict, build_pipeline
from aboveboard.models import ModelTimeoutError
from aboveboard.values import is_ulid

MakeRig = Callable[..., Any]
PATHS = [one.path for one in DIALECTS]
SPEAKING = [one.path for one in DIALECTS if one.writer]
EMAIL = "anna.berg@example.org"


def pipeline(*guards: tuple[str, tuple[str, ...], str]) -> Pipeline:
    entries: Any = [
        SimpleNamespace(guard=guard, mode=mode, action=action, on_error="closed", timeout_ms=5000, options={})
        for guard, mode, action in guards
    ]
    return build_pipeline(entries, "general", ("EU",))


PRIVATE = ("personal-data", ("input", "output"), "mask")


@pytest.mark.parametrize("path", PATHS)
async def test_every_answer_has_a_receipt_and_a_record(make_rig: MakeRig, path: str) -> None:
    rig = make_rig()
    answer = await rig.ask(path)
    assert answer.status == 200
    receipt = answer.headers["x-aboveboard-receipt"]
    assert is_ulid(receipt)
    assert answer.json.get("id", receipt).endswith(receipt)
    decision = rig.recorder.last
    assert (decision.id, decision.endpoint, decision.outcome) == (receipt, path, "allow")
    assert decision.prompt_tokens == 5
    assert decision.request_digest
    assert answer.headers["x-aboveboard-decision"] == "allow"


@pytest.mark.parametrize("path", PATHS)
async def test_personal_data_does_not_reach_the_model(make_rig: MakeRig, path: str) -> None:
    rig = make_rig(pipeline=pipeline(PRIVATE))
    assert (await rig.ask(path, f"Write to {EMAIL}.")).status == 200
    assert EMAIL not in repr(rig.model.asked)
    assert rig.recorder.last.outcome == "mask"


@pytest.mark.parametrize("path", PATHS)
async def test_what_nobody_knows_is_guarded_or_refused(make_rig: MakeRig, path: str) -> None:
    rig = make_rig(pipeline=pipeline(PRIVATE))
    answer = await rig.ask(path, beyond={"note": f"from {EMAIL}"})
    assert EMAIL not in repr(rig.model.asked)
    if answer.status == 200:
        assert "note" in repr(rig.model.asked)
    else:
        assert "beyond" in answer.error["message"]
        assert not rig.model.asked


@pytest.mark.parametrize("path", PATHS)
async def test_the_end_user_reaches_the_model_by_pseudonym_only(make_rig: MakeRig, path: str) -> None:
    rig = make_rig()
    person = {"metadata": {"user_id": "anna"}} if path == "/v1/messages" else {"user": "anna"}
    await rig.ask(path, **person)
    assert "p-4" in repr(rig.model.asked)
    assert "anna" not in repr(rig.model.asked)
    assert rig.recorder.last.data_subject == "p-4"


@pytest.mark.parametrize("path", SPEAKING)
@pytest.mark.parametrize("streamed", [False, True])
async def test_a_clean_answer_is_what_the_model_said(
    make_rig: MakeRig, scripted: Any, path: str, streamed: bool
) -> None:
    text = 'Grüße 👋🏽 \u2028 東京 \\n "quoted" \t \u0000 end\n\n'
    rig = make_rig(scripted(pieces=list(text)), pipeline=pipeline(PRIVATE))
    assert (await rig.ask(path, stream=streamed)).text == text


@pytest.mark.parametrize("path", SPEAKING)
async def test_any_split_gives_the_same_answer(make_rig: MakeRig, scripted: Any, path: str) -> None:
    text = f"Ask {EMAIL} or 4111 1111 1111 1111."
    guards = pipeline(PRIVATE)
    whole = (await make_rig(scripted(pieces=[text]), pipeline=guards).ask(path)).text
    assert EMAIL not in whole
    for cuts in [*combinations(range(len(text)), 1), *((at, at + 7) for at in range(len(text) - 7))]:
        ends = [0, *cuts, len(text)]
        pieces = [text[a:b] for a, b in pairwise(ends)]
        answer = await make_rig(scripted(pieces=pieces, gap=0.0001), pipeline=guards).ask(path, stream=True)
        assert answer.text == whole, cuts


@pytest.mark.parametrize("path", SPEAKING)
async def test_no_text_comes_after_the_end_and_the_end_after_the_record(
    make_rig: MakeRig, scripted: Any, memory_recorder: Any, path: str
) -> None:
    rig = make_rig(scripted(pieces=["One. ", f"{EMAIL} "]), pipeline=pipeline(PRIVATE))
    answer = await rig.ask(path, stream=True)
    assert answer.is_ended
    ended = [place for place, frame in enumerate(answer.frames) if answer.ends(frame)]
    assert not "".join(answer.said(frame) for frame in answer.frames[ended[0] :])
    failing = make_rig(scripted(), recorder=memory_recorder(fail=AboveboardError("disk full")))
    unrecorded = await failing.ask(path, stream=True)
    assert not unrecorded.is_ended
    assert "unrecorded" in json.dumps(unrecorded.frames[-1])


@pytest.mark.parametrize("path", SPEAKING)
@pytest.mark.parametrize("leave_after", [0, 3])
async def test_a_client_that_leaves_stops_the_model_and_is_recorded(
    make_rig: MakeRig, scripted: Any, path: str, leave_after: int
) -> None:
    rig = make_rig(scripted(pieces=["x "] * 1000, gap=0.02))
    part = {"type": "http.request", "body": json.dumps({**rig.body_for(path, "hi"), "stream": True}).encode()}
    headers = {"content-type": "application/json"}
    await asyncio.wait_for(rig.send("POST", path, [part], headers, leave_after), 5)
    assert rig.model.ended.is_set()
    assert (rig.recorder.last.error, rig.recorder.last.endpoint) == ("client_disconnected", path)


@pytest.mark.parametrize("path", SPEAKING)
@pytest.mark.parametrize("streamed", [False, True])
async def test_a_person_in_a_crisis_is_answered_in_kind(make_rig: MakeRig, path: str, streamed: bool) -> None:
    rig = make_rig(pipeline=pipeline(("crisis", ("input",), "escalate")))
    answer = await rig.ask(path, "I want to end my life tonight.", stream=streamed)
    assert answer.status == 200
    assert "glad you told me" in answer.text
    assert answer.is_ended
    assert not rig.model.asked
    assert rig.incidents.opened
    assert rig.recorder.last.outcome == "escalate"


class Escalating:
    """Finds a person in need in everything."""

    name = "worried"
    modes = ("input",)
    window = 0
    is_inline = True

    def check(self, segment: Any, context: Any) -> Verdict:
        return Verdict(Action.ESCALATE, text="Please call somebody.")


async def test_vectors_cannot_say_anything_so_nothing_is_answered(make_rig: MakeRig) -> None:
    from aboveboard.guards import ConfiguredGuard

    guard: Any = Escalating()
    rig = make_rig(pipeline=Pipeline([ConfiguredGuard(guard, ("input",), None, "closed", 1000)]))
    answer = await rig.ask("/v1/embeddings")
    assert (answer.status, answer.error["code"]) == (400, "worried_guard")
    assert not rig.model.asked
    assert rig.incidents.opened


@pytest.mark.parametrize("path", SPEAKING)
async def test_a_model_that_fails_in_mid_stream_ends_it_with_a_typed_frame(
    make_rig: MakeRig, scripted: Any, path: str
) -> None:
    rig = make_rig(scripted(fail=ModelTimeoutError("slow"), fail_after=2, gap=0.005))
    answer = await rig.ask(path, stream=True)
    assert answer.status == 200
    assert not answer.is_ended
    assert "upstream_timeout" in json.dumps(answer.frames[-1])
    assert answer.text == "Hello "
    assert rig.recorder.last.error == "upstream_timeout"


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("body", [b"{", b"[]", b"{}", b'{"model":"m"}', b'{"model":"other"}'])
async def test_a_bad_body_is_refused_in_the_protocol_of_the_endpoint(
    make_rig: MakeRig, path: str, body: bytes
) -> None:
    answer = await make_rig().post(body, path=path)
    assert answer.status == 400
    assert ("type" in answer.json) == (path == "/v1/messages")
    assert {"type", "message", "code", "param"} <= set(answer.error)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 5)
    | st.floats(-2, 2)
    | st.sampled_from(["", "a", "user", "text"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "role", "content", "text", "name", "id", "input", "source", "function"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)
KINDS = st.sampled_from(
    [
        *(
            "text",
            "image",
            "tool_use",
            "tool_result",
            "thinking",
            "redacted_thinking",
            "message",
            "image_url",
        ),
        *("function_call", "function_call_output", "reasoning", "input_text", "input_image", "output_text"),
        *("refusal", "function", "custom", "json_schema", "tool", "auto"),
    ]
)
NEAR = st.fixed_dictionaries(
    {"type": KINDS},
    optional={
        "role": st.sampled_from(["user", "assistant", "system"]) | JSON,
        **dict.fromkeys(("content", "text", "input", "output", "source", "summary", "arguments"), JSON),
        **dict.fromkeys(("id", "call_id", "name", "tool_use_id"), st.just("a") | JSON),
    },
)
TURN = st.fixed_dictionaries(
    {
        "role": st.sampled_from(["user", "assistant", "tool", "system"]),
        "content": st.lists(NEAR, max_size=3) | JSON,
    },
    optional={"tool_calls": st.lists(NEAR, max_size=2) | JSON, "tool_call_id": st.just("a")},
)
TOOL = st.fixed_dictionaries(
    {"name": st.just("a") | JSON},
    optional={
        "type": st.sampled_from(["function", "custom"]),
        **dict.fromkeys(("function", "input_schema", "parameters", "strict", "beyond"), JSON),
    },
)
LIKELY = {
    "messages": st.lists(TURN, min_size=1, max_size=3),
    "input": st.lists(TURN | NEAR, min_size=1, max_size=3),
    "system": st.lists(NEAR, max_size=2),
    "tools": st.lists(TOOL, max_size=2),
    "metadata": st.dictionaries(st.sampled_from(["user_id", "a"]), JSON, max_size=2),
    "output_config": st.fixed_dictionaries({"format": NEAR}),
    "text": st.fixed_dictionaries({"format": NEAR}),
    "tool_choice": NEAR,
}
FIELDS = (
    *("prompt", "instructions", "stop", "stop_sequences", "stream_options", "thinking", "reasoning"),
    *("include", "n", "logprobs", "response_format", "encoding_format", "suffix", "user", "max_tokens"),
    *("functions", "beyond", "stream"),
)
BODIES = st.fixed_dictionaries(
    {},
    optional={**{name: good | JSON for name, good in LIKELY.items()}, **dict.fromkeys(FIELDS, JSON | NEAR)},
)


@pytest.mark.parametrize("path", PATHS)
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    derandomize=True,
)
@given(fields=BODIES, names=st.sets(st.sampled_from([*LIKELY, *FIELDS]), min_size=1, max_size=3))
def test_no_shape_of_a_request_is_a_fault_of_ours(
    make_rig: MakeRig, path: str, fields: dict[str, Any], names: set[str]
) -> None:
    given_ = {name: value for name, value in fields.items() if name in names}
    answer = asyncio.run(make_rig().ask(path, **given_))
    assert answer.status in (200, 400), answer.body
