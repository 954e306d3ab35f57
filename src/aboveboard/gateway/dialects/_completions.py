"""`POST /v1/completions`: OpenAI's legacy endpoint, where a model goes on with a text."""

from collections.abc import AsyncIterator, Awaitable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, cast

from aboveboard.gateway.dialects._call import Call, ModelRequest, beside, laid_open, wants_usage
from aboveboard.gateway.dialects._chat_answer import envelope, openai_error
from aboveboard.gateway.dialects._dialect import Dialect, Identity
from aboveboard.gateway.dialects._passing import marks
from aboveboard.gateway.fields import (
    SAMPLING,
    AnyPlace,
    Place,
    an_object,
    bad,
    boolean,
    check_fields,
    check_present,
    integer,
    stops,
)
from aboveboard.gateway.http import DONE, ApiError, Limits, encode, frame
from aboveboard.models import ChatChunk, ChatResponse, CompletingModel, CompletionRequest, Model

_OWN = frozenset(
    {"model", "prompt", "stream", "stream_options", "max_tokens", "temperature", "seed", "stop", "user"}
)
_WORDLESS = {**SAMPLING, "logprobs": integer(0, 20), "best_of": integer(1, 20), "echo": boolean}
_CHECKS = {**_WORDLESS, "stream_options": an_object, "stop": stops}
_UNREAD = frozenset({*_WORDLESS, "prompt", "suffix"})
_KIND = "text_completion"


def read_completion(body: dict[str, Any], limits: Limits) -> Call:
    """Checks a decoded body; raises BadRequestError, which names the field."""
    check_present(body, ("model", "prompt"))
    check_fields(body, _CHECKS)
    places = chain(_prompts(body, limits), beside(body, _UNREAD))
    return Call(body, laid_open(places, limits, "prompt"), body.get("user") or "", _to_model)


def _prompts(body: dict[str, Any], limits: Limits) -> list[AnyPlace]:
    prompt = body["prompt"]
    texts = prompt if isinstance(prompt, list) else [prompt]
    if not texts or not all(isinstance(text, str) for text in texts):
        raise bad("prompt", "a text or a list of texts: no guard can read token numbers")
    if len(texts) * (body.get("n") or 1) > limits.choices:
        raise bad("prompt", f"such that there are at most {limits.choices} answers in all")
    places: list[AnyPlace] = [Place("user", prompt, number) for number in range(len(texts))]
    if isinstance(prompt, str):
        places = [Place("user", body, "prompt")]
    if body.get("suffix") is not None:
        if not isinstance(body["suffix"], str):
            raise bad("suffix", "a text")
        places.append(Place("user", body, "suffix"))
    return places


def _to_model(body: dict[str, Any], pseudonym: str) -> CompletionRequest:
    extra = {name: value for name, value in body.items() if name not in _OWN and value is not None}
    if pseudonym and body.get("user"):
        extra["user"] = pseudonym
    prompt, stop = body["prompt"], body.get("stop") or ()
    return CompletionRequest(
        prompts=(prompt,) if isinstance(prompt, str) else tuple(prompt),
        max_tokens=body.get("max_tokens"),
        temperature=body.get("temperature"),
        seed=body.get("seed"),
        stop=(stop,) if isinstance(stop, str) else tuple(stop),
        extra=extra,
    )


def _ask(model: Model, request: ModelRequest) -> Awaitable[ChatResponse]:
    return cast(CompletingModel, model).complete(cast(CompletionRequest, request))


def _ask_streamed(model: Model, request: ModelRequest) -> AsyncIterator[ChatChunk]:
    return cast(CompletingModel, model).stream_complete(cast(CompletionRequest, request))


def _whole(identity: Identity, call: Call, completion: dict[str, Any]) -> dict[str, Any]:
    choices = [
        {
            "index": choice["index"],
            "text": choice["message"]["content"] or "",
            "logprobs": _columns(choice.get("logprobs")),
            "finish_reason": choice["finish_reason"],
        }
        for choice in completion["choices"]
    ]
    return {**envelope(identity, "cmpl-", _KIND), **completion, "choices": choices}


def _columns(logprobs: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """A chat's rows of log-probabilities as the columns that this endpoint has."""
    if logprobs is None:
        return None
    rows, offsets, at = logprobs["content"], [], 0
    for row in rows:
        offsets.append(at)
        at += len(row["token"])
    return {
        "tokens": [row["token"] for row in rows],
        "token_logprobs": [row["logprob"] for row in rows],
        "top_logprobs": [{one["token"]: one["logprob"] for one in row["top_logprobs"]} for row in rows],
        "text_offset": offsets,
    }


@dataclass(slots=True)
class CompletionWriter:
    """Frames of `text_completion`."""

    identity: Identity
    call: Call
    is_sequential: bool = False
    _envelope: dict[str, Any] = field(default_factory=dict)

    def begin(self, raw: Mapping[str, Any]) -> None:
        self._envelope = {**envelope(self.identity, "cmpl-", _KIND), **marks(raw)}

    def text(self, index: int, text: str) -> bytes:
        return self._frame(index, text, None)

    def delta(self, index: int, delta: dict[str, Any]) -> bytes:
        return self._frame(index, delta["content"], None) if "content" in delta else b""

    def end(self, reasons: Mapping[int, str], usage: Mapping[str, Any]) -> bytes:
        frames = [self._frame(index, "", reason) for index, reason in reasons.items()]
        if wants_usage(self.call.body):
            frames.append(frame({**self._envelope, "choices": [], "usage": usage}))
        return b"".join(frames)

    def error(self, error: ApiError) -> bytes:
        return frame(error.body)

    def _frame(self, index: int, text: str, reason: str | None) -> bytes:
        choice = {"index": index, "text": text, "logprobs": None, "finish_reason": reason}
        return b"data: " + encode({**self._envelope, "choices": [choice]}) + b"\n\n"


COMPLETIONS = Dialect(
    path="/v1/completions",
    param="prompt",
    read=read_completion,
    ask=_ask,
    ask_streamed=_ask_streamed,
    whole=_whole,
    writer=CompletionWriter,
    lengths=("max_tokens",),
    error=openai_error,
    done=DONE,
)
