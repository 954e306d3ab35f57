"""One endpoint as its provider uses it: turns, retries, a session of one event loop, events of a stream."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator, Mapping
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from typing import Any, TypeVar

import aiohttp

from aboveboard.models._endpoint import Endpoint
from aboveboard.models._errors import ModelError, ModelGarbageError
from aboveboard.models._http import headers_of, open_session, posted, read_json
from aboveboard.models._sse import SseReader

_EVENT_LIMIT = 4 << 20

T = TypeVar("T")


class Remote:
    """Asks an endpoint. `key` are the headers that carry its key. Used within one event loop."""

    def __init__(self, model_id: str, endpoint: Endpoint, key: Mapping[str, str]) -> None:
        self.endpoint = endpoint
        self._id = model_id
        self._key = key
        self._turns = asyncio.Semaphore(endpoint.concurrency)
        self._session: aiohttp.ClientSession | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closed = False

    async def ask(self, path: str, body: Mapping[str, Any], read: Callable[[Any, Mapping[str, str]], T]) -> T:
        """A whole answer, as `read` makes it of the JSON and the headers; asked again while that may help."""
        attempt = 0
        async with self._turns:
            while True:
                attempt += 1
                try:
                    return await self._ask(path, body, read)
                except ModelError as error:
                    await self._wait_or_raise(error, attempt)

    @asynccontextmanager
    async def opened(self, path: str, body: Mapping[str, Any]) -> AsyncIterator[aiohttp.ClientResponse]:
        """The answer of a stream that has begun; asked for again while it has not."""
        async with self._turns, AsyncExitStack() as stack:
            yield await self._retried_open(stack, path, body)

    async def events(self, answer: aiohttp.ClientResponse) -> AsyncGenerator[str, None]:
        """The data of each event of a stream; raises ModelGarbageError above the limit."""
        async with aclosing(self.bursts(answer)) as bursts:
            async for together in bursts:
                for data in together:
                    yield data

    async def bursts(self, answer: aiohttp.ClientResponse) -> AsyncGenerator[Iterator[str], None]:
        """The same, those together that one read of the network brought."""
        where, size = self.endpoint.base_url, 0
        reader = SseReader(where, _EVENT_LIMIT)
        async for piece in answer.content.iter_any():
            size += len(piece)
            if size > self.endpoint.max_response_bytes:
                raise ModelGarbageError(
                    f"the stream is above {self.endpoint.max_response_bytes} bytes", where=where
                )
            yield reader.feed(piece)

    async def close(self) -> None:
        self._closed = True
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _ask(
        self, path: str, body: Mapping[str, Any], read: Callable[[Any, Mapping[str, str]], T]
    ) -> T:
        async with posted(self._opened(), self.endpoint, path, body) as answer:
            return read(await read_json(answer, self.endpoint), headers_of(answer))

    async def _retried_open(
        self, stack: AsyncExitStack, path: str, body: Mapping[str, Any]
    ) -> aiohttp.ClientResponse:
        attempt = 0
        while True:
            attempt += 1
            try:
                return await stack.enter_async_context(posted(self._opened(), self.endpoint, path, body))
            except ModelError as error:
                await self._wait_or_raise(error, attempt)

    async def _wait_or_raise(self, error: ModelError, attempt: int) -> None:
        wait = self.endpoint.retry.wait(error, attempt)
        if wait is None:
            raise error
        await asyncio.sleep(wait)

    def _opened(self) -> aiohttp.ClientSession:
        where, loop = f"model {self._id!r}", asyncio.get_running_loop()
        if self._closed:
            raise ModelError("the model was closed", where=where, cure="open it again")
        if self._session is None:
            self._session, self._loop = open_session(self.endpoint, self._key), loop
        if self._loop is not loop:
            raise ModelError(
                "the model was opened in another event loop", where=where, cure="open it in each loop"
            )
        return self._session
