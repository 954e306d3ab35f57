"""A closed loop of chat requests over raw sockets: latency, time to the first byte, errors."""

import asyncio
import json
import time
from contextlib import suppress
from dataclasses import dataclass, field

TEXT = "Please summarise this ticket for me: the customer cannot log in since Monday and asks for help. " * 4
_BROKEN = (asyncio.IncompleteReadError, ConnectionError, ValueError, IndexError)


@dataclass
class Load:
    """`connections` that each ask again as soon as they are answered, for `seconds`; times in seconds."""

    port: int
    key: str
    connections: int
    seconds: float
    streamed: bool
    latencies: list[float] = field(default_factory=list)
    first_bytes: list[float] = field(default_factory=list)
    errors: int = 0

    async def run(self) -> float:
        """Asks and counts; the seconds it took."""
        start = time.perf_counter()
        end = start + self.seconds
        await asyncio.gather(*[self._connection(end) for _ in range(self.connections)])
        return time.perf_counter() - start

    def request(self) -> bytes:
        """One request, as it goes over the wire."""
        body = {"model": "m", "messages": [{"role": "user", "content": TEXT}], "stream": self.streamed}
        data = json.dumps(body).encode()
        head = f"POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n"
        head += f"Authorization: Bearer {self.key}\r\nContent-Type: application/json\r\n"
        return f"{head}Content-Length: {len(data)}\r\n\r\n".encode() + data

    async def _connection(self, end: float) -> None:
        request = self.request()
        reader, writer = await self._connect()
        while time.perf_counter() < end:
            try:
                is_open = await self._ask(request, reader, writer)
            except _BROKEN:
                self.errors += 1
                is_open = False
            if not is_open:
                await close(writer)
                reader, writer = await self._connect()
        await close(writer)

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 22)

    async def _ask(self, request: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """One request and its answer; whether the connection stays open."""
        start = time.perf_counter()
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        self.errors += b" 200 " not in head[:20]
        if b"transfer-encoding: chunked" in head:
            await self._chunks(reader, start)
        else:
            await reader.readexactly(int(head.split(b"content-length:")[1].split(b"\r\n")[0]))
        self.latencies.append(time.perf_counter() - start)
        return b"connection: close" not in head

    async def _chunks(self, reader: asyncio.StreamReader, start: float) -> None:
        is_first = True
        while size := int(await reader.readline(), 16):
            await reader.readexactly(size + 2)
            if is_first:
                self.first_bytes.append(time.perf_counter() - start)
                is_first = False
        await reader.readline()


async def close(writer: asyncio.StreamWriter) -> None:
    """Ends a connection, also one that the other side has ended."""
    writer.close()
    with suppress(ConnectionError):
        await writer.wait_closed()
