"""The supportive completion that a person in a crisis gets instead of the model's words."""

from typing import Any

from aboveboard.gateway.dialects import NO_USAGE, Writer


def supportive(text: str) -> dict[str, Any]:
    """A whole completion that says `text`, for a dialect to write."""
    message = {"role": "assistant", "content": text}
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
    return {"choices": [choice], "usage": NO_USAGE}


def supportive_frames(writer: Writer, text: str) -> bytes:
    """The same as a stream."""
    writer.begin({})
    return writer.text(0, text) + writer.end({0: "stop"}, NO_USAGE)
