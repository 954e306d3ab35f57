"""Fields that a protocol has elsewhere, or of another kind there, are the client's mistake and no fault."""

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aboveboard.gateway.dialects import DIALECTS, Dialect
from aboveboard.gateway.http import BadRequestError, Limits

MakeRig = Callable[..., Any]
ODD: Any = [1, [1], {"a": 1}, None]


def holders(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in a JSON value."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if isinstance(value, dict):
        yield value
    for each in inner:
        yield from holders(each)


@pytest.mark.parametrize("odd", ODD)
async def test_messages(make_rig: MakeRig, odd: Any) -> None:
    blocks = [{"type": "text", "text": "hi", "content": [odd], "source": odd, "input": odd}]
    messages = [{"role": "user", "content": blocks}]
    assert (await make_rig().ask("/v1/messages", messages=messages)).status in (200, 400)


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize(
    "part",
    [
        {"type": "input_text", "text": ""},
        {"type": "refusal", "refusal": ""},
        {"type": "input_image", "image_url": "data:image/png;base64,AAAA"},
    ],
)
async def test_responses(make_rig: MakeRig, part: dict[str, Any], odd: Any) -> None:
    beside = {name: odd for name in ("text", "refusal", "detail") if name not in part}
    item = {"type": "message", "role": "user", "content": [{**part, **beside}], "output": [odd]}
    assert (await make_rig().ask("/v1/responses", input=[item])).status in (200, 400)


@pytest.mark.parametrize("odd", ODD)
async def test_chats(make_rig: MakeRig, odd: Any) -> None:
    part = {"type": "text", "text": "", "refusal": odd, "image_url": odd}
    messages = [{"role": "user", "content": [part], "tool_call_id": "c", "name": "n"}]
    assert (await make_rig().ask("/v1/chat/completions", messages=messages)).status in (200, 400)


_TOOL = {"type": "function", "name": "look", "description": "up", "parameters": {"type": "object"}}
_CALLS = [{"id": "c", "type": "function", "function": {"name": "look", "arguments": "{}"}}]
_CHAT = {
    "messages": [
        {"role": "system", "content": [{"type": "text", "text": "be brief"}]},
        {"role": "assistant", "content": "hm", "tool_calls": _CALLS, "reasoning_content": "so"},
        {"role": "tool", "content": "found", "tool_call_id": "c"},
    ],
    "tools": [{"type": "function", "function": {"name": "look", "parameters": {"type": "object"}}}],
    "response_format": {"type": "json_object"},
    "stream_options": {"include_usage": True},
}
_RESPONSES = {
    "input": [
        {"type": "message", "role": "user", "content": [{"type": "input_text", "text": "hi"}]},
        {"type": "reasoning", "summary": [{"type": "summary_text", "text": "so"}]},
        {"type": "function_call", "call_id": "c", "name": "look", "arguments": "{}"},
        {"type": "function_call_output", "call_id": "c", "output": [{"type": "input_text", "text": "no"}]},
        {"role": "assistant", "content": [{"type": "refusal", "refusal": "no"}]},
    ],
    "tools": [_TOOL],
    "text": {"format": {"type": "json_schema", "name": "n", "schema": {}}},
    "reasoning": {"effort": "low"},
    "tool_choice": {"type": "function", "name": "look"},
    "include": ["reasoning.encrypted_content"],
}
_RESULT = {"type": "tool_result", "tool_use_id": "c", "content": [{"type": "text", "text": "found"}]}
_MESSAGES = {
    "max_tokens": 9,
    "system": [{"type": "text", "text": "be brief"}],
    "messages": [
        {"role": "assistant", "content": [{"type": "tool_use", "id": "c", "name": "look", "input": {}}]},
        {"role": "assistant", "content": [{"type": "thinking", "thinking": "so"}]},
        {"role": "user", "content": [_RESULT, {"type": "text", "text": "and?"}]},
    ],
    "tools": [{"name": "look", "input_schema": {"type": "object"}}],
    "tool_choice": {"type": "tool", "name": "look"},
    "metadata": {"user_id": "anna"},
    "output_config": {"format": {"type": "json_schema", "schema": {}}},
    "thinking": {"type": "disabled"},
}
BODIES: dict[str, dict[str, Any]] = {
    "/v1/chat/completions": _CHAT,
    "/v1/completions": {"prompt": ["a", "b"], "suffix": "c", "stop": ["x"], "n": 2},
    "/v1/responses": _RESPONSES,
    "/v1/embeddings": {"input": ["a", "b"], "encoding_format": "base64"},
    "/v1/messages": _MESSAGES,
}
NAMES = sorted({name for body in BODIES.values() for holder in holders(body) for name in holder})
VALUES = st.sampled_from(
    [None, True, 0, -1, 2.5, "", "x", [], [1], [None], {}, {"type": 1}, {"type": "text"}]
)


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(DIALECTS), st.data())
def test_one_field_of_another_kind_is_taken_or_refused_and_never_a_fault(
    dialect: Dialect, data: st.DataObject
) -> None:
    body = json.loads(json.dumps({"model": "m", **BODIES[dialect.path]}))
    for _ in range(data.draw(st.integers(1, 2))):
        found = list(holders(body))
        holder = found[data.draw(st.integers(0, len(found) - 1))]
        holder[data.draw(st.sampled_from(NAMES))] = deepcopy(data.draw(VALUES))
    try:
        call = dialect.read(body, Limits())
        call.rewrite(call.segments)
        call.to_model("p-1")
    except BadRequestError as error:
        assert error.code
