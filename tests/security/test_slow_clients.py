"""Whoever takes their time, or takes all there is, keeps nobody else waiting.

Measured here on one core: with 200 who send a byte now and then, 200 who send half a body, and 200 who read
nothing, another request is answered as soon as before.
"""

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager
from typing import Any

import pytest
import uvicorn

from aboveboard.cli.running import _connection
from aboveboard.cli.running._connection import Connection
from aboveboard.cli.running._server import Server

MANY = 200
HALVES = {
    "half a head": b"POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nX-A: ",
    "half a body": b"POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\n"
    b"Content-Type: application/json\r\nContent-Length: 900000\r\n\r\n{",
    "nothing": b"",
}


@pytest.fixture(params=HALVES)
def crowd(request: pytest.FixtureRequest, target: Any) -> Iterator[list[socket.socket]]:
    """Clients who began, and go on for as long as they are let."""
    with ExitStack() as closing:
        clients = [closing.enter_context(target.connect()) for _ in range(MANY)]
        for client in clients:
            client.sendall(HALVES[request.param])
        yield clients


@pytest.mark.slow
def test_a_crowd_of_slow_clients_keeps_nobody_from_being_served(
    target: Any, crowd: list[socket.socket], chat: bytes
) -> None:
    head = b"POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    took = []
    for client in crowd[:20]:
        client.sendall(b" ")
        began = time.monotonic()
        assert target.statuses(head + b"Content-Length: %d\r\n\r\n" % len(chat) + chat) == [200, 200]
        took.append(time.monotonic() - began)
    assert sorted(took)[10] < 1.0


class Hasty(Connection):
    """The same, in less time than a test has."""

    head_seconds = 0.3
    body_seconds = 0.6
    reading_seconds = 0.5


async def echo(scope: Any, receive: Any, send: Any) -> None:
    """Answers in 16 pieces of 1 MiB, at once; reads no body but at `/read`."""
    if scope["path"] == "/read":
        while (await receive()).get("more_body"):
            pass
    many = 16 if scope["path"] == "/much" else 1
    await send({"type": "http.response.start", "status": 200, "headers": []})
    for number in range(many):
        last = number + 1 == many
        await send({"type": "http.response.body", "body": b"x" * (1 << 20), "more_body": not last})


async def until(is_so: Callable[[], bool]) -> None:
    """Waits for something, for ten seconds at most."""
    for _ in range(1000):
        if is_so():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it never came to that")


@asynccontextmanager
async def serving(protocol: type[Connection] = Hasty) -> AsyncIterator[tuple[int, Server]]:
    """A server of this project's, and the port it is at."""
    config = uvicorn.Config(echo, port=0, http=protocol, lifespan="off", log_config=None, access_log=False)
    server = Server(config)
    task = asyncio.create_task(server.serve())
    await until(lambda: server.started)
    try:
        yield server.servers[0].sockets[0].getsockname()[1], server
    finally:
        server.cut_off()
        await task


async def time_until_hung_up_on(port: int, first: bytes, byte: bytes) -> float:
    """Seconds for which somebody is listened to who sends a byte every 50 ms."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    began = time.monotonic()
    writer.write(first)
    try:
        while time.monotonic() - began < 8:
            writer.write(byte)
            await writer.drain()
            async with asyncio.timeout(0.05):
                if not await reader.read(1 << 21):
                    break
    except TimeoutError:
        return await _go_on(reader, writer, byte, began)
    except ConnectionError:
        pass
    return time.monotonic() - began


async def _go_on(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, byte: bytes, began: float
) -> float:
    while time.monotonic() - began < 8:
        try:
            writer.write(byte)
            await writer.drain()
            async with asyncio.timeout(0.05):
                if not await reader.read(1 << 21):
                    break
        except TimeoutError:
            continue
        except ConnectionError:
            break
    writer.close()
    return time.monotonic() - began


GET = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
POST = b"POST /%s HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n"


@pytest.mark.parametrize(
    ("first", "most"),
    [
        (b"", Hasty.head_seconds),
        (b"GET / HTTP/1.1\r\nX: ", Hasty.head_seconds),
        (GET + b"GET / HTTP/1.1\r\nX: ", Hasty.head_seconds),
        (POST % b"read", Hasty.body_seconds),
        (POST % b"", Hasty.body_seconds),
    ],
    ids=["an empty line", "a head", "a second head", "a body", "a body that was answered unread"],
)
async def test_what_does_not_come_in_time_is_not_waited_for(first: bytes, most: float) -> None:
    async with serving() as (port, _):
        byte = b"\r\n" if not first else b"x"
        took = await time_until_hung_up_on(port, first, byte)
    assert most <= took < most + 4.0  # looked at once a second, on a machine that others use too


async def test_who_reads_nothing_is_hung_up_on() -> None:
    async with serving() as (port, server):
        _, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 10)
        writer.write(GET.replace(b" / ", b" /much "))
        await asyncio.sleep(0.3)
        assert len(server.server_state.connections) == 1
        await until(lambda: not server.server_state.connections)
        writer.close()


async def test_who_reads_slowly_but_does_gets_all() -> None:
    async with serving() as (port, _):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(GET.replace(b" / ", b" /much ").replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        got = 0
        while piece := await reader.read(1 << 20):
            got += len(piece)
            await asyncio.sleep(0.01)
        writer.close()
    assert got > 16 << 20


async def test_of_too_many_who_wait_the_first_goes_and_the_last_is_served(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(_connection, "_HALF_OPEN", 20)
    async with serving(Connection) as (port, server):
        crowd = [await asyncio.open_connection("127.0.0.1", port) for _ in range(60)]
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(GET)
        assert (await reader.readline()).startswith(b"HTTP/1.1 200")
        assert len(server.server_state.connections) <= 21
        assert await crowd[0][0].read() == b""
        for _, each in [*crowd, (reader, writer)]:
            each.close()


def test_the_limits_are_those_that_the_reference_names() -> None:
    assert (Connection.head_bytes, Connection.head_seconds) == (64 << 10, 10.0)
    assert (Connection.body_seconds, Connection.reading_seconds) == (60.0, 60.0)
