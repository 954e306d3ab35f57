#!/usr/bin/env python3
"""A model's endpoint that is not the bottleneck: raw sockets, one fixed reply, or a stream of 64 chunks.

benchmarks/gateway/upstream.py PORT
"""

import asyncio
import json
import sys
from typing import Any

_ENVELOPE = {"id": "chatcmpl-1", "created": 1, "model": "m"}
_USAGE = {"prompt_tokens": 10, "completion_tokens": 40, "total_tokens": 50}
CHUNKS = 64


def _piece(delta: dict[str, Any], finish: str | None = None) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    body = {**_ENVELOPE, "object": "chat.completion.chunk", "choices": [choice]}
    return b"data: " + json.dumps(body).encode() + b"\n\n"


def _chunked(data: bytes) -> bytes:
    return b"%x\r\n" % len(data) + data + b"\r\n"


def stream() -> bytes:
    """An answer in pieces, as it goes over the wire."""
    pieces = [_piece({"role": "assistant", "content": ""})]
    pieces += [_piece({"content": f"tok{number} "}) for number in range(CHUNKS)]
    pieces += [_piece({}, "stop"), b"data: [DONE]\n\n"]
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
    return head + b"".join(map(_chunked, pieces)) + b"0\r\n\r\n"


def reply() -> bytes:
    """A whole answer, as it goes over the wire."""
    message = {"role": "assistant", "content": "Hello there, this is a fixed reply of an upstream. " * 4}
    choice = {"index": 0, "finish_reason": "stop", "message": message}
    answer = {**_ENVELOPE, "object": "chat.completion", "choices": [choice], "usage": _USAGE}
    body = json.dumps(answer).encode()
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
    return head + body


async def serve(port: int) -> None:
    """Answers every request on a connection at once."""
    streamed, whole = stream(), reply()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                body = await _body(reader)
                writer.write(streamed if b'"stream":true' in body.replace(b'": true', b'":true') else whole)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async with await asyncio.start_server(handle, "127.0.0.1", port, backlog=4096) as server:
        await server.serve_forever()


async def _body(reader: asyncio.StreamReader) -> bytes:
    """The body of one HTTP message with a Content-Length."""
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    lines = [line for line in head.split(b"\r\n") if line.startswith(b"content-length:")]
    return await reader.readexactly(int(lines[0].split(b":")[1])) if lines else b""


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
