"""OpenAI's chat format, read and written (the format every provider here shares).

Source: the OpenAI API reference, "Chat completions"; streamed chunks carry deltas.
"""

import math
from collections.abc import Mapping
from typing import Any

from aboveboard.models._errors import ModelGarbageError
from aboveboard.models._model import ChatChunk, ChatRequest, ChatResponse, Usage
from aboveboard.models._served import Candidates, read_served
from aboveboard.models._wasted import note_waste

_ROUNDING = 1e-6  # how far above 0 a log-probability may be written by a server that rounds
_MOST_TOKENS = 2**53 - 1  # the largest whole number that JSON carries exactly (RFC 8259, section 6)


def request_body(request: ChatRequest, model: str, *, stream: bool) -> dict[str, Any]:
    """The JSON body of a request. `extra` fields pass through, but never over the request's own."""
    body: dict[str, Any] = {**request.extra, "model": model, "messages": _messages(request)}
    body |= _settings(request)
    body.pop("stream", None)
    body.pop("stream_options", None)
    if stream:
        body["stream"] = True
        # Always asked for: every answer's cost is counted, whether or not the caller wants to see it.
        body["stream_options"] = {**_mapping(request.extra.get("stream_options")), "include_usage": True}
    return body


def _messages(request: ChatRequest) -> list[dict[str, Any]]:
    return [{"role": turn.role, "content": turn.content, **turn.extra} for turn in request.messages]


def _settings(request: ChatRequest) -> dict[str, Any]:
    given = {
        "max_tokens": request.max_tokens,
        "temperature": request.temperature,
        "seed": request.seed,
        "stop": list(request.stop) or None,
    }
    return {name: value for name, value in given.items() if value is not None}


def read_response(raw: Any, where: str, headers: Mapping[str, str] | None = None) -> ChatResponse:
    """A whole answer; raises ModelGarbageError when it has no choice with a message."""
    choice = _first_choice(raw)
    if choice is None or not isinstance(choice.get("message"), dict):
        note_waste(_usage_of_garbage(raw))
        raise ModelGarbageError("the answer has no choices[0].message", where=where)
    return ChatResponse(
        text=_text(choice["message"]),
        finish_reason=_word(choice.get("finish_reason")) or "stop",
        usage=read_usage(raw, where) or Usage(),
        raw=raw,
        headers=headers or {},
    )


def _usage_of_garbage(raw: Any) -> Usage | None:
    """What is said of the cost in something that is no answer; None for nothing, or more garbage."""
    try:
        return read_usage(raw) if isinstance(raw, dict) else None
    except ModelGarbageError:
        return None


def read_chunk(raw: Any, where: str, headers: Mapping[str, str] | None = None) -> ChatChunk:
    """A streamed piece; raises ModelGarbageError when it is no JSON object with a list of choices."""
    if not isinstance(raw, dict) or not isinstance(raw.get("choices", []), list):
        raise ModelGarbageError("a streamed piece has no list of choices", where=where)
    choice = _first_choice(raw) or {}
    return ChatChunk(
        text=_text(_mapping(choice.get("delta"))),
        finish_reason=_word(choice.get("finish_reason")),
        usage=read_usage(raw, where),
        raw=raw,
        headers=headers or {},
    )


def _first_choice(raw: Any) -> dict[str, Any] | None:
    """The choice of index 0 (an answer may have several; each streamed piece is of one)."""
    choices = raw.get("choices") if isinstance(raw, dict) else None
    if not isinstance(choices, list):
        return None
    return next((one for one in choices if isinstance(one, dict) and one.get("index", 0) == 0), None)


def read_usage(raw: Mapping[str, Any], where: str = "") -> Usage | None:
    """Tokens read and written, where the answer says so; raises ModelGarbageError on an impossible number."""
    usage = raw.get("usage")
    if not isinstance(usage, dict):
        return None
    read, written = (_count(usage.get(name), where) for name in ("prompt_tokens", "completion_tokens"))
    return Usage(read, written)


def read_next_token(raw: Any, where: str) -> Candidates:
    """Log-probabilities (natural) of the first token's candidates, most likely first, and who gave them.

    Raises ModelGarbageError when the endpoint gave none: many do not offer them.
    """
    log = _mapping((_first_choice(raw) or {}).get("logprobs")).get("content")
    first = _mapping(log[0]) if isinstance(log, list) and log else {}
    top = first.get("top_logprobs")
    found = sum_by_text(top if isinstance(top, list) and top else [first])
    if not found:
        raise ModelGarbageError(
            "no log-probabilities in the answer",
            where=where,
            cure="measure this model by generation instead, or use an endpoint that offers `logprobs`",
        )
    return Candidates(found, read_served(raw))


def sum_by_text(candidates: list[Any]) -> dict[str, float]:
    """Candidates by text, most likely first; what is no candidate is left out.

    Different tokens may show as the same text (parts of a character): those add up.
    """
    found: dict[str, float] = {}
    for text, log_p in (pair for one in candidates if (pair := _candidate(one))):
        found[text] = _log_sum(found[text], log_p) if text in found else log_p
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def _candidate(one: Any) -> tuple[str, float] | None:
    text, log_p = _mapping(one).get("token"), _mapping(one).get("logprob")
    if not isinstance(text, str) or not isinstance(log_p, int | float) or isinstance(log_p, bool):
        return None
    # Above 0 it is no probability, and would outweigh every other; endless or none says nothing.
    return (text, min(0.0, float(log_p))) if -math.inf < log_p <= _ROUNDING else None


def _log_sum(first: float, second: float) -> float:
    high, low = max(first, second), min(first, second)
    return high if high == -math.inf else high + math.log1p(math.exp(low - high))


def _text(holder: Mapping[str, Any]) -> str:
    content = holder.get("content")
    return content if isinstance(content, str) else ""


def _word(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _count(value: Any, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        return 0
    if value > _MOST_TOKENS:  # recorded as a 64-bit number, and no answer has so many
        raise ModelGarbageError("the answer's usage counts more tokens than there can be", where=where)
    return value


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
