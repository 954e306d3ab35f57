#!/usr/bin/env python3
"""The least a proxy in Python can do: uvicorn, uvloop, httptools, aiohttp upstream, bytes passed through.

benchmarks/gateway/relay.py PORT UPSTREAM_PORT
"""

import sys
from typing import Any

import aiohttp
import uvicorn

_KEPT = (b"content-type", b"content-length")


class Relay:
    """An ASGI application that knows nothing of what it passes on."""

    def __init__(self, upstream: int) -> None:
        self._base = f"http://127.0.0.1:{upstream}"
        self._session: aiohttp.ClientSession | None = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if self._session is None:
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        body = (await receive())["body"]
        sent = {"content-type": "application/json"}
        async with self._session.post(self._base + scope["path"], data=body, headers=sent) as answer:
            headers = [(name.lower(), value) for name, value in answer.raw_headers if name.lower() in _KEPT]
            await send({"type": "http.response.start", "status": answer.status, "headers": headers})
            async for piece in answer.content.iter_any():
                await send({"type": "http.response.body", "body": piece, "more_body": True})
            await send({"type": "http.response.body", "body": b""})


if __name__ == "__main__":
    options: dict[str, Any] = {"log_level": "error", "access_log": False, "loop": "uvloop", "lifespan": "off"}
    uvicorn.run(Relay(int(sys.argv[2])), host="127.0.0.1", port=int(sys.argv[1]), **options)
