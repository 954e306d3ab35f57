"""Whatever is sent gets a clear 4xx in OpenAI's error shape, and never an echo."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aboveboard.gateway import Limits

MakeRig = Callable[..., Any]
GOOD = '{"model":"m","messages":[{"role":"user","content":"hi"}]'


def with_messages(messages: str) -> bytes:
    return f'{{"model":"m","messages":{messages}}}'.encode()


BODIES: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "invalid_json"),
    "not JSON": (b"model=m", "invalid_json"),
    "a list": (b"[]", "invalid_json"),
    "trailing bytes": (GOOD.encode() + b"}x", "invalid_json"),
    "NaN": (f'{GOOD},"temperature":NaN}}'.encode(), "invalid_json"),
    "infinity by exponent": (f'{GOOD},"temperature":1e999}}'.encode(), "invalid_json"),
    "the same name twice": (f'{GOOD},"model":"n"}}'.encode(), "invalid_json"),
    "a nested name twice": (with_messages('[{"role":"user","content":"a","content":"b"}]'), "invalid_json"),
    "bad UTF-8": (b'{"model":"\xff"}', "invalid_json"),
    "a lone surrogate": (with_messages('[{"role":"user","content":"\\ud800"}]'), "invalid_json"),
    "very deep": (b"[" * 100_000, "invalid_json"),
    "rather deep": (f'{GOOD},"x":{"[" * 80}{"]" * 80}}}'.encode(), "invalid_json"),
    "a huge number": (f'{GOOD},"seed":{"9" * 5000}}}'.encode(), "invalid_json"),
    "no model": (b'{"messages":[{"role":"user","content":"hi"}]}', "missing_required_parameter"),
    "no messages": (b'{"model":"m"}', "missing_required_parameter"),
    "empty messages": (with_messages("[]"), "invalid_value"),
    "messages of the wrong type": (with_messages('"hi"'), "invalid_value"),
    "a message of the wrong type": (with_messages('["hi"]'), "invalid_value"),
    "an unknown role": (with_messages('[{"role":"root","content":"hi"}]'), "invalid_value"),
    "content of the wrong type": (with_messages('[{"role":"user","content":7}]'), "invalid_value"),
    "no content": (with_messages('[{"role":"user"}]'), "invalid_value"),
    "a text part without text": (
        with_messages('[{"role":"user","content":[{"type":"text"}]}]'),
        "invalid_value",
    ),
    "an unknown part": (
        with_messages('[{"role":"user","content":[{"type":"hologram","x":"hi"}]}]'),
        "unsupported_content_part",
    ),
    "a part that is no object": (
        with_messages('[{"role":"user","content":["hi"]}]'),
        "unsupported_content_part",
    ),
    "audio in": (
        with_messages('[{"role":"user","content":[{"type":"input_audio"}]}]'),
        "unsupported_content_part",
    ),
    "audio out": (f'{GOOD},"modalities":["audio"]}}'.encode(), "invalid_value"),
    "a name that is a sentence": (
        with_messages('[{"role":"user","name":"a b@c","content":"x"}]'),
        "invalid_value",
    ),
    "a tool call without arguments": (
        with_messages('[{"role":"assistant","tool_calls":[{"id":"a","function":{"name":"f"}}]}]'),
        "invalid_value",
    ),
    "negative max_tokens": (f'{GOOD},"max_tokens":-1}}'.encode(), "invalid_value"),
    "max_tokens as a text": (f'{GOOD},"max_tokens":"9"}}'.encode(), "invalid_value"),
    "max_tokens true": (f'{GOOD},"max_tokens":true}}'.encode(), "invalid_value"),
    "temperature too high": (f'{GOOD},"temperature":3}}'.encode(), "invalid_value"),
    "too many choices": (f'{GOOD},"n":100}}'.encode(), "invalid_value"),
    "stream as a text": (f'{GOOD},"stream":"yes"}}'.encode(), "invalid_value"),
    "stop as a number": (f'{GOOD},"stop":[1]}}'.encode(), "invalid_value"),
    "a user too long": (f'{GOOD},"user":"{"x" * 600}"}}'.encode(), "invalid_value"),
    "stream options of the wrong type": (f'{GOOD},"stream_options":[]}}'.encode(), "invalid_value"),
}


@pytest.mark.parametrize("name", BODIES)
async def test_a_bad_body_is_a_400_that_says_why(make_rig: MakeRig, name: str) -> None:
    body, code = BODIES[name]
    rig = make_rig()
    answer = await rig.post(body)
    assert (answer.status, answer.error["code"]) == (400, code)
    assert answer.error["type"] == "invalid_request_error"
    assert rig.model.asked == []


async def test_an_unknown_model_is_a_404_that_lists_the_known_ones(make_rig: MakeRig) -> None:
    answer = await make_rig().chat("hi", model="gpt-none")
    assert (answer.status, answer.error["code"]) == (404, "model_not_found")
    assert "m" in answer.error["message"]
    assert "gpt-none" not in answer.error["message"]


@pytest.mark.parametrize(
    "media", ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]
)
async def test_a_body_that_a_web_page_could_send_unasked_is_refused(make_rig: MakeRig, media: str) -> None:
    answer = await make_rig().post(GOOD.encode() + b"}", {"content-type": media})
    assert (answer.status, answer.error["code"]) == (415, "unsupported_media_type")


async def test_a_compressed_body_is_refused(make_rig: MakeRig) -> None:
    answer = await make_rig().post(b"x", {"content-encoding": "gzip"})
    assert (answer.status, answer.error["code"]) == (415, "unsupported_encoding")


async def test_a_body_said_to_be_too_large_is_refused_unread(make_rig: MakeRig) -> None:
    answer = await make_rig().post(b"", {"content-length": str((1 << 20) + 1)})
    assert (answer.status, answer.error["code"]) == (413, "body_too_large")
    assert answer.headers["connection"] == "close"


async def test_a_body_that_grows_too_large_is_refused(make_rig: MakeRig) -> None:
    rig = make_rig()
    parts = [{"type": "http.request", "body": b"x" * 300_000, "more_body": True}] * 5
    answer = await rig.send("POST", "/v1/chat/completions", parts, {"content-type": "application/json"})
    assert (answer.status, answer.error["code"]) == (413, "body_too_large")


async def test_a_body_in_pieces_is_read_whole(make_rig: MakeRig) -> None:
    rig = make_rig()
    parts = [
        {"type": "http.request", "body": GOOD.encode(), "more_body": True},
        {"type": "http.request", "body": b"}", "more_body": False},
    ]
    answer = await rig.send("POST", "/v1/chat/completions", parts, {"content-type": "application/json"})
    assert answer.status == 200


async def test_a_body_that_never_ends_is_a_408(make_rig: MakeRig) -> None:
    rig = make_rig(limits=Limits(body_seconds=0.05))
    parts = [{"type": "http.request", "body": b"{", "more_body": True}]
    answer = await asyncio.wait_for(
        rig.send("POST", "/v1/chat/completions", parts, {"content-type": "application/json"}), 5
    )
    assert (answer.status, answer.error["code"]) == (408, "body_timeout")


async def test_a_client_that_leaves_while_sending_gets_nothing(make_rig: MakeRig) -> None:
    parts: list[Any] = [{"type": "http.request", "body": b"{", "more_body": True}]
    parts.append({"type": "http.disconnect"})
    answer = await make_rig().send(
        "POST", "/v1/chat/completions", parts, {"content-type": "application/json"}
    )
    assert answer.messages == []


async def test_an_unknown_path_is_a_404_that_lists_the_endpoints(make_rig: MakeRig) -> None:
    answer = await make_rig().get("/v1/images/generations")
    assert (answer.status, answer.error["code"]) == (404, "unknown_endpoint")
    assert "POST /v1/chat/completions" in answer.error["message"]
    assert "GET /v1/receipts/{id}" in answer.error["message"]


async def test_a_wrong_method_is_a_405_that_names_the_right_one(make_rig: MakeRig) -> None:
    answer = await make_rig().get("/v1/chat/completions")
    assert (answer.status, answer.headers["allow"]) == (405, "POST")
    assert answer.error["code"] == "method_not_allowed"


async def test_a_foreign_host_is_refused_when_hosts_are_named(make_rig: MakeRig) -> None:
    rig = make_rig(limits=Limits(hosts=frozenset({"localhost", "127.0.0.1", "[::1]"})))
    for host, status in {"evil.example:8440": 421, "": 421, "LOCALHOST:8440": 200, "[::1]:8440": 200}.items():
        assert (await rig.get("/healthz", {"host": host})).status == status


async def test_no_error_repeats_what_was_sent(make_rig: MakeRig) -> None:
    marker = "ZXQ-SECRET"
    bodies = [
        f'{{"model":"{marker}","messages":[{{"role":"user","content":"{marker}"}}]}}',
        f'{{"model":"m","messages":[{{"role":"{marker}","content":"{marker}"}}]}}',
        f'{{"model":"m","messages":[{{"role":"user","content":[{{"type":"{marker}"}}]}}]}}',
        f'{{"model":"m","{marker}":1,"messages":"{marker}","max_tokens":"{marker}"}}',
        f'{{"{marker}":',
    ]
    for body in bodies:
        answer = await make_rig().post(body.encode())
        assert 400 <= answer.status < 500
        assert marker not in answer.body.decode()


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
_NAMES = """model messages role content type text tools stop n stream tool_calls id function arguments name
prediction response_format modalities user max_tokens"""
_names = st.sampled_from(_NAMES.split())
_likely = st.recursive(
    _json | st.sampled_from(["m", "user", "assistant", "tool", "text", "function", "hi"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_names, inner, max_size=5),
    max_leaves=15,
)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(_names, _likely, max_size=8))
def test_any_json_gets_an_answer_or_an_error_but_never_a_fault(fields: dict[str, Any]) -> None:
    from aboveboard.gateway.dialects._chat import read_chat
    from aboveboard.gateway.http._errors import BadRequestError
    from aboveboard.gateway.http._json import decode_object

    try:
        call = read_chat(decode_object(json.dumps({"model": "m", **fields}).encode()), Limits())
        call.rewrite(call.segments)
        call.to_model("")
    except BadRequestError as error:
        assert error.code


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_any_bytes_are_an_object_or_a_clear_error(body: bytes) -> None:
    from aboveboard.gateway.http._errors import BadRequestError
    from aboveboard.gateway.http._json import decode_object

    try:
        assert isinstance(decode_object(body), dict)
    except BadRequestError as error:
        assert error.code == "invalid_json"
