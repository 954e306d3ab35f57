"""OpenAI's completions and embeddings, read into the forms that all answers here have.

Source: the OpenAI API reference, "Completions" (legacy) and "Embeddings". A completion becomes a chat
completion whose messages are the texts: what is guarded there is guarded alike.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from aboveboard.models._errors import ModelGarbageError
from aboveboard.models._model import Usage
from aboveboard.models._offers import CompletionRequest, EmbeddingRequest, EmbeddingResponse
from aboveboard.models._wire import read_usage

_MOST_NUMBERS = 1 << 16  # of one vector; the largest known have 12,288
_LARGEST = 1e6


def completion_body(request: CompletionRequest, model: str, *, stream: bool) -> dict[str, Any]:
    """The JSON body of a request for completions."""
    prompts = list(request.prompts)
    given = {
        "max_tokens": request.max_tokens,
        "temperature": request.temperature,
        "seed": request.seed,
        "stop": list(request.stop) or None,
        "stream": stream or None,
        # Always asked for: every answer's cost is counted.
        "stream_options": {"include_usage": True} if stream else None,
    }
    extra = {name: value for name, value in request.extra.items() if name not in given}
    set_ = {name: value for name, value in given.items() if value is not None}
    return {**extra, "model": model, "prompt": prompts[0] if len(prompts) == 1 else prompts, **set_}


def as_chat(raw: Any, where: str, *, delta: bool = False) -> dict[str, Any]:
    """A completion (or a streamed piece of one) in the form of a chat's; raises ModelGarbageError."""
    choices = raw.get("choices") if isinstance(raw, dict) else None
    if not isinstance(choices, list) or not all(isinstance(choice, dict) for choice in choices):
        raise ModelGarbageError("the answer has no list of choices", where=where)
    return {**raw, "choices": [_choice(choice, delta=delta) for choice in choices]}


def _choice(choice: Mapping[str, Any], *, delta: bool) -> dict[str, Any]:
    text = choice.get("text")
    return {
        "index": choice.get("index", 0),
        "delta" if delta else "message": {"role": "assistant", "content": text},
        "finish_reason": choice.get("finish_reason"),
        "logprobs": _logprobs(choice.get("logprobs")),
    }


def _logprobs(raw: Any) -> dict[str, Any] | None:
    """The columns of the legacy form as the rows of a chat's; None for what has no such form."""
    given = raw if isinstance(raw, dict) else {}
    if isinstance(given.get("content"), list):  # llama.cpp gives rows here too
        return given
    tokens, numbers = given.get("tokens"), given.get("token_logprobs")
    if not isinstance(tokens, list) or not isinstance(numbers, list) or len(tokens) != len(numbers):
        return None
    listed = given.get("top_logprobs")
    tops: Sequence[Any] = (
        listed if isinstance(listed, list) and len(listed) == len(tokens) else [None] * len(tokens)
    )
    rows = zip(tokens, numbers, tops, strict=True)
    return {
        "content": [
            {"token": token, "logprob": number, "top_logprobs": _top(top)} for token, number, top in rows
        ]
    }


def _top(raw: Any) -> list[dict[str, Any]]:
    pairs = raw.items() if isinstance(raw, dict) else ()
    return [{"token": token, "logprob": number} for token, number in pairs]


def embedding_body(request: EmbeddingRequest, model: str) -> dict[str, Any]:
    """The JSON body of a request for embeddings; numbers are asked for as numbers, which can be checked."""
    return {**request.extra, "model": model, "input": list(request.texts), "encoding_format": "float"}


def read_embeddings(raw: Any, count: int, where: str, headers: Mapping[str, str]) -> EmbeddingResponse:
    """The vectors in the order of the texts; raises ModelGarbageError for another number or form of them."""
    data = raw.get("data") if isinstance(raw, dict) else None
    if not isinstance(data, list) or not all(isinstance(one, dict) for one in data):
        raise ModelGarbageError("the answer has no list of embeddings", where=where)
    by_index = {one.get("index"): one.get("embedding") for one in data}
    vectors = [by_index.get(number) for number in range(count)]
    checked: list[list[float]] = [vector for vector in vectors if vector and is_vector(vector)]
    if len(checked) != count or len(data) != count or len({len(vector) for vector in checked}) != 1:
        raise ModelGarbageError("the embeddings are not one vector of numbers for each text", where=where)
    return EmbeddingResponse(checked, read_usage(raw, where) or Usage(), headers)


def is_vector(value: Any) -> bool:
    """Whether it is a list of finite numbers of a size that embeddings have."""
    if not isinstance(value, list) or not 0 < len(value) <= _MOST_NUMBERS:
        return False
    return all(type(one) in (int, float) and math.isfinite(one) and abs(one) <= _LARGEST for one in value)
