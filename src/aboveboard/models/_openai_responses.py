"""OpenAI's Responses as its clients wrote them, for what a chat has no room for."""

from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping
from contextlib import aclosing, asynccontextmanager, contextmanager
from typing import Any

import aiohttp

from aboveboard.models._endpoint import Endpoint
from aboveboard.models._errors import ModelGarbageError, ModelRefusedError, ModelUnsupportedError
from aboveboard.models._http import headers_of, parse_json, refusal
from aboveboard.models._model import ChatChunk, ChatRequest, ChatResponse, Native
from aboveboard.models._remote import Remote
from aboveboard.models._responses_wire import ResponseReader, read_answer

DIALECT = "responses"
_PATH = "/responses"
_ABSENT = (404, 405, 501)
_STATUS = {"rate_limit_exceeded": 429, "invalid_prompt": 400}


def needs_responses(request: ChatRequest) -> bool:
    """Whether a chat cannot say all that is asked. Else a chat is asked: far more endpoints have it."""
    native = request.native
    return native is not None and native.dialect == DIALECT and bool(native.only)


class Responses:
    """One endpoint's Responses."""

    def __init__(self, endpoint: Endpoint, remote: Remote) -> None:
        self._endpoint = endpoint
        self._remote = remote

    async def chat(self, native: Native) -> ChatResponse:
        """The whole answer; raises ModelUnsupportedError where the endpoint has none of these."""
        with self._named(native):
            return await self._remote.ask(_PATH, self._body(native), self._answer)

    async def stream(self, native: Native) -> AsyncGenerator[ChatChunk, None]:
        """The answer piece by piece."""
        async with self._opened(native) as answer, aclosing(self._chunks(answer)) as chunks:
            async for chunk in chunks:
                yield chunk

    @asynccontextmanager
    async def _opened(self, native: Native) -> AsyncIterator[aiohttp.ClientResponse]:
        with self._named(native):
            async with self._remote.opened(_PATH, {**self._body(native), "stream": True}) as answer:
                yield answer

    @contextmanager
    def _named(self, native: Native) -> Iterator[None]:
        """An endpoint without Responses is a field that this model does not offer."""
        try:
            yield
        except ModelRefusedError as error:
            if error.status in _ABSENT:
                raise ModelUnsupportedError(native.only[0], where=self._endpoint.base_url) from error
            raise

    def _body(self, native: Native) -> dict[str, Any]:
        """Nothing is stored there: without the field OpenAI keeps every answer."""
        return {**native.body, "model": self._endpoint.model, "store": False}

    def _answer(self, raw: Any, headers: Mapping[str, str]) -> ChatResponse:
        self._refuse(raw, headers)
        return read_answer(raw, self._endpoint.base_url, headers)

    def _refuse(self, raw: Any, headers: Mapping[str, str]) -> None:
        """Raises for an answer that says it failed."""
        error = raw.get("error") if isinstance(raw, dict) else None
        if error or (isinstance(raw, dict) and raw.get("status") == "failed"):
            code = error.get("code") if isinstance(error, dict) else None
            raise refusal(_STATUS.get(str(code), 502), error, self._endpoint.base_url, headers)

    async def _chunks(self, answer: aiohttp.ClientResponse) -> AsyncGenerator[ChatChunk, None]:
        where, headers = self._endpoint.base_url, headers_of(answer)
        reader = ResponseReader(where)
        async with aclosing(self._remote.events(answer)) as events:
            async for data in events:
                event = parse_json(data, where)
                if not isinstance(event, dict):
                    raise ModelGarbageError("an event of the stream is no object", where=where)
                if event.get("type") in ("error", "response.failed"):
                    self._refuse(event.get("response") or {"error": event}, headers)
                chunk = reader.read(event, headers)
                if chunk is not None:
                    headers = {}
                    yield chunk
                if reader.is_over:
                    return
        raise ModelGarbageError("the stream ended before the answer did", where=where)
