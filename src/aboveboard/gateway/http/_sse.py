"""Server-sent events (WHATWG HTML, section 9.2)."""

from collections.abc import Iterable, Mapping
from typing import Any

from aboveboard.gateway.http._asgi import Header
from aboveboard.gateway.http._json import encode

MEDIA = b"text/event-stream; charset=utf-8"
DONE = b"data: [DONE]\n\n"
STREAM_HEADERS: tuple[Header, ...] = (
    (b"content-type", MEDIA),
    (b"cache-control", b"no-cache"),
    # nginx would otherwise hold the stream back until it ends.
    (b"x-accel-buffering", b"no"),
)


def frame(value: Any) -> bytes:
    """One event holding a JSON value."""
    return b"data: " + encode(value) + b"\n\n"


def named_frame(value: Mapping[str, Any]) -> bytes:
    """One event that is named by its `type`, as Anthropic and OpenAI's Responses have it."""
    return b"event: %s\ndata: %s\n\n" % (value["type"].encode("ascii"), encode(value))


def comment(headers: Iterable[Header]) -> bytes:
    """Headers that were not known when the stream began, as comment lines, which every client skips."""
    lines = b"".join(b": %s: %s\n" % header for header in headers)
    return lines and lines + b"\n"
