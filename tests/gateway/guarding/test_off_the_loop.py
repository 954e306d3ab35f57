"""What takes guards long is read beside the event loop, so that nobody else waits for it."""

import json
import threading
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import pytest

from aboveboard.gateway import Limits
from aboveboard.guards import ConfiguredGuard, GuardContext, Mode, Pipeline, Segment, Verdict

MakeRig = Callable[..., Any]
SMALL, LARGE = "hi", "word " * 8000


class Witness:
    """Allows everything; remembers the threads it was asked on."""

    name: ClassVar[str] = "witness"
    modes: ClassVar[tuple[Mode, ...]] = ("input", "output")
    is_inline: ClassVar[bool] = True

    def __init__(self, options: Mapping[str, Any]) -> None:
        self.threads: set[int] = set()

    @property
    def window(self) -> int:
        return 0

    def check(self, segment: Segment, context: GuardContext) -> Verdict:
        self.threads.add(threading.get_ident())
        return Verdict()


@pytest.mark.parametrize(
    ("fields", "is_beside"),
    [
        ({"text": SMALL}, False),
        ({"text": LARGE}, True),
        ({"messages": [{"role": "user", "content": [{"type": "text", "text": "a"}] * 100}]}, False),
        ({"messages": [{"role": "user", "content": [{"type": "text", "text": "a"}] * 200}]}, True),
    ],
)
async def test_a_long_request_or_one_of_many_texts_is_checked_beside_the_loop(
    make_rig: MakeRig, fields: dict[str, Any], is_beside: bool
) -> None:
    witness = Witness({})
    rig = make_rig(pipeline=Pipeline([ConfiguredGuard(witness, ("input",))]))
    answer = await rig.chat(**fields)
    assert answer.status == 200
    assert (threading.get_ident() not in witness.threads) == is_beside


@pytest.mark.parametrize(("text", "is_beside"), [(SMALL, False), (LARGE, True)])
async def test_a_long_answer_is_checked_beside_the_loop(
    make_rig: MakeRig, scripted: Any, text: str, is_beside: bool
) -> None:
    witness = Witness({})
    rig = make_rig(scripted(pieces=[text]), pipeline=Pipeline([ConfiguredGuard(witness, ("output",))]))
    answer = await rig.chat("hi")
    assert answer.text == text
    assert (threading.get_ident() not in witness.threads) == is_beside


async def test_a_long_body_that_is_wrong_is_still_a_clear_400(make_rig: MakeRig) -> None:
    body = {"model": "m", "messages": [{"role": "root", "content": LARGE}]}
    answer = await make_rig().post(json.dumps(body).encode())
    assert (answer.status, answer.error["param"]) == (400, "messages[0].role")


@pytest.mark.parametrize("streamed", [False, True])
async def test_an_answer_is_measured_by_all_it_holds_not_its_first_text_alone(
    make_rig: MakeRig, scripted: Any, piece: Any, streamed: bool
) -> None:
    function = {"name": "f", "arguments": "x" * 2000}
    message = {
        "role": "assistant",
        "content": None,
        "tool_calls": [{"index": 0, "id": "c", "function": function}],
    }
    model = scripted(message=message, chunks=[piece(message), piece({}, "tool_calls")])
    answer = await make_rig(model, limits=Limits(answer_characters=1000)).chat("hi", stream=streamed)
    assert (answer.status, answer.error["code"]) == (502, "upstream_too_long")


async def test_long_tool_arguments_are_checked_beside_the_loop(make_rig: MakeRig, scripted: Any) -> None:
    call = {"id": "c", "type": "function", "function": {"name": "f", "arguments": LARGE}}
    witness = Witness({})
    model = scripted(message={"role": "assistant", "content": None, "tool_calls": [call]})
    await make_rig(model, pipeline=Pipeline([ConfiguredGuard(witness, ("output",))])).chat("hi")
    assert witness.threads
    assert threading.get_ident() not in witness.threads
