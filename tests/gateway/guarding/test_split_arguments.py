"""However a model cuts the arguments of a tool call, every protocol carries the same ones, guarded."""

import json
from collections.abc import Callable
from itertools import combinations, pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aboveboard.charter import GuardEntry
from aboveboard.guards import Pipeline, build_pipeline

MakeRig = Callable[..., Any]
SPEAKING = ["/v1/chat/completions", "/v1/responses", "/v1/messages"]
EMAIL = "user@example.com"
ARGUMENTS = json.dumps({"to": EMAIL, "say": 'Grüße "👋" \\ \u2028'}, ensure_ascii=False)
OPENING = {"index": 0, "id": "call_1", "type": "function", "function": {"name": "send", "arguments": ""}}


def private() -> Pipeline:
    return build_pipeline([GuardEntry(guard="personal-data", mode=("output",), action="mask")])


def arguments_in(frame: dict[str, Any]) -> str:
    """What of a call's arguments a frame carries, in whatever protocol."""
    if frame.get("choices"):
        calls = frame["choices"][0]["delta"].get("tool_calls") or ()
        return "".join(call.get("function", {}).get("arguments", "") for call in calls)
    if frame.get("type") == "response.function_call_arguments.delta":
        return str(frame["delta"])
    is_delta = frame.get("type") == "content_block_delta"
    return str(frame["delta"].get("partial_json", "")) if is_delta else ""


async def streamed(rig: Any, path: str) -> str:
    answer = await rig.ask(path, stream=True)
    return "".join(map(arguments_in, answer.frames))


def model_of(scripted: Any, piece: Any, cuts: tuple[int, ...]) -> Any:
    pieces = [ARGUMENTS[a:b] for a, b in pairwise([0, *cuts, len(ARGUMENTS)])]
    deltas = [{"tool_calls": [{"index": 0, "function": {"arguments": each}}]} for each in pieces]
    chunks = [piece({"tool_calls": [OPENING]}), *map(piece, deltas), piece({}, "tool_calls")]
    return scripted(chunks=chunks, gap=0.00005)


@pytest.mark.parametrize("path", SPEAKING)
async def test_any_one_cut_gives_the_same_arguments(
    make_rig: MakeRig, scripted: Any, piece: Any, path: str
) -> None:
    guards = private()
    whole = await streamed(make_rig(model_of(scripted, piece, ()), pipeline=guards), path)
    assert EMAIL not in whole
    assert json.loads(whole)["say"] == 'Grüße "👋" \\ \u2028'
    for cuts in combinations(range(1, len(ARGUMENTS)), 1):
        rig = make_rig(model_of(scripted, piece, cuts), pipeline=guards)
        assert await streamed(rig, path) == whole, cuts


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cuts=st.sets(st.integers(1, len(ARGUMENTS) - 1), max_size=12), path=st.sampled_from(SPEAKING))
async def test_so_do_many(make_rig: MakeRig, scripted: Any, piece: Any, cuts: set[int], path: str) -> None:
    guards = private()
    whole = await streamed(make_rig(model_of(scripted, piece, ()), pipeline=guards), path)
    rig = make_rig(model_of(scripted, piece, tuple(sorted(cuts))), pipeline=guards)
    assert await streamed(rig, path) == whole
