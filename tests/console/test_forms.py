"""A form is read whole, or not at all: not too long, and not for ever."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from starlette.requests import Request

from aboveboard.console._errors import PageError
from aboveboard.console._forms import read_form

HEADERS = [(b"content-type", b"application/x-www-form-urlencoded")]


def sending(*pieces: bytes, ends: bool = True) -> Request:
    """A form that comes in pieces, and whose end never comes unless it `ends`."""
    parts = [{"type": "http.request", "body": each, "more_body": True} for each in pieces]
    parts += [{"type": "http.request", "body": b"", "more_body": False}] if ends else []

    async def receive() -> Any:
        await asyncio.sleep(0)
        return parts.pop(0) if parts else await asyncio.Event().wait()

    taking: Callable[[], Awaitable[Any]] = receive
    return Request({"type": "http", "method": "POST", "path": "/", "headers": HEADERS}, taking)


async def test_a_form_may_come_in_pieces() -> None:
    form = await read_form(sending(b"reason=It+is&", b"outcome=edited"))
    assert (form.text("reason"), form.text("outcome")) == ("It is", "edited")


async def test_a_form_whose_end_does_not_come_is_not_waited_for() -> None:
    with pytest.raises(PageError, match="did not arrive in time") as refused:
        await asyncio.wait_for(read_form(sending(b"reason=It", ends=False), seconds=0.02), 20)
    assert refused.value.status == 408


async def test_a_form_that_is_too_long_is_not_read_to_its_end() -> None:
    with pytest.raises(PageError, match="Too much") as refused:
        await asyncio.wait_for(read_form(sending(b"x" * 60, b"x" * 60, ends=False), 100), 20)
    assert refused.value.status == 413
