"""A model run in this process: the bundled SmolLM2-135M-Instruct, or any GGUF file."""

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path
from typing import Any

from aboveboard.models._assembly import assemble
from aboveboard.models._bridge import CancelledError, Emit, relay
from aboveboard.models._completion_wire import as_chat
from aboveboard.models._errors import ModelError
from aboveboard.models._local_request import local_body, local_completion, read_error, refuse_too_long
from aboveboard.models._model import ChatChunk, ChatRequest, ChatResponse, ModelInfo
from aboveboard.models._offers import CompletionRequest
from aboveboard.models._options import Options
from aboveboard.models._runtime import Runtime, RuntimeSettings, runtime_name, start_runtime
from aboveboard.models._weights import bundled_weights, existing_weights, weights_digest
from aboveboard.models._wire import read_chunk, read_next_token, read_response

OPTIONS = ("context", "exact", "max_tokens", "path", "slots", "threads")


class LocalModel:
    """GGUF weights in this process. Options:

    `path` (default: the bundled weights), `threads` (1), `slots` answered at once (4), `context` tokens each
    (2048), `max_tokens` of an answer that sets none (1024), `exact` (true: the same request always gives the
    same answer; false: long prompts are read about 1.5 times as fast).
    """

    def __init__(self, model_id: str, options: Mapping[str, Any]) -> None:
        read = Options(model_id, options, OPTIONS)
        self._id = model_id
        self._path = read.text("path", "")
        self._max_tokens = read.whole("max_tokens", 1024)
        self._settings = RuntimeSettings(
            path=Path(),
            threads=read.whole("threads", 1, high=256),
            slots=read.whole("slots", 4, high=64),
            context=read.whole("context", 2048, low=64),
            exact=read.flag("exact", True),
        )
        self._pool = ThreadPoolExecutor(self._settings.slots, thread_name_prefix=f"model-{model_id}")
        self._lock = threading.Lock()
        self._runtime: Runtime | None = None
        self._closed = threading.Event()

    @property
    def info(self) -> ModelInfo:
        """Hashes the weights on first use (98 MB: about 0.1–0.3 s); raises ModelMissingError without them."""
        digest = weights_digest(self._weights())
        return ModelInfo(self._id, "local", digest, runtime_name(self._settings))

    async def chat(self, request: ChatRequest) -> ChatResponse:
        chunks = [chunk.raw async for chunk in self.stream(request)]
        return read_response(assemble(chunks), self._where)

    async def stream(self, request: ChatRequest) -> AsyncGenerator[ChatChunk, None]:
        self._check(turn.content for turn in request.messages)
        body = local_body(request, self._id, max_tokens=self._max_tokens)
        async with aclosing(self._run(lambda emit: self._produce(body, emit))) as items:
            async for raw in items:
                yield self._read(raw)

    async def complete(self, request: CompletionRequest) -> ChatResponse:
        chunks = [chunk.raw async for chunk in self.stream_complete(request)]
        return read_response(assemble(chunks), self._where)

    async def stream_complete(self, request: CompletionRequest) -> AsyncGenerator[ChatChunk, None]:
        self._check(request.prompts)
        body = local_completion(request, self._id, max_tokens=self._max_tokens)
        async with aclosing(self._run(lambda emit: self._produce(body, emit, is_raw=True))) as items:
            async for raw in items:
                yield self._read(raw if "error" in raw else as_chat(raw, self._where, delta=True))

    async def _run(self, produce: Callable[[Emit], None]) -> AsyncGenerator[dict[str, Any], None]:
        """The runtime's pieces as they come; raises ModelError when it was closed before it was done."""
        items = relay(self._pool, produce)
        begun = finished = False
        try:
            async for raw in items:
                if begun and "prompt_progress" in raw:
                    continue  # only there so that a long prompt can be abandoned
                begun, finished = True, finished or "error" in raw or _is_last(raw)
                yield raw
        except CancelledError:
            raise self._closed_error() from None
        finally:
            await items.aclose()
        if not finished:
            raise self._closed_error()

    async def next_token(self, request: ChatRequest, top: int = 20) -> Mapping[str, float]:
        extra = {**request.extra, "logprobs": True, "top_logprobs": top}
        answer = await self.chat(replace(request, max_tokens=1, temperature=0.0, extra=extra))
        return read_next_token(answer.raw, self._where)

    async def close(self) -> None:
        """Ends what is being generated, within a token, and frees the weights."""
        self._closed.set()
        await asyncio.to_thread(self._pool.shutdown, wait=True, cancel_futures=True)
        self._runtime = None

    @property
    def _where(self) -> str:
        return f"model {self._id!r}"

    def _check(self, texts: Iterable[str]) -> None:
        if self._closed.is_set():
            raise self._closed_error()
        refuse_too_long(texts, self._settings.context, self._where)

    def _produce(self, body: Mapping[str, Any], emit: Emit, *, is_raw: bool = False) -> None:
        """On a worker thread: every piece of the answer is emitted; a dead consumer ends it."""
        runtime = self._started()
        answer = runtime.handle_completions if is_raw else runtime.handle_chat_completions
        try:
            answer(body, lambda raw: emit(raw) or self._closed.is_set())
        except (ValueError, RuntimeError):  # the runtime could not read the request at all
            emit({"error": {"code": 400, "type": "invalid_request_error"}})

    def _started(self) -> Runtime:
        with self._lock:
            if self._runtime is None:
                self._runtime = start_runtime(replace(self._settings, path=self._weights()))
            return self._runtime

    def _weights(self) -> Path:
        return existing_weights(Path(self._path)) if self._path else bundled_weights()

    def _read(self, raw: Any) -> ChatChunk:
        if isinstance(raw, dict) and "error" in raw:
            raise read_error(raw["error"], self._settings.context, self._where)
        shown = {name: value for name, value in raw.items() if name != "prompt_progress"}
        # The runtime names the model by its path, which is nobody's business.
        return read_chunk({**shown, "model": self._id}, self._where)

    def _closed_error(self) -> ModelError:
        return ModelError("the model was closed", where=self._where, cure="open it again")


def _is_last(raw: Mapping[str, Any]) -> bool:
    return any(choice.get("finish_reason") for choice in raw.get("choices") or ())
