"""Any endpoint that speaks Anthropic's Messages."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from typing import Any

import aiohttp

from aboveboard.models._anthropic_request import DIALECT, messages_body
from aboveboard.models._anthropic_wire import EventReader, read_message
from aboveboard.models._endpoint import OPTIONS as ENDPOINT_OPTIONS
from aboveboard.models._endpoint import endpoint_of
from aboveboard.models._errors import ModelGarbageError, ModelUnsupportedError
from aboveboard.models._http import headers_of, parse_json, refusal
from aboveboard.models._model import ChatChunk, ChatRequest, ChatResponse, ModelInfo
from aboveboard.models._options import Options
from aboveboard.models._remote import Remote
from aboveboard.values import digest_json

OPTIONS = (*ENDPOINT_OPTIONS, "max_tokens")
_PATH = "/messages"
_VERSION = {"anthropic-version": "2023-06-01"}
# What an error within a stream would have been as a status (Anthropic API reference, "Errors").
_STATUS = {
    "invalid_request_error": 400,
    "authentication_error": 401,
    "permission_error": 403,
    "not_found_error": 404,
    "request_too_large": 413,
    "rate_limit_error": 429,
    "api_error": 500,
    "timeout_error": 504,
    "overloaded_error": 529,
}


class AnthropicModel:
    """A remote model. Options: those of `openai` (`base_url`, such as `http://127.0.0.1:8000/v1`, is needed),
    and `max_tokens` (4096) of an answer that sets none.

    Requests that came in Anthropic's own form go on as they are; others are translated.
    """

    def __init__(self, model_id: str, options: Mapping[str, Any]) -> None:
        read = Options(model_id, options, OPTIONS)
        self._id = model_id
        self._endpoint = endpoint = endpoint_of(read, model_id)
        self._max_tokens = read.whole("max_tokens", 4096)
        key = {"x-api-key": endpoint.api_key} if endpoint.api_key else {}
        self._remote = Remote(model_id, endpoint, {**_VERSION, **key})

    @property
    def info(self) -> ModelInfo:
        """The digest is of the address and the model's name there: the weights are not ours to see."""
        named = {"base_url": self._where, "model": self._endpoint.model}
        return ModelInfo(self._id, "anthropic", digest_json(named), f"anthropic-compatible {self._where}")

    @property
    def dialects(self) -> frozenset[str]:
        return frozenset({DIALECT})

    async def chat(self, request: ChatRequest) -> ChatResponse:
        return await self._remote.ask(_PATH, self._body(request, stream=False), self._response)

    async def stream(self, request: ChatRequest) -> AsyncGenerator[ChatChunk, None]:
        """A broken stream is retried only while none of it has been handed out."""
        body = self._body(request, stream=True)
        async with self._remote.opened(_PATH, body) as answer, aclosing(self._chunks(answer)) as chunks:
            async for chunk in chunks:
                yield chunk

    async def next_token(self, request: ChatRequest, top: int = 20) -> Mapping[str, float]:
        """Raises ModelUnsupportedError: the protocol has no log-probabilities."""
        raise ModelUnsupportedError("logprobs", where=self._where)

    async def close(self) -> None:
        await self._remote.close()

    @property
    def _where(self) -> str:
        return self._endpoint.base_url

    def _body(self, request: ChatRequest, *, stream: bool) -> dict[str, Any]:
        return messages_body(request, self._endpoint.model, self._max_tokens, stream=stream)

    def _response(self, raw: Any, headers: Mapping[str, str]) -> ChatResponse:
        if isinstance(raw, dict) and raw.get("error"):
            raise refusal(502, raw["error"], self._where, headers)
        return read_message(raw, self._where, headers)

    async def _chunks(self, answer: aiohttp.ClientResponse) -> AsyncGenerator[ChatChunk, None]:
        headers, reader = headers_of(answer), EventReader(self._where)
        async with aclosing(self._remote.events(answer)) as events:
            async for data in events:
                event = parse_json(data, self._where)
                if not isinstance(event, dict):
                    raise ModelGarbageError("an event of the stream is no object", where=self._where)
                if event.get("type") == "error":
                    raise self._refusal(event.get("error"), headers)
                chunk = reader.read(event, headers)
                if chunk is not None:
                    headers = {}
                    yield chunk
                if reader.is_over:
                    return
        raise ModelGarbageError("the stream ended before the answer did", where=self._where)

    def _refusal(self, error: Any, headers: Mapping[str, str]) -> Exception:
        kind = error.get("type") if isinstance(error, dict) else None
        return refusal(_STATUS.get(str(kind), 502), error, self._where, headers)
