"""The protocols that the gateway speaks: how a request is read, and how an answer is written."""

from aboveboard.gateway.dialects._call import Call, ModelRequest
from aboveboard.gateway.dialects._chat_answer import CHAT
from aboveboard.gateway.dialects._completions import COMPLETIONS
from aboveboard.gateway.dialects._dialect import (
    NO_USAGE,
    AnyResponse,
    Dialect,
    Identity,
    StopWriter,
    Writer,
    WriterOf,
)
from aboveboard.gateway.dialects._embeddings import EMBEDDINGS, vectors
from aboveboard.gateway.dialects._messages_answer import MESSAGES
from aboveboard.gateway.dialects._passing import (
    call_id,
    call_index,
    call_kind,
    characters,
    choice_index,
    dropped_name,
    finish_reason,
    garbage,
    marks,
    tool_name,
    usage,
)
from aboveboard.gateway.dialects._responses_stream import RESPONSES

DIALECTS: tuple[Dialect, ...] = (CHAT, COMPLETIONS, RESPONSES, EMBEDDINGS, MESSAGES)
"""All of them; each has an endpoint."""

__all__ = [
    "CHAT",
    "COMPLETIONS",
    "EMBEDDINGS",
    "MESSAGES",
    "NO_USAGE",
    "RESPONSES",
    "AnyResponse",
    "Call",
    "Dialect",
    "Identity",
    "ModelRequest",
    "StopWriter",
    "Writer",
    "WriterOf",
    "call_id",
    "call_index",
    "call_kind",
    "characters",
    "choice_index",
    "dropped_name",
    "finish_reason",
    "garbage",
    "marks",
    "tool_name",
    "usage",
    "vectors",
]
