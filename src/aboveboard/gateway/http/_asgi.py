"""One HTTP request and its answer over raw ASGI: no framework, no copy that is not needed."""

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from dataclasses import dataclass, field
from typing import Any

from aboveboard.gateway.http._errors import Disconnected, MediaTypeError, SlowBodyError, TooLargeError
from aboveboard.gateway.http._json import encode
from aboveboard.gateway.http._within import within

Scope = MutableMapping[str, Any]
AsgiReceive = Callable[[], Awaitable[MutableMapping[str, Any]]]
AsgiSend = Callable[[MutableMapping[str, Any]], Awaitable[None]]
AsgiApp = Callable[[Scope, AsgiReceive, AsgiSend], Awaitable[None]]
Header = tuple[bytes, bytes]

JSON = b"application/json"
BODY_SECONDS = 30.0
"""How long the body of a request may take, once its head is there."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may cost. `hosts` are the Host names answered to; empty: any.

    `places`: how many separate texts a request may hold; each costs every guard a call. What has
    more than `inline_bytes` or `inline_places` is checked beside the event loop: others are served meanwhile.
    """

    body_bytes: int = 1 << 20
    body_seconds: float = BODY_SECONDS
    status_seconds: float = 30.0
    choices: int = 16
    messages: int = 4096
    places: int = 4096
    inline_bytes: int = 32 << 10
    inline_places: int = 128
    answer_characters: int = 4 << 20
    hosts: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """A request as ASGI gives it."""

    scope: Scope
    receive: AsgiReceive
    send: AsgiSend

    @property
    def path(self) -> str:
        return str(self.scope["path"])

    @property
    def method(self) -> str:
        return str(self.scope["method"])

    def header(self, name: bytes) -> str:
        """The first header of that lower-case name, or an empty text."""
        for key, value in self.scope["headers"]:
            if key == name:
                return _text(bytes(value))
        return ""

    async def json_body(self, limits: Limits) -> bytes:
        """The whole body; raises MediaTypeError, TooLargeError, SlowBodyError, Disconnected."""
        self._check_media_type()
        self._check_length(limits.body_bytes)
        try:
            return await within(limits.body_seconds, self._read(limits.body_bytes))
        except TimeoutError:
            raise SlowBodyError("the request body did not arrive in time", code="body_timeout") from None

    def _check_media_type(self) -> None:
        found = self.header(b"content-type").partition(";")[0].strip().lower()
        if found != "application/json":
            raise MediaTypeError("send Content-Type: application/json", code="unsupported_media_type")
        if self.header(b"content-encoding") not in ("", "identity"):
            raise MediaTypeError("send the body without Content-Encoding", code="unsupported_encoding")

    def _check_length(self, most: int) -> None:
        length = self.header(b"content-length")
        if length.isascii() and length.isdigit() and int(length[:20]) > most:
            raise _too_large(most)

    async def _read(self, most: int) -> bytes:
        message = await self.receive()
        pieces = bytearray()
        while message["type"] == "http.request":
            pieces += message.get("body", b"")
            _check_size(pieces, most)
            if not message.get("more_body"):
                return bytes(pieces)
            message = await self.receive()
        raise Disconnected

    async def reply(self, status: int, body: bytes, media: bytes, headers: Iterable[Header] = ()) -> None:
        """Sends a whole response."""
        lines = [(b"content-type", media), (b"content-length", b"%d" % len(body)), *headers]
        await self.send({"type": "http.response.start", "status": status, "headers": lines})
        await self.send({"type": "http.response.body", "body": body})

    async def reply_json(self, value: Any, status: int = 200, headers: Iterable[Header] = ()) -> None:
        """Sends a JSON value."""
        await self.reply(status, encode(value), JSON, headers)


def _check_size(body: bytes | bytearray, most: int) -> None:
    if len(body) > most:
        raise _too_large(most)


def _too_large(most: int) -> TooLargeError:
    return TooLargeError(f"the request body is over {most} bytes", code="body_too_large")


def _text(value: bytes) -> str:
    """A header's text: UTF-8 where it is that, so that a name is the same as in a body; else as RFC 9110, 5.5
    has it of old, a character of ISO 8859-1 for each byte.
    """
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")
