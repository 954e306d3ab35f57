"""Every text of a request is laid open, whatever field it hides in."""

from typing import Any

import pytest

from aboveboard.gateway import Limits
from aboveboard.gateway.dialects import Call
from aboveboard.gateway.dialects._chat import read_chat
from aboveboard.gateway.http._errors import BadRequestError
from aboveboard.guards import Segment
from aboveboard.models import ChatRequest


def chat_of(call: Call, pseudonym: str) -> ChatRequest:
    request = call.to_model(pseudonym)
    assert isinstance(request, ChatRequest)
    return request


def call(*messages: dict[str, Any], **fields: Any) -> Call:
    return read_chat({"model": "m", "messages": list(messages), **fields}, Limits())


def found(read: Call) -> list[tuple[str, str]]:
    return [(segment.role, segment.text) for segment in read.segments]


def test_each_role_has_its_segment() -> None:
    read = call(
        {"role": "system", "content": "s"},
        {"role": "developer", "content": "d"},
        {"role": "user", "content": "u"},
        {"role": "assistant", "content": "a"},
        {"role": "tool", "content": "t", "tool_call_id": "c1"},
    )
    assert found(read) == [
        ("system", "s"), ("system", "d"), ("user", "u"), ("assistant", "a"), ("tool-result", "t")
    ]  # fmt: skip


def test_text_parts_are_segments_and_images_are_not() -> None:
    image = {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}}
    read = call({"role": "user", "content": [{"type": "text", "text": "look"}, image]})
    assert found(read) == [("user", "look")]
    message = chat_of(read, "").messages[0]
    assert message.extra["content"][1] == image
    assert message.content == "look"


def test_tool_calls_are_segments() -> None:
    function = {"name": "send", "arguments": '{"to":"anna"}'}
    custom = {"name": "shell", "input": "ls"}
    calls = [
        {"id": "c1", "type": "function", "function": function},
        {"id": "c2", "type": "custom", "custom": custom},
    ]
    read = call({"role": "assistant", "tool_calls": calls})
    assert found(read) == [("tool-call", '{"to":"anna"}'), ("tool-call", "ls")]


def test_a_legacy_function_call_is_a_segment() -> None:
    read = call({"role": "assistant", "content": None, "function_call": {"name": "f", "arguments": "{}"}})
    assert found(read) == [("tool-call", "{}")]


def test_texts_in_fields_nobody_knows_are_read_too() -> None:
    read = call({"role": "user", "content": "u", "cache_hint": {"note": ["n1", {"deep": "n2"}], "ttl": 5}})
    assert found(read) == [("user", "u"), ("tool-result", "n1"), ("tool-result", "n2")]


def test_reasoning_sent_back_is_reasoning() -> None:
    read = call({"role": "assistant", "content": "a", "reasoning_content": "because"})
    assert ("reasoning", "because") in found(read)


def test_descriptions_of_tools_and_schemas_and_predictions_are_read() -> None:
    tool = {"type": "function", "function": {"name": "f", "description": "call anna", "parameters": {
        "type": "object", "properties": {"x": {"type": "string", "description": "her number"}}}}}  # fmt: skip
    read = call(
        {"role": "user", "content": "u"},
        tools=[tool],
        prediction={"type": "content", "content": "draft"},
    )
    texts = [text for _, text in found(read)]
    assert {"call anna", "her number", "draft"} <= set(texts)


def test_what_guards_return_goes_back_where_the_text_was() -> None:
    read = call(
        {"role": "user", "content": [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]},
        {"role": "assistant", "tool_calls": [{"id": "c", "function": {"name": "f", "arguments": "x"}}]},
    )
    read.rewrite([Segment("user", "A"), Segment("user", "B"), Segment("tool-call", "X")])
    messages = chat_of(read, "").messages
    assert [part["text"] for part in messages[0].extra["content"]] == ["A", "B"]
    assert messages[0].content == "AB"
    assert messages[1].extra["tool_calls"][0]["function"]["arguments"] == "X"


def test_an_absent_content_stays_absent_in_kind() -> None:
    message = chat_of(call({"role": "assistant", "tool_calls": []}), "").messages[0]
    assert message.content == ""
    assert message.extra["content"] is None


def test_null_means_absent() -> None:
    read = call({"role": "user", "content": "u"}, temperature=None, tools=None, stop=None, user=None, n=None)
    asked = chat_of(read, "")
    assert asked.temperature is None
    assert asked.extra == {}


def test_the_error_names_the_field() -> None:
    with pytest.raises(BadRequestError) as caught:
        call({"role": "user", "content": "u"}, {"role": "user", "content": [{"type": "text", "text": 7}]})
    assert caught.value.param == "messages[1].content[0].text"


@pytest.mark.parametrize("role", ["user", "system", "assistant", "tool"])
def test_a_field_beside_a_message_never_counts_as_the_users_words(role: str) -> None:
    read = call({"role": role, "content": "the words", "id": "msg_1", "note": "beside", "reasoning": "why"})
    beside = {text: found_role for found_role, text in found(read) if text != "the words"}
    assert set(beside) == {"msg_1", "beside", "why"}
    assert "user" not in beside.values()


@pytest.mark.parametrize("field", ["prediction", "documents", "prompt", "whatever"])
def test_a_draft_or_document_is_nobodys_turn(field: str) -> None:
    given = {"type": "content", "content": "a draft"} if field == "prediction" else "a draft"
    read = call({"role": "user", "content": "u"}, **{field: given})
    assert found(read) == [("user", "u"), ("tool-result", "a draft")]


@pytest.mark.parametrize(
    "part",
    [
        {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}, "text": "hidden"},
        {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA", "alt": "hidden"}},
        {"type": "text", "text": "", "refusal": "hidden"},
        {"type": "text", "text": "", "note": [{"deep": "hidden"}]},
    ],
)
def test_a_text_beside_a_part_is_read_and_not_joined_to_its_text(part: dict[str, Any]) -> None:
    read = call({"role": "user", "content": [part]})
    assert ("tool-result", "hidden") in found(read)
    assert "hidden" not in chat_of(read, "").messages[0].content


def test_a_part_whose_stray_text_is_a_number_is_no_fault() -> None:
    image = {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}, "text": 5}
    assert chat_of(call({"role": "user", "content": [image]}), "").messages[0].content == ""


def test_a_refusal_is_read_where_an_assistant_wrote_it_and_refused_elsewhere() -> None:
    part = {"type": "refusal", "refusal": "not that"}
    assert found(call({"role": "assistant", "content": [part]})) == [("assistant", "not that")]
    with pytest.raises(BadRequestError) as caught:
        call({"role": "user", "content": [part]})
    assert caught.value.code == "unsupported_content_part"


@pytest.mark.parametrize(
    "url",
    ["https://x.example/i.png?q=call+anna", "data:text/plain,hello", "data:image/png;base64,AAAA call anna"],
)
def test_an_image_address_that_could_hold_words_is_read(url: str) -> None:
    read = call({"role": "user", "content": [{"type": "image_url", "image_url": {"url": url}}]})
    assert found(read) == [("tool-result", url)]


def test_what_lies_beside_a_tool_calls_arguments_is_read() -> None:
    function = {"name": "f", "arguments": "{}", "comment": "one"}
    calls = [{"id": "c1", "type": "function", "function": function, "signature": {"of": "two"}}]
    legacy = {"name": "f", "arguments": "{}", "comment": "three"}
    read = call({"role": "assistant", "content": None, "tool_calls": calls, "function_call": legacy})
    assert [text for role, text in found(read) if role == "tool-result"] == ["one", "two", "three"]


@pytest.mark.parametrize(
    "message",
    [
        {"role": "user", "content": "u", "anna@example.org": 1},
        {"role": "user", "content": "u", "odd": [{"anna@example.org": None}]},
        {"role": "user", "content": [{"type": "text", "text": "u", "anna@example.org": 1}]},
    ],
)
def test_the_names_of_unknown_fields_are_read_and_must_pass_as_they_are(message: dict[str, Any]) -> None:
    read = call(message)
    texts = read.segments
    assert [one.text for one in texts] == ["u", "anna@example.org"]
    read.rewrite(texts)
    with pytest.raises(BadRequestError) as caught:
        read.rewrite([texts[0], Segment("tool-result", "<EMAIL_1>")])
    assert "anna" not in str(caught.value)


SCHEMA = {
    "type": "object",
    "title": "call anna",
    "properties": {"call anna": {"enum": ["call", "call anna"]}},
}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("tools", [{"type": "function", "function": {"name": "f", "parameters": SCHEMA}}]),
        ("tools", [{"type": "function", "function": {"name": "f", "description": {"text": "call anna"}}}]),
        ("tools", [{"type": "custom", "custom": {"name": "f", "format": {"grammar": "call anna"}}}]),
        ("tools", [{"type": "search", "user_location": {"city": "call anna"}}]),
        ("functions", [{"name": "f", "parameters": {"default": "call anna"}}]),
        ("response_format", {"type": "json_schema", "json_schema": {"name": "s", "schema": SCHEMA}}),
        ("documents", [{"title": "t", "body": "call anna"}]),
        ("prompt", "call anna"),
        ("metadata", {"note": "call anna"}),
        ("metadata", {"call anna": "x"}),
        ("stop", "call anna"),
        ("stop", ["END", "call anna"]),
        ("tool_choice", {"type": "function", "function": {"name": "call anna"}}),
        ("web_search_options", {"user_location": {"approximate": {"city": "call anna"}}}),
        ("call anna", True),
    ],
)
def test_every_text_outside_the_messages_is_read_and_nobodys_words(field: str, value: Any) -> None:
    read = call({"role": "user", "content": "u"}, **{field: value})
    roles = {role for role, text in found(read) if text == "call anna"}
    assert roles in ({"system"}, {"tool-result"})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("logit_bias", {"call anna": 1}),
        ("logit_bias", {"50256": "call anna"}),
        ("logit_bias", ["call anna"]),
        ("tools", [{"type": "function", "function": {"name": "call anna"}}]),
        ("tools", [{"type": "custom", "custom": {"name": "call anna"}}]),
        ("tools", [{"type": "function"}]),
        ("functions", [{"name": "call anna"}]),
    ],
)
def test_what_has_no_room_for_words_must_hold_none(field: str, value: Any) -> None:
    with pytest.raises(BadRequestError) as caught:
        call({"role": "user", "content": "u"}, **{field: value})
    assert caught.value.code == "invalid_value"
    assert "anna" not in str(caught.value)


@pytest.mark.parametrize(
    "name",
    [
        "call anna",
        "+44 20 7946 0958",
        "536-90-4399",
        "a44_b20_c79",
        "10.2.3.44",
        "x" * 17,
        "AKIAIOSFODNN7EXAMPLE",
    ],
)
def test_a_property_whose_name_could_be_more_than_a_name_is_read(name: str) -> None:
    schema = {
        "type": "object",
        "properties": {name: {"type": "string"}, "due_date": {}},
        "required": [name, "due_date"],
    }
    tools = [{"type": "function", "function": {"name": "f", "parameters": schema}}]
    texts = [text for _, text in found(call({"role": "user", "content": "u"}, tools=tools))]
    assert texts == ["u", "f", name, name]


def test_token_weights_pass() -> None:
    read = call({"role": "user", "content": "u"}, logit_bias={"50256": -100, "7": 0.5})
    assert chat_of(read, "").extra["logit_bias"] == {"50256": -100, "7": 0.5}


def test_a_stop_word_goes_to_the_model_as_the_guards_left_it() -> None:
    read = call({"role": "user", "content": "u"}, stop="anna@example.org")
    read.rewrite([Segment("user", "u"), Segment("tool-result", "<EMAIL_1>")])
    assert chat_of(read, "").stop == ("<EMAIL_1>",)


def test_a_safety_identifier_becomes_the_pseudonym_or_nothing() -> None:
    read = call({"role": "user", "content": "u"}, safety_identifier="anna")
    assert read.user == "anna"
    assert chat_of(read, "p-1").extra == {"safety_identifier": "p-1"}
    assert chat_of(read, "").extra == {}
    assert found(read) == [("user", "u")]


def test_a_request_of_more_separate_texts_than_the_limit_is_refused() -> None:
    parts = [{"type": "text", "text": "a"}] * 4097
    with pytest.raises(BadRequestError) as caught:
        call({"role": "user", "content": parts})
    assert caught.value.code == "too_many_texts"
    assert len(call({"role": "user", "content": parts[1:]}).segments) == 4096


def test_texts_outside_the_messages_count_towards_the_limit() -> None:
    with pytest.raises(BadRequestError) as caught:
        call({"role": "user", "content": "u"}, documents=["a b"] * 4096)
    assert caught.value.code == "too_many_texts"
