"""The official client at the other endpoints: completions, Responses, embeddings, over a real socket."""

from collections.abc import Callable
from typing import Any, Literal

import openai
import pydantic
import pytest

from aboveboard.gateway import AsgiApp
from aboveboard.models import ModelTimeoutError, open_model
from aboveboard.values import is_ulid

CLIENT = openai.OpenAI
MakeRig = Callable[..., Any]
Serve = Callable[[AsgiApp], str]
CALL = {"id": "call_1", "type": "function", "function": {"name": "send", "arguments": '{"title":"Hi"}'}}


class Meeting(pydantic.BaseModel):
    """What a structured answer must look like."""

    title: str
    kind: Literal["in person", "by telephone"] = "in person"


def test_a_completion_whole_and_streamed(make_rig: MakeRig, client_of: Any) -> None:
    rig = make_rig()
    client = client_of(rig)
    whole = client.completions.create(model="m", prompt="Once", max_tokens=5)
    assert (whole.choices[0].text, whole.choices[0].finish_reason) == ("Hello there.", "stop")
    assert whole.id.startswith("cmpl-") and is_ulid(whole.id.removeprefix("cmpl-"))
    assert whole.usage.total_tokens == 12
    chunks = list(client.completions.create(model="m", prompt="Once", stream=True))
    assert "".join(chunk.choices[0].text for chunk in chunks) == "Hello there."
    assert chunks[-1].choices[0].finish_reason == "stop"
    assert rig.model.asked[0].prompts == ("Once",)


def test_a_fake_model_completes_several_prompts_and_gives_log_probabilities(
    make_rig: MakeRig, client_of: Any
) -> None:
    client = client_of(make_rig(open_model("m", "fake", {"reply": "one two"})))
    answer = client.completions.create(model="m", prompt=["a", "b"], logprobs=2)
    assert [choice.text for choice in answer.choices] == ["one two", "one two"]
    assert [choice.index for choice in answer.choices] == [0, 1]
    first = answer.choices[0].logprobs
    assert first.tokens == ["one", " two"]
    assert first.text_offset == [0, 3]
    assert len(first.top_logprobs[0]) == 2


def test_embeddings_as_numbers_and_as_bytes(make_rig: MakeRig, client_of: Any) -> None:
    rig = make_rig()
    client = client_of(rig)
    packed = client.embeddings.create(model="m", input=["one", "two"])
    plain = client.embeddings.create(model="m", input="one", encoding_format="float")
    assert [one.embedding for one in packed.data] == [[0.25, -0.5]] * 2
    assert plain.data[0].embedding == [0.25, -0.5]
    assert rig.model.asked[0].texts == ("one", "two")
    assert packed.usage.prompt_tokens == 5


def test_a_response_whole(make_rig: MakeRig, client_of: Any) -> None:
    rig = make_rig()
    raw = client_of(rig).responses.with_raw_response.create(
        model="m", instructions="Be brief.", input="hi", store=False, max_output_tokens=50
    )
    response = raw.parse()
    assert response.output_text == "Hello there."
    assert (response.status, response.store) == ("completed", False)
    assert response.id == f"resp_{raw.headers['X-Aboveboard-Receipt']}"
    assert response.usage.total_tokens == 12
    asked = rig.model.asked[0]
    assert [(turn.role, turn.content) for turn in asked.messages] == [("system", "Be brief."), ("user", "hi")]
    assert asked.max_tokens == 50


def test_a_response_streamed_in_the_documented_order(make_rig: MakeRig, client_of: Any) -> None:
    client = client_of(make_rig())
    events = list(client.responses.create(model="m", input="hi", stream=True))
    kinds = [event.type for event in events if event.type != "response.output_text.delta"]
    assert kinds == [
        "response.created",
        "response.in_progress",
        "response.output_item.added",
        "response.content_part.added",
        "response.output_text.done",
        "response.content_part.done",
        "response.output_item.done",
        "response.completed",
    ]
    assert [event.sequence_number for event in events] == list(range(len(events)))
    assert events[-1].response.output_text == "Hello there."
    with client.responses.stream(model="m", input="hi") as stream:
        assert stream.get_final_response().output_text == "Hello there."


def test_function_calls_of_a_response_whole_and_streamed(
    make_rig: MakeRig, scripted: Any, piece: Any, client_of: Any
) -> None:
    opening = {**CALL, "index": 0, "function": {"name": "send", "arguments": ""}}
    parts = [
        {"tool_calls": [{"index": 0, "function": {"arguments": part}}]} for part in ('{"title"', ':"Hi"}')
    ]
    chunks = [
        piece({"reasoning_content": "So."}),
        piece({"content": "Sure. "}),
        piece({"tool_calls": [opening]}),
    ]
    chunks += [*map(piece, parts), piece({}, "tool_calls")]
    message = {"role": "assistant", "content": "Sure. ", "reasoning_content": "So.", "tool_calls": [CALL]}
    rig = make_rig(scripted(message=message, chunks=chunks))
    client = client_of(rig)
    tools: Any = [openai.pydantic_function_tool(Meeting, name="send")]
    tools = [{"type": "function", **tools[0]["function"]}]
    whole = client.responses.parse(model="m", input="hi", tools=tools)
    with client.responses.stream(model="m", input="hi", tools=tools) as stream:
        streamed = stream.get_final_response()
    for response in (whole, streamed):
        thought, said, call = response.output
        assert thought.summary[0].text == "So."
        assert said.content[0].text == "Sure. "
        assert (call.name, call.call_id, call.arguments) == ("send", "call_1", '{"title":"Hi"}')
    history: Any = [
        {"role": "user", "content": "hi"},
        *[
            item.model_dump(exclude_none=True, exclude={"parsed_arguments", "parsed"})
            for item in whole.output
        ],
        {"type": "function_call_output", "call_id": "call_1", "output": "sent"},
    ]
    assert client.responses.create(model="m", input=history, tools=tools).status == "completed"
    asked = rig.model.asked[-1].messages
    assert [turn.role for turn in asked] == ["user", "assistant", "tool"]
    assert asked[1].content == "Sure. "
    assert asked[1].extra["tool_calls"] == [CALL]
    assert asked[1].extra["reasoning_content"] == "So."


def test_a_structured_response_is_parsed(make_rig: MakeRig, scripted: Any, client_of: Any) -> None:
    rig = make_rig(scripted(pieces=list('{"title":"Budget","kind":"by telephone"}')))
    client = client_of(rig)
    parsed = client.responses.parse(model="m", input="hi", text_format=Meeting)
    with client.responses.stream(model="m", input="hi", text_format=Meeting) as stream:
        streamed = stream.get_final_response()
    assert parsed.output_parsed == streamed.output_parsed == Meeting(title="Budget", kind="by telephone")
    schema = rig.model.asked[0].extra["response_format"]["json_schema"]
    assert schema["schema"]["properties"]["kind"]["enum"] == ["in person", "by telephone"]


def test_a_refusal_is_a_refusal(make_rig: MakeRig, scripted: Any, piece: Any, client_of: Any) -> None:
    chunks = [piece({"refusal": "I would "}), piece({"refusal": "rather not."}), piece({}, "stop")]
    message = {"role": "assistant", "content": None, "refusal": "I would rather not."}
    client = client_of(make_rig(scripted(message=message, chunks=chunks)))
    whole = client.responses.create(model="m", input="hi").output[0].content[0]
    *_, last = client.responses.create(model="m", input="hi", stream=True)
    assert (whole.type, whole.refusal) == ("refusal", "I would rather not.")
    assert last.response.output[0].content[0].refusal == "I would rather not."


def test_a_cut_response_is_incomplete(make_rig: MakeRig, scripted: Any, piece: Any, client_of: Any) -> None:
    client = client_of(make_rig(scripted(chunks=[piece({"content": "Once"}), piece({}, "length")])))
    *_, last = client.responses.create(model="m", input="hi", stream=True)
    assert last.type == "response.incomplete"
    assert last.response.incomplete_details.reason == "max_output_tokens"


def test_a_failure_in_mid_stream_is_told(make_rig: MakeRig, scripted: Any, client_of: Any) -> None:
    client = client_of(make_rig(scripted(fail=ModelTimeoutError("slow"), fail_after=2, gap=0.005)))
    *_, last = client.responses.create(model="m", input="hi", stream=True)
    assert (last.type, last.response.status) == ("response.failed", "failed")
    assert last.response.error.code == "upstream_timeout"
    with pytest.raises(openai.APIError, match="in time"):
        list(client.completions.create(model="m", prompt="hi", stream=True))


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({"previous_response_id": "resp_1"}, "previous_response_id"),
        ({"store": True}, "store"),
        ({"tools": [{"type": "web_search"}]}, "tools[0].type"),
        ({"input": [{"type": "item_reference", "id": "x"}]}, "input[0]"),
        ({"truncation": "auto"}, "truncation"),
        ({"conversation": "conv_1"}, "conversation"),
    ],
)
def test_what_is_not_offered_is_refused_by_name(
    make_rig: MakeRig, client_of: Any, fields: dict[str, Any], param: str
) -> None:
    with pytest.raises(openai.BadRequestError) as caught:
        client_of(make_rig()).responses.create(**{"model": "m", "input": "hi", **fields})
    assert caught.value.param == param


def test_token_numbers_are_refused(make_rig: MakeRig, client_of: Any) -> None:
    client = client_of(make_rig())
    with pytest.raises(openai.BadRequestError, match="token numbers"):
        client.embeddings.create(model="m", input=[1, 2, 3])
    with pytest.raises(openai.BadRequestError, match="token numbers"):
        client.completions.create(model="m", prompt=[[1, 2], [3]])
