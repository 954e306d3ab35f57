"""Weights run by `transformers`: likelihoods of given texts, and plain chats for comparison."""

import asyncio
import threading
from collections.abc import AsyncGenerator, Iterable, Mapping, Sequence
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import aclosing
from typing import Any

from aboveboard.models._bridge import Emit, relay
from aboveboard.models._errors import ModelError, ModelUnsupportedError
from aboveboard.models._likelihood import (
    Detail,
    LikelihoodRequest,
    LikelihoodResult,
)
from aboveboard.models._model import ChatChunk, ChatRequest, ChatResponse, ModelInfo, Usage
from aboveboard.models._options import Options
from aboveboard.models.likelihoods._rows import ROW_TOKENS
from aboveboard.models.likelihoods._weights import Source, read_source
from aboveboard.values import digest_json

OPTIONS = ("device", "dtype", "path", "row_tokens", "threads")


class TransformersModel:
    """Weights in this process by `transformers` (extra `train`). Options:

    `path` (default: the bundled weights; a GGUF file, whose weights are dequantised, or a folder in the form
    of `save_pretrained`), `dtype` (float32; bfloat16, float16), `device` (cpu), `threads` (1) of the CPU,
    `row_tokens` read at once (512; 4096 on a GPU). It tells likelihoods, and the first token of a chat by the
    model's template; it writes no answers: open the same weights with the provider `local` for that.
    """

    def __init__(self, model_id: str, options: Mapping[str, Any]) -> None:
        read = Options(model_id, options, OPTIONS)
        self._id = model_id
        self._source: Source = read_source(read, where=self._where)
        self._row_tokens = read.whole(
            "row_tokens", ROW_TOKENS if self._source.device == "cpu" else 4096, low=16
        )
        self._pool = ThreadPoolExecutor(1, thread_name_prefix=f"model-{model_id}")
        self._closed = threading.Event()
        self._engine: Any = None

    @property
    def info(self) -> ModelInfo:
        """The digest is of all the files of the weights and of the numbers they are read as."""
        digest = digest_json({"dtype": self._source.dtype, "weights": self._source.digest})
        return ModelInfo(self._id, "transformers", digest, self._source.backend)

    async def check_likelihoods(self, details: Iterable[Detail] = ("sum",)) -> None:
        """Every detail can be told; raises ModelMissingError when the weights or `transformers` are not
        here."""
        del details
        self._refuse_closed()
        self._source.check()

    async def likelihoods(
        self, requests: Sequence[LikelihoodRequest]
    ) -> AsyncGenerator[LikelihoodResult, None]:
        """Planned over all requests; stops after the row it is at when nobody reads on."""
        self._refuse_closed()

        def produce(emit: Emit) -> None:
            for result in self._opened().tell(requests):
                if emit(result) or self._closed.is_set():
                    return

        try:
            async with aclosing(relay(self._pool, produce)) as results:
                async for result in results:
                    yield result
        except CancelledError:
            raise self._closed_error() from None
        if self._closed.is_set():
            raise self._closed_error()

    async def next_token(self, request: ChatRequest, top: int = 20) -> Mapping[str, float]:
        self._refuse_closed()
        turns = [{"role": turn.role, "content": turn.content} for turn in request.messages]
        loop = asyncio.get_running_loop()
        found: Mapping[str, float] = await loop.run_in_executor(
            self._pool, lambda: self._opened().next_token(turns, top)
        )
        return found

    async def chat(self, request: ChatRequest) -> ChatResponse:
        raise self._no_chats()

    async def stream(self, request: ChatRequest) -> AsyncGenerator[ChatChunk, None]:
        raise self._no_chats()
        yield ChatChunk("", None, Usage(), {})  # makes this a generator

    async def close(self) -> None:
        """Ends what is being read, after its row, and frees the weights."""
        self._closed.set()
        await asyncio.to_thread(self._pool.shutdown, wait=True, cancel_futures=True)
        self._engine = None

    @property
    def _where(self) -> str:
        return f"model {self._id!r}"

    def _opened(self) -> Any:
        """On the model's thread: loads the weights (the bundled ones: about 10 s)."""
        if self._engine is None:
            from aboveboard.models.likelihoods._engine import open_engine

            self._engine = open_engine(self._source, self._row_tokens)
        return self._engine

    def _refuse_closed(self) -> None:
        if self._closed.is_set():
            raise self._closed_error()

    def _closed_error(self) -> ModelError:
        return ModelError("the model was closed", where=self._where, cure="open it again")

    def _no_chats(self) -> ModelError:
        return ModelUnsupportedError("writing of answers", where=self._where)
