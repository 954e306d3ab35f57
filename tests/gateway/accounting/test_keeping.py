"""The record's digests prove kept texts, and tell nobody anything about texts that are not kept."""

import hashlib
import hmac
import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from aboveboard.guards import Pipeline, build_pipeline

MakeRig = Callable[..., Any]
EMAIL = "anna.berg@example.org"
KEPT = "retention: {payloads: 30d}"


def masking(mode: tuple[str, ...] = ("input", "output")) -> Pipeline:
    entry: Any = SimpleNamespace(
        guard="personal-data", mode=mode, action="mask", on_error="closed", timeout_ms=2000, options={}
    )
    return build_pipeline([entry], "general", ())


def mac(key: bytes, text: bytes) -> str:
    return "hmac-sha256:" + hmac.new(key, text, hashlib.sha256).hexdigest()


@pytest.mark.parametrize("streamed", [False, True])
async def test_with_the_kept_key_the_digests_prove_the_kept_texts(
    make_rig: MakeRig, charter_with: Any, streamed: bool
) -> None:
    rig = make_rig(charter=charter_with(KEPT))
    await rig.chat("hi", stream=streamed)
    decision, kept = rig.recorder.last, rig.recorder.attachments[0]
    assert decision.request_digest == mac(kept["digest-key"], kept["prompt"])
    assert decision.answer_digest == mac(kept["digest-key"], kept["answer"])
    assert len(kept["digest-key"]) == 32


async def test_the_same_words_twice_have_digests_that_nobody_can_compare(make_rig: MakeRig) -> None:
    rig = make_rig()
    await rig.chat("hi")
    await rig.chat("hi")
    first, second = rig.recorder.decisions
    assert first.request_digest != second.request_digest
    assert first.answer_digest != second.answer_digest
    assert rig.recorder.attachments == [{}, {}]


@pytest.mark.parametrize("mode", [("input", "output"), ("input",)])
@pytest.mark.parametrize("streamed", [False, True])
async def test_the_digests_are_of_the_masked_texts(
    make_rig: MakeRig, scripted: Any, charter_with: Any, mode: tuple[str, ...], streamed: bool
) -> None:
    rig = make_rig(scripted(pieces=["to <EMAIL_1>"]), pipeline=masking(mode), charter=charter_with(KEPT))
    answer = await rig.chat(f"mail {EMAIL}", stream=streamed)
    assert answer.text == f"to {EMAIL}"
    decision, kept = rig.recorder.last, rig.recorder.attachments[0]
    assert EMAIL.encode() not in b"".join(kept.values())
    assert decision.request_digest == mac(kept["digest-key"], kept["prompt"])
    assert decision.answer_digest == mac(kept["digest-key"], kept["answer"])


async def test_what_was_stopped_before_it_was_masked_has_no_digest(make_rig: MakeRig) -> None:
    entry: Any = SimpleNamespace(
        guard="secrets", mode=("input",), action="block", on_error="closed", timeout_ms=2000, options={}
    )
    rig = make_rig(pipeline=build_pipeline([entry], "general", ()))
    await rig.chat("use aws_access_key_id = AKIAIOSFODNN7EXAMPLE")
    assert rig.recorder.last.outcome == "block"
    assert (rig.recorder.last.request_digest, rig.recorder.last.answer_digest) == ("", "")


CALL = {"id": "c1", "type": "function", "function": {"name": "send", "arguments": '{"to":"<EMAIL_1>"}'}}
LEGACY = {"name": "send", "arguments": '{"to":"<EMAIL_1>"}'}


@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize(
    ("message", "kept_as"),
    [
        (
            {"tool_calls": [{**CALL, "index": 0}]},
            {"tool_calls[0].function.name": "send", "tool_calls[0].function.arguments": CALL["function"]},
        ),
        ({"function_call": LEGACY}, {"function_call.name": "send", "function_call.arguments": LEGACY}),
        ({"refusal": "not <EMAIL_1>"}, {"refusal": "not <EMAIL_1>"}),
        ({"reasoning_content": "it is <EMAIL_1>"}, {"reasoning_content": "it is <EMAIL_1>"}),
    ],
)
async def test_an_answer_without_content_is_kept_and_digested_for_what_it_says(
    make_rig: MakeRig,
    scripted: Any,
    piece: Any,
    charter_with: Any,
    message: dict[str, Any],
    kept_as: dict[str, Any],
    streamed: bool,
) -> None:
    whole = {"role": "assistant", "content": None, **message}
    model = scripted(message=whole, chunks=[piece(whole), piece({}, "stop")])
    rig = make_rig(model, pipeline=masking(), charter=charter_with(KEPT))
    await rig.chat(f"mail {EMAIL}", stream=streamed)
    kept = rig.recorder.attachments[0]
    expected = {
        place: text["arguments"] if isinstance(text, dict) else text for place, text in kept_as.items()
    }
    assert json.loads(kept["answer"]) == [{"index": 0, "text": "", **expected}]
    assert rig.recorder.last.answer_digest == mac(kept["digest-key"], kept["answer"])
