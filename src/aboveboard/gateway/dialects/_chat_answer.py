"""Chat completions, whole and streamed, as OpenAI writes them."""

from collections.abc import AsyncIterator, Awaitable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from aboveboard.gateway.dialects._call import Call, ModelRequest, wants_usage
from aboveboard.gateway.dialects._chat import read_chat
from aboveboard.gateway.dialects._dialect import Dialect, Identity
from aboveboard.gateway.dialects._passing import marks
from aboveboard.gateway.http import DONE, ApiError, encode, frame
from aboveboard.models import ChatChunk, ChatRequest, ChatResponse, Model


def ask_chat(model: Model, request: ModelRequest) -> Awaitable[ChatResponse]:
    """The whole answer of a chat."""
    return model.chat(cast(ChatRequest, request))


def stream_chat(model: Model, request: ModelRequest) -> AsyncIterator[ChatChunk]:
    """The same piece by piece."""
    return model.stream(cast(ChatRequest, request))


def openai_error(error: ApiError) -> Mapping[str, Any]:
    """A refusal as OpenAI's clients read it."""
    return error.body


def envelope(identity: Identity, prefix: str, kind: str) -> dict[str, Any]:
    """What answers and frames begin with."""
    return {
        "id": prefix + identity.receipt,
        "object": kind,
        "created": identity.created,
        "model": identity.model,
    }


def _whole(identity: Identity, call: Call, completion: dict[str, Any]) -> dict[str, Any]:
    return {**envelope(identity, "chatcmpl-", "chat.completion"), **completion}


@dataclass(slots=True)
class ChatWriter:
    """Frames of `chat.completion.chunk`."""

    identity: Identity
    call: Call
    is_sequential: bool = False
    _envelope: dict[str, Any] = field(default_factory=dict)
    _openings: dict[int, bytes] = field(default_factory=dict)

    def begin(self, raw: Mapping[str, Any]) -> None:
        self._envelope = {**envelope(self.identity, "chatcmpl-", "chat.completion.chunk"), **marks(raw)}

    def text(self, index: int, text: str) -> bytes:
        opening = self._openings.get(index)
        if opening is None:
            return self.delta(index, {"content": text})
        return opening + encode(text) + b'},"finish_reason":null}]}\n\n'

    def delta(self, index: int, delta: dict[str, Any], finish_reason: str | None = None) -> bytes:
        if index not in self._openings:
            delta = {"role": "assistant", **delta}
            self._openings[index] = self._opening(index)
        choice = {"index": index, "delta": delta, "finish_reason": finish_reason}
        return frame({**self._envelope, "choices": [choice]})

    def end(self, reasons: Mapping[int, str], usage: Mapping[str, Any]) -> bytes:
        frames = [self.delta(index, {}, reason) for index, reason in reasons.items()]
        if wants_usage(self.call.body):
            frames.append(frame({**self._envelope, "choices": [], "usage": usage}))
        return b"".join(frames)

    def error(self, error: ApiError) -> bytes:
        return frame(error.body)

    def _opening(self, index: int) -> bytes:
        """The constant part of every text frame of a choice: encoding it anew would be most of the work."""
        head = encode({**self._envelope, "choices": []})[:-2]
        return b'data: %s{"index":%d,"delta":{"content":' % (head, index)


CHAT = Dialect(
    path="/v1/chat/completions",
    param="messages",
    read=read_chat,
    ask=ask_chat,
    ask_streamed=stream_chat,
    whole=_whole,
    writer=ChatWriter,
    lengths=("max_completion_tokens", "max_tokens"),
    error=openai_error,
    done=DONE,
)
