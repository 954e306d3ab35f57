"""Whatever application answers, it answers a request from beginning to end."""

import asyncio
from typing import Any

from aboveboard.cli.running import Switch


class Named:
    """Says its name at the start of an answer and at its end, which is when `go` is set."""

    def __init__(self, name: bytes) -> None:
        self.name = name
        self.go = asyncio.Event()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"by", self.name)]})
        await self.go.wait()
        await send({"type": "http.response.body", "body": self.name})


async def ask(switch: Switch) -> list[Any]:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    await switch({"type": "http"}, None, send)
    return sent


async def test_a_request_stays_with_the_application_that_it_began_with() -> None:
    old, new = Named(b"old"), Named(b"new")
    switch = Switch(old)
    before = asyncio.create_task(ask(switch))
    await asyncio.sleep(0)
    idle = switch.turn_to(new)
    after = asyncio.create_task(ask(switch))
    new.go.set()
    assert (await after)[-1]["body"] == b"new"
    assert not idle.is_set(), "the old one is still answering"
    old.go.set()
    assert (await before)[-1]["body"] == b"old"
    assert idle.is_set()


async def test_an_application_that_answers_nobody_is_free_at_once() -> None:
    assert Switch(Named(b"old")).turn_to(Named(b"new")).is_set()


async def test_a_request_that_fails_is_over_too() -> None:
    async def failing(scope: Any, receive: Any, send: Any) -> None:
        raise OSError

    switch = Switch(failing)
    await asyncio.gather(ask(switch), return_exceptions=True)
    assert switch.running == 0
    assert switch.turn_to(Named(b"new")).is_set()


async def test_while_it_ends_clients_are_asked_to_connect_anew() -> None:
    app = Named(b"x")
    app.go.set()
    switch = Switch(app)
    assert (b"connection", b"close") not in (await ask(switch))[0]["headers"]
    switch.is_ending = True
    assert (b"connection", b"close") in (await ask(switch))[0]["headers"]
