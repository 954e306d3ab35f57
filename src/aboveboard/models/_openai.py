"""Any endpoint that speaks OpenAI's formats: a cloud, vLLM, llama.cpp, Ollama, another Aboveboard."""

from collections.abc import AsyncGenerator, Callable, Iterable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import replace
from typing import Any

from aboveboard.models._completion_wire import as_chat, completion_body, embedding_body, read_embeddings
from aboveboard.models._endpoint import read_endpoint
from aboveboard.models._errors import ModelGarbageError
from aboveboard.models._http import headers_of, parse_json, read_json, refusal
from aboveboard.models._likelihood import Detail, LikelihoodRequest, LikelihoodResult
from aboveboard.models._model import ChatChunk, ChatRequest, ChatResponse, ModelInfo
from aboveboard.models._offers import CompletionRequest, EmbeddingRequest, EmbeddingResponse
from aboveboard.models._openai_responses import DIALECT, Responses, needs_responses
from aboveboard.models._remote import Remote
from aboveboard.models._wire import read_chunk, read_next_token, read_response, request_body
from aboveboard.models.likelihoods._endpoint import EndpointLikelihoods
from aboveboard.values import digest_json

_CHAT, _COMPLETIONS, _EMBEDDINGS = "/chat/completions", "/completions", "/embeddings"
_Form = Callable[[Any], Any]


class OpenAIModel:
    """A remote model. Options:

    `base_url` (needed, such as `http://127.0.0.1:8000/v1`), `model` (its name there; default: the id),
    `api_key`, `headers`, `connect_timeout` (10 s), `read_timeout` (120 s between two pieces), `total_timeout`
    (600 s), `retries` (3) with `retry_wait` (0.5 s, doubling, with jitter), `concurrency` (16),
    `max_response_bytes` (32 MiB). Used within one event loop. Offers completions and embeddings too, as far
    as its endpoint does.
    """

    def __init__(self, model_id: str, options: Mapping[str, Any]) -> None:
        self._id = model_id
        self._endpoint = endpoint = read_endpoint(model_id, options)
        key = {"Authorization": f"Bearer {endpoint.api_key}"} if endpoint.api_key else {}
        self._remote = Remote(model_id, endpoint, key)
        self._responses = Responses(endpoint, self._remote)
        self._likelihoods = EndpointLikelihoods(
            self._remote.ask, endpoint.model, self._where, endpoint.concurrency
        )

    @property
    def info(self) -> ModelInfo:
        """The digest is of the address and the model's name there: the weights are not ours to see."""
        named = {"base_url": self._where, "model": self._endpoint.model}
        return ModelInfo(self._id, "openai", digest_json(named), f"openai-compatible {self._where}")

    @property
    def dialects(self) -> frozenset[str]:
        """Responses are asked for what a chat has no room for, and only for that."""
        return frozenset({DIALECT})

    async def chat(self, request: ChatRequest) -> ChatResponse:
        if request.native is not None and needs_responses(request):
            return await self._responses.chat(request.native)
        body = request_body(request, self._endpoint.model, stream=False)
        return await self._remote.ask(_CHAT, body, self._response)

    def stream(self, request: ChatRequest) -> AsyncGenerator[ChatChunk, None]:
        """A broken stream is retried only while none of it has been handed out."""
        if request.native is not None and needs_responses(request):
            return self._responses.stream(request.native)
        return self._streamed(_CHAT, request_body(request, self._endpoint.model, stream=True))

    async def complete(self, request: CompletionRequest) -> ChatResponse:
        body = completion_body(request, self._endpoint.model, stream=False)
        return await self._remote.ask(_COMPLETIONS, body, self._completion)

    def stream_complete(self, request: CompletionRequest) -> AsyncGenerator[ChatChunk, None]:
        body = completion_body(request, self._endpoint.model, stream=True)
        return self._streamed(_COMPLETIONS, body, self._completed)

    async def embed(self, request: EmbeddingRequest) -> EmbeddingResponse:
        def read(raw: Any, headers: Mapping[str, str]) -> EmbeddingResponse:
            return read_embeddings(self._good(raw, headers), len(request.texts), self._where, headers)

        return await self._remote.ask(_EMBEDDINGS, embedding_body(request, self._endpoint.model), read)

    async def next_token(self, request: ChatRequest, top: int = 20) -> Mapping[str, float]:
        extra = {**request.extra, "logprobs": True, "top_logprobs": top}
        answer = await self.chat(replace(request, max_tokens=1, temperature=0.0, extra=extra))
        return read_next_token(answer.raw, self._where)

    async def check_likelihoods(self, details: Iterable[Detail] = ("sum",)) -> None:
        """One tiny request finds out whether the endpoint tells of given texts, and how."""
        await self._likelihoods.check(details)

    def likelihoods(self, requests: Sequence[LikelihoodRequest]) -> AsyncGenerator[LikelihoodResult, None]:
        return self._likelihoods.tell(requests)

    async def close(self) -> None:
        await self._remote.close()

    @property
    def _where(self) -> str:
        return self._endpoint.base_url

    def _good(self, raw: Any, headers: Mapping[str, str]) -> Any:
        if isinstance(raw, dict) and raw.get("error"):
            raise refusal(502, raw["error"], self._where, headers)
        return raw

    def _response(self, raw: Any, headers: Mapping[str, str]) -> ChatResponse:
        return read_response(self._good(raw, headers), self._where, headers)

    def _completion(self, raw: Any, headers: Mapping[str, str]) -> ChatResponse:
        return read_response(as_chat(self._good(raw, headers), self._where), self._where, headers)

    def _completed(self, raw: Any) -> dict[str, Any]:
        return as_chat(raw, self._where, delta=True)

    async def _streamed(
        self, path: str, body: Mapping[str, Any], form: _Form | None = None
    ) -> AsyncGenerator[ChatChunk, None]:
        """The pieces of an answer. One generator for all of it: each more would cost every piece."""
        async with self._remote.opened(path, body) as answer:
            headers = headers_of(answer)
            if answer.content_type == "application/json":  # some endpoints ignore `stream`
                raw = await read_json(answer, self._endpoint)
                yield _as_chunk(self._completion(raw, headers) if form else self._response(raw, headers))
                return
            finished = False
            async with aclosing(self._remote.bursts(answer)) as bursts:
                async for together in bursts:
                    for data in together:
                        if data.strip() == "[DONE]":
                            return
                        raw = self._read_event(data, headers)
                        chunk = read_chunk(form(raw) if form else raw, self._where, headers)
                        headers, finished = {}, finished or chunk.finish_reason is not None
                        yield chunk
            if not finished:
                raise ModelGarbageError("the stream ended before the answer did", where=self._where)

    def _read_event(self, data: str, headers: Mapping[str, str]) -> Any:
        raw = parse_json(data, self._where)
        if isinstance(raw, dict) and raw.get("error"):
            raise refusal(_status(raw["error"]), raw["error"], self._where, headers)
        return raw


def _status(error: Any) -> int:
    """The HTTP status that an error frame within a stream stands for; 502 when it names none."""
    code = error.get("code") if isinstance(error, dict) else None
    return code if isinstance(code, int) and 400 <= code < 600 else 502


def _as_chunk(answer: ChatResponse) -> ChatChunk:
    choices = [
        {**choice, "delta": choice.get("message", {})}
        for choice in answer.raw["choices"]
        if isinstance(choice, dict)
    ]
    raw = {**answer.raw, "object": "chat.completion.chunk", "choices": choices}
    return ChatChunk(answer.text, answer.finish_reason, answer.usage, raw, answer.headers)
