"""Fields that a protocol has elsewhere, or of another kind there, are the client's mistake and no fault."""

from collections.abc import Callable
from typing import Any

import pytest

MakeRig = Callable[..., Any]
ODD: Any = [1, [1], {"a": 1}, None]


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
