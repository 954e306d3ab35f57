"""One connection, of which nothing is taken on trust: how requests are framed, how long they may take."""

import math

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

# Two of these, and who stands before us may have read the other one.
_WATCHED = frozenset(
    {
        *(b"host", b"authorization", b"x-api-key", b"content-type", b"x-aboveboard-subject"),
        *(b"transfer-encoding", b"expect"),
    }
)
_UPGRADING = frozenset({b"upgrade", b"http2-settings", b"connection"})
_HALF_OPEN = 1536


class FramingError(httptools.HttpParserError):
    """A request of which somebody else could see the end elsewhere, or another meaning."""


class Connection(HttpToolsProtocol):
    """What uvicorn does with a connection, and stricter.

    - A head is at most `head_bytes` and comes within `head_seconds`, a body within `body_seconds` of it; who
      reads nothing for `reading_seconds` while there is something to read is hung up on. See `is_late`.
    - Refused beside what llhttp refuses: two of a header of which one is meant; a transfer coding other than
      `chunked`, or any with HTTP/1.0 (RFC 9112, 6.1); a target whose authority is not the Host (3.2.2).
    - Fields behind a body change nothing (RFC 9110, 6.5.1), and an upgrade that is asked for is as if it had
      not been (7.8): the body belongs to the request, and is not another one.
    - Of very many connections, those are hung up on that wait longest without a request.
    """

    head_bytes = 64 << 10
    head_seconds = 10.0
    body_seconds = 60.0
    reading_seconds = 60.0

    due = math.inf
    stalled = math.inf
    _unread = 0
    _size = 0
    _is_open = False
    _has_moved = False
    _is_upgrading = False

    def is_late(self, now: float) -> bool:
        """Whether the other side has had its time, by the loop's clock."""
        return now > self.due or now > self.stalled

    @property
    def is_waiting(self) -> bool:
        """Whether nothing is being answered here."""
        return self.cycle is None or self.cycle.response_complete

    def connection_made(self, transport) -> None:  # type: ignore[no-untyped-def]  # see uvicorn
        super().connection_made(transport)
        self.due = self.loop.time() + self.head_seconds
        if len(self.connections) > _HALF_OPEN:
            self._make_room()

    def data_received(self, data: bytes) -> None:
        self._unset_keepalive_if_required()
        if self.due == math.inf and self.is_waiting:
            self.due = self.loop.time() + self.head_seconds
        try:
            self._feed(data)
        except httptools.HttpParserError:
            self._refuse()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._is_open = False
        self._size = 0
        self._seen: dict[bytes, bytes] = {}

    def on_header(self, name: bytes, value: bytes) -> None:
        if self._is_open:
            return
        name = name.lower()
        self._size += len(name) + len(value)
        if name in _WATCHED:
            self._watch(name, value)
        self.headers.append((name, value))

    def _watch(self, name: bytes, value: bytes) -> None:
        if name in self._seen:
            raise FramingError("a header that means one thing is there twice")
        self._seen[name] = value
        self.expect_100_continue |= name == b"expect" and value.lower() == b"100-continue"

    def on_headers_complete(self) -> None:
        self._has_moved = True
        self._check_head()
        self._is_upgrading = bool(self.parser.should_upgrade())
        if self._is_upgrading and self.parser.get_method() == b"CONNECT":
            raise FramingError("this is no proxy")
        if not self._is_upgrading:
            self._is_open = True
            self.due = self.loop.time() + self.body_seconds
            super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._has_moved = True
        if not self._is_upgrading:
            self.due = math.inf
            super().on_message_complete()

    def pause_writing(self) -> None:
        self.stalled = self.loop.time() + self.reading_seconds
        super().pause_writing()

    def resume_writing(self) -> None:
        self.stalled = math.inf
        super().resume_writing()

    def _feed(self, data: bytes) -> None:
        self._has_moved = False
        rest = data
        while rest:
            try:
                self.parser.feed_data(rest)
                break
            except httptools.HttpParserUpgrade as error:
                rest = self._as_if_not_asked() + rest[error.args[0] :]
        self._unread = 0 if self._has_moved else self._unread + len(data)
        if self._unread > self.head_bytes and not self._is_in_body:
            raise FramingError("the head is too long")

    @property
    def _is_in_body(self) -> bool:
        return self._is_open and self.due < math.inf

    def _as_if_not_asked(self) -> bytes:
        """The head again without the upgrade, for a parser that has not seen it."""
        lines = [b"%s %s HTTP/1.1" % (self.parser.get_method(), self.url)]
        lines += [b"%s: %s" % each for each in self.headers if each[0] not in _UPGRADING]
        self.parser = httptools.HttpRequestParser(self)
        self._is_upgrading = False
        return b"\r\n".join([*lines, b"", b""])

    def _check_head(self) -> None:
        if len(self.url) + self._size > self.head_bytes:
            raise FramingError("the head is too long")
        if b"transfer-encoding" in self._seen:
            self._check_coding(self._seen[b"transfer-encoding"])
        if not self.url.startswith(b"/"):
            self._check_target(self._seen.get(b"host", b""))

    def _check_coding(self, coding: bytes) -> None:
        if coding.strip().lower() != b"chunked" or self.parser.get_http_version() != "1.1":
            raise FramingError("a transfer coding that is not understood")

    def _check_target(self, host: bytes) -> None:
        """Of a target that is no path: `*`, or an address that has to be the Host's."""
        authority = self.url.partition(b"//")[2].partition(b"/")[0]
        if self.url != b"*" and authority.lower() != host.strip().lower():
            raise FramingError("the target is at another host")

    def _refuse(self) -> None:
        if not self.is_waiting and self.cycle.response_started:  # nothing may get into an answer
            self.transport.close()
            return
        self.send_400_response("Invalid HTTP request received.")

    def _make_room(self) -> None:
        waiting = [each for each in self.connections if isinstance(each, Connection) and each.is_waiting]
        longest = min(waiting, key=lambda each: each.due, default=None)
        if longest is not None and longest is not self:
            longest.transport.abort()
