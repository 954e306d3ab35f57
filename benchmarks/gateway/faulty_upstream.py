#!/usr/bin/env python3
"""An endpoint of every kind on raw sockets that fails once in a hundred times, each time in another way.

benchmarks/gateway/faulty_upstream.py PORT [SHARE]
"""

import asyncio
import json
import random
import sys
from itertools import cycle

from upstream import reply, stream

_VECTOR = {"object": "embedding", "index": 0, "embedding": [0.25, -0.5, 0.125]}
_FAULTS = ("500", "429", "closed", "garbage", "cut", "late")
_LATE_SECONDS = 0.2


def _json(value: object, status: bytes = b"200 OK") -> bytes:
    body = json.dumps(value).encode()
    head = b"HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
    return head % (status, len(body)) + body


def _completion() -> bytes:
    choice = {"index": 0, "text": "Here is what I found out about it. " * 4, "finish_reason": "stop"}
    usage = {"prompt_tokens": 10, "completion_tokens": 40, "total_tokens": 50}
    return _json({"id": "cmpl-1", "object": "text_completion", "choices": [choice], "usage": usage})


def _embedding(body: bytes) -> bytes:
    given = json.loads(body)["input"]
    count = len(given) if isinstance(given, list) else 1
    data = [{**_VECTOR, "index": number} for number in range(count)]
    return _json({"object": "list", "data": data, "usage": {"prompt_tokens": 5, "total_tokens": 5}})


def _answer(path: bytes, body: bytes) -> bytes:
    is_streamed = b'"stream": true' in body or b'"stream":true' in body
    if path.endswith(b"/embeddings"):
        return _embedding(body)
    if path.endswith(b"/chat/completions"):
        return stream() if is_streamed else reply()
    return _completion()


class Upstream:
    """Answers; `share` of the answers fail."""

    def __init__(self, share: float) -> None:
        self._share = share
        self._faults = cycle(_FAULTS)
        self._chance = random.Random(7)

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await self._one(reader, writer):
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Answers one request; whether the connection stays open."""
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        body = await reader.readexactly(length)
        answer = _answer(head.split(b" ")[1], body)
        if self._chance.random() >= self._share:
            writer.write(answer)
            return True
        return await self._fail(next(self._faults), answer, writer)

    async def _fail(self, fault: str, answer: bytes, writer: asyncio.StreamWriter) -> bool:
        match fault:
            case "500" | "429":
                status = {"500": b"500 Internal Server Error", "429": b"429 Too Many Requests"}[fault]
                writer.write(_json({"error": {"message": "no", "type": "ordered"}}, status))
                return True
            case "garbage":
                writer.write(_json("what?"))
                return True
            case "late":
                await asyncio.sleep(_LATE_SECONDS)
                writer.write(answer)
                return True
            case "cut":
                writer.write(answer[: len(answer) * 2 // 3])
        return False


async def main(port: int, share: float) -> None:
    server = await asyncio.start_server(Upstream(share), "127.0.0.1", port, backlog=4096)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 0.01))
