"""The notice that an AI speaks stands once in an answer, however many texts it has."""

from collections.abc import Callable
from typing import Any

import pytest

from aboveboard.charter import GuardEntry
from aboveboard.guards import build_pipeline

MakeRig = Callable[..., Any]
TOOL = {"index": 0, "id": "call_1", "type": "function", "function": {"name": "f", "arguments": "{}"}}


def rig_with_notice(make_rig: MakeRig, model: Any) -> Any:
    entry = GuardEntry(guard="disclosure", mode=("input", "output"), action="annotate")
    return make_rig(model, pipeline=build_pipeline([entry], ai_notice="first-message"))


@pytest.mark.parametrize("path", ["/v1/chat/completions", "/v1/responses", "/v1/messages"])
async def test_text_before_and_after_a_tool_call(
    make_rig: MakeRig, scripted: Any, piece: Any, path: str
) -> None:
    chunks = [piece({"content": "one"}), piece({"tool_calls": [TOOL]}), piece({"content": "two"})]
    rig = rig_with_notice(make_rig, scripted(chunks=[*chunks, piece({}, "stop")]))
    plain = make_rig(scripted(chunks=[*chunks, piece({}, "stop")]))
    said = (await rig.ask(path, stream=True)).text
    assert said.endswith("onetwo") and said != "onetwo"
    assert (await plain.ask(path, stream=True)).text == "onetwo"


async def test_a_text_and_a_refusal_share_one(make_rig: MakeRig, scripted: Any) -> None:
    message = {"role": "assistant", "content": "Yes.", "refusal": "No."}
    answer = await rig_with_notice(make_rig, scripted(message=message)).chat("hi")
    said = answer.json["choices"][0]["message"]
    assert said["content"].endswith("Yes.") and said["content"] != "Yes."
    assert said["refusal"] == "No."


async def test_of_several_choices_each_is_an_answer(make_rig: MakeRig, scripted: Any, piece: Any) -> None:
    chunks = [piece({"content": "x"}, index=0), piece({"content": "x"}, index=1)]
    ends = [piece({}, "stop", index=0), piece({}, "stop", index=1)]
    answer = await rig_with_notice(make_rig, scripted(chunks=[*chunks, *ends])).chat("hi", stream=True, n=2)
    texts = {0: "", 1: ""}
    for frame in answer.frames:
        texts[frame["choices"][0]["index"]] += frame["choices"][0]["delta"].get("content", "")
    assert texts[0] == texts[1] != "x"
