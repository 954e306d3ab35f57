"""What a response says back of the request."""

import json
from collections.abc import Callable
from typing import Any

import pytest

MakeRig = Callable[..., Any]


@pytest.mark.parametrize(
    ("field", "value"),
    [("parallel_tool_calls", False), ("temperature", 0), ("temperature", 0.5), ("top_p", 0)],
)
async def test_it_is_what_was_asked_for_also_where_that_is_nothing(
    make_rig: MakeRig, field: str, value: object
) -> None:
    answer = await make_rig().ask("/v1/responses", **{field: value})
    assert json.loads(answer.body)[field] == value


async def test_what_was_not_asked_for_is_said_back_as_it_is_by_itself(make_rig: MakeRig) -> None:
    said = json.loads((await make_rig().ask("/v1/responses", parallel_tool_calls=None)).body)
    assert (said["parallel_tool_calls"], said["temperature"], said["tools"]) == (True, None, [])
