"""What a local model takes from a request, and what it refuses.

Clients of the gateway are strangers, and the runtime is in our own process: only known fields reach it.
Grammars, JSON schemas and tools are refused: compiling a hostile one can end the whole process.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from aboveboard.models._completion_wire import completion_body
from aboveboard.models._errors import ModelContextError, ModelRefusedError, ModelUnsupportedError
from aboveboard.models._model import ChatRequest
from aboveboard.models._offers import CompletionRequest
from aboveboard.models._wire import request_body

_TAKEN = frozenset(
    {
        *(
            "max_tokens",
            "messages",
            "model",
            "prompt",
            "seed",
            "stop",
            "stream",
            "stream_options",
            "temperature",
        ),
        *("frequency_penalty", "logit_bias", "logprobs", "min_p", "presence_penalty", "top_k"),
        *("top_logprobs", "top_p"),
    }
)
_REFUSED = ("functions", "grammar", "json_schema", "tools")
_REFUSED_OF_COMPLETIONS = ("best_of", "echo", "logprobs", "suffix")
_MOST_LOGPROBS = 100
_MOST_STOPS = 16
_MOST_CHARACTERS_PER_TOKEN = 64


def local_body(request: ChatRequest, model: str, *, max_tokens: int) -> dict[str, Any]:
    """The runtime's request; raises ModelRefusedError (400) for what it does not offer.

    Always streamed, and with progress while the prompt is read, so that it can be stopped at any time.
    """
    return _limited(request_body(request, model, stream=True), request, max_tokens)


def local_completion(request: CompletionRequest, model: str, *, max_tokens: int) -> dict[str, Any]:
    """The same for raw text. One text at a time: the runtime answers several out of order."""
    if len(request.prompts) != 1:
        raise ModelUnsupportedError("prompt", where=f"model {model!r}")
    for name in _REFUSED_OF_COMPLETIONS:
        if request.extra.get(name):
            raise ModelUnsupportedError(name, where=f"model {model!r}")
    return _limited(completion_body(request, model, stream=True), request, max_tokens)


def _limited(
    body: dict[str, Any], request: ChatRequest | CompletionRequest, max_tokens: int
) -> dict[str, Any]:
    model = body["model"]
    _refuse(body, where=f"model {model!r}")
    limit = request.max_tokens or request.extra.get("max_completion_tokens") or max_tokens
    if not isinstance(limit, int) or limit < 1:
        raise _refusal("'max_tokens' must be a whole number above 0", f"model {model!r}")
    taken = {name: value for name, value in body.items() if name in _TAKEN}
    # An empty stop sequence would end every answer at once.
    taken["stop"] = [stop for stop in request.stop if stop][:_MOST_STOPS]
    return {**taken, "max_tokens": min(limit, 1 << 30), "return_progress": True, "cache_prompt": True}


def _refuse(body: Mapping[str, Any], where: str) -> None:
    for name in _REFUSED:
        if body.get(name):
            raise ModelUnsupportedError(name, where=where)
    wanted = body.get("response_format") or {"type": "text"}
    kind = wanted.get("type") if isinstance(wanted, dict) else wanted
    if kind != "text":
        raise ModelUnsupportedError("response_format", where=where)
    _refuse_above(body, "n", 1, where)
    _refuse_above(body, "top_logprobs", _MOST_LOGPROBS, where)


def _refuse_above(body: Mapping[str, Any], name: str, most: int, where: str) -> None:
    value = body.get(name) or 0
    if not isinstance(value, int) or not 0 <= value <= most:
        raise _refusal(f"{name!r} must be a whole number up to {most}", where)


def refuse_too_long(texts: Iterable[str], context: int, where: str) -> None:
    """Refuses at once what cannot fit whatever its tokens are, so that nobody can buy time with size."""
    length = sum(map(len, texts))
    if length > context * _MOST_CHARACTERS_PER_TOKEN:
        raise context_error(f"the request has {length} characters", context, where)


def context_error(what: str, context: int, where: str) -> ModelContextError:
    """The request and the model's context, both in tokens where known."""
    return ModelContextError(
        f"{what}; this model reads {context} tokens",
        status=400,
        where=where,
        cure="shorten the request, or raise the model's option `context`",
    )


def _refusal(what: str, where: str) -> ModelRefusedError:
    return ModelRefusedError(what, status=400, where=where, cure="leave it out, or use another model")


def read_error(error: Mapping[str, Any], context: int, where: str) -> ModelRefusedError:
    """The runtime's error frame as ours."""
    if error.get("type") == "exceed_context_size_error":
        return context_error(f"the request has {error.get('n_prompt_tokens')} tokens", context, where)
    status = error.get("code")
    return ModelRefusedError(
        f"the runtime refused the request ({error.get('type', 'unknown')})",
        status=status if isinstance(status, int) else 500,
        where=where,
    )
