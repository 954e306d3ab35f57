"""What a server looks after goes on whatever went wrong with it once."""

import asyncio

import pytest

from aboveboard.cli.running._looking_after import _attempt
from aboveboard.errors import AboveboardError


@pytest.mark.parametrize("failure", [AboveboardError("no room"), RuntimeError("a word of somebody's")])
def test_what_fails_once_is_tried_again(failure: Exception, caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> None:
        raise failure

    asyncio.run(_attempt(fail))
    (line,) = caplog.messages
    assert "tried again" in line
    assert "a word of somebody's" not in line
