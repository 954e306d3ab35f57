"""Where a request ends, and whose it is, is never in doubt: else a proxy before us sees one where we see two.

Sources: RFC 9112, sections 3.2, 5, 6, 7 and 11.2; RFC 9110, sections 6.5.1 and 7.8.
"""

import time
from typing import Any

import pytest

HEAD = b"POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"
OTHERS = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"


def with_chunks(body: bytes, extension: bytes = b"", end: bytes = b"0\r\n\r\n") -> bytes:
    return b"%x%s\r\n%s\r\n%s" % (len(body), extension, body, end)


def length(body: bytes) -> bytes:
    return b"Content-Length: %d\r\n" % len(body)


def ambiguous(body: bytes) -> dict[str, bytes]:
    """Requests that two readers could take for different ones."""
    ends, chunks = length(body) + b"\r\n" + body, with_chunks(body)
    other = OTHERS.encode()
    return {
        "CL.TE": HEAD + b"Content-Length: 6\r\n" + CHUNKED + b"\r\n0\r\n\r\n" + other,
        "TE.CL": HEAD + CHUNKED + length(body) + b"\r\n" + chunks + other,
        "two lengths": HEAD + b"Content-Length: 3\r\n" + ends + other,
        "the same length twice": HEAD + length(body) + ends,
        "a list of lengths": HEAD + b"Content-Length: %d, %d\r\n\r\n" % (len(body), len(body)) + body,
        "a length with a sign": HEAD + b"Content-Length: +%d\r\n\r\n" % len(body) + body,
        "a negative length": HEAD + b"Content-Length: -1\r\n\r\n" + body,
        "a length in base 16": HEAD + b"Content-Length: 0x44\r\n\r\n" + body,
        "a length beyond 64 bits": HEAD + b"Content-Length: 99999999999999999999\r\n\r\n" + body,
        "a space before a colon": HEAD + b"Content-Length : %d\r\n\r\n" % len(body) + body,
        "a folded coding": HEAD + b"Transfer-Encoding:\r\n chunked\r\n\r\n" + chunks,
        "a folded header": HEAD + b"X-A: b\r\n c\r\n" + ends,
        "a folded first line": HEAD.replace(b"\r\n", b"\r\n X: y\r\n", 1) + ends,
        "bare line feeds": (HEAD + length(body) + b"\r\n").replace(b"\r\n", b"\n") + body,
        "one bare line feed": HEAD + b"X-A: b\n" + ends,
        "a bare carriage return": HEAD + b"X-A: b\rContent-Length: 3\r\n" + ends,
        "a NUL": HEAD + b"X-A: b\0c\r\n" + ends,
        "a coding that is none": HEAD + b"Transfer-Encoding: xchunked\r\n\r\n" + chunks,
        "identity": HEAD + b"Transfer-Encoding: identity\r\n\r\n" + chunks,
        "chunked, then another": HEAD + b"Transfer-Encoding: chunked, identity\r\n\r\n" + chunks,
        "another, then chunked": HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n" + chunks,
        "two codings": HEAD + CHUNKED + b"Transfer-Encoding: identity\r\n\r\n" + chunks,
        "chunked twice": HEAD + CHUNKED + CHUNKED + b"\r\n" + chunks,
        "a disguised coding": HEAD + b"Transfer-Encoding: \x0bchunked\r\n\r\n" + chunks,
        "a coding in HTTP/1.0": HEAD.replace(b"1.1", b"1.0") + CHUNKED + b"\r\n" + chunks,
        "a line feed in an extension": HEAD + CHUNKED + b"\r\n" + with_chunks(body, b";a\nX"),
        "a chunk's size ended by a line feed": HEAD + CHUNKED + b"\r\n" + chunks.replace(b"\r\n", b"\n", 1),
        "a chunk's size beyond 64 bits": HEAD + CHUNKED + b"\r\nfffffffffffffffff\r\n" + body,
        "a chunk's size with a sign": HEAD + CHUNKED + b"\r\n-1\r\n" + body,
        "a chunk's size with 0x": HEAD + CHUNKED + b"\r\n0x" + chunks,
        "a chunk longer than said": HEAD + CHUNKED + b"\r\n" + chunks.replace(b"}\r\n", b"}XX\r\n"),
        "a length behind the body": HEAD
        + CHUNKED
        + b"\r\n"
        + with_chunks(body, end=b"0\r\nContent-Length: 5\r\n\r\n"),
        "two hosts": HEAD + b"Host: evil.example\r\n" + ends,
        "two keys": HEAD + b"Authorization: Bearer a\r\nAuthorization: Bearer b\r\n" + ends,
        "two media types": HEAD + b"Content-Type: text/plain\r\n" + ends,
        "two people": HEAD + b"X-Aboveboard-Subject: anna\r\nX-Aboveboard-Subject: ben\r\n" + ends,
        "a target elsewhere": b"GET http://evil.example/healthz HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "a tunnel": b"CONNECT evil.example:80 HTTP/1.1\r\nHost: evil.example:80\r\n\r\n",
        "a tunnel to a path": b"CONNECT / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "a tunnel to this host": b"CONNECT localhost HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "HTTP/2 without asking": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "a later HTTP": b"GET /healthz HTTP/1.2\r\nHost: localhost\r\n\r\n",
        "an unknown method": b"BREW /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 100,
    }


@pytest.mark.parametrize("name", ambiguous(b"{}"))
def test_a_request_that_can_be_read_two_ways_is_refused_and_nothing_after_it_is_heard(
    target: Any, chat: bytes, name: str
) -> None:
    assert target.statuses(ambiguous(chat)[name]) == [400]


def clear(body: bytes) -> dict[str, bytes]:
    """Requests that look odd and mean one thing."""
    ends, chunks = length(body) + b"\r\n" + body, with_chunks(body)
    upgrade = b"Connection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\nUpgrade: "
    return {
        "a length": HEAD + ends,
        "chunks": HEAD + CHUNKED + b"\r\n" + chunks,
        "an extension": HEAD + CHUNKED + b"\r\n" + with_chunks(body, b";a=b"),
        "HTTP/2 asked for": HEAD + upgrade + b"h2c\r\n" + ends,
        "HTTP/2 asked for, in chunks": HEAD + upgrade + b"h2c\r\n" + CHUNKED + b"\r\n" + chunks,
        "a WebSocket asked for": HEAD + b"Connection: Upgrade\r\nUpgrade: websocket\r\n" + ends,
        "its own address as target": HEAD.replace(b" /v1", b" http://localhost/v1") + ends,
    }


@pytest.mark.parametrize("name", clear(b"{}"))
@pytest.mark.parametrize("size", [1, 7, 1 << 20])
def test_a_request_that_can_be_read_one_way_is_one_request_however_it_is_cut(
    target: Any, chat: bytes, name: str, size: int
) -> None:
    data = clear(chat)[name]
    assert target.statuses(*(data[at : at + size] for at in range(0, len(data), size))) == [200, 200]


@pytest.mark.parametrize("upgrade", ["h2c", "websocket", "TLS/1.0"])
def test_the_body_of_a_request_that_asks_for_an_upgrade_is_no_request(target: Any, upgrade: str) -> None:
    inner = OTHERS.encode()
    head = b"POST /v1/none HTTP/1.1\r\nHost: localhost\r\nConnection: upgrade\r\nUpgrade: %s\r\n%s\r\n"
    with target.connect() as connection:
        connection.sendall(head % (upgrade.encode(), length(inner)))
        time.sleep(0.2)  # the body comes by itself, as it does from a proxy
        connection.sendall(inner + target.get.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        got = bytearray()
        while piece := connection.recv(1 << 16):
            got += piece
    assert got.count(b"HTTP/1.1 404 ") == 1
    assert got.count(b"HTTP/1.1 200 ") == 1  # the one that was meant


def test_a_body_that_nobody_wanted_is_no_request(target: Any) -> None:
    inner = OTHERS.encode()
    for method, path, status in ((b"POST", b"/v1/none", 404), (b"GET", b"/healthz", 200)):
        head = b"%s %s HTTP/1.1\r\nHost: localhost\r\n" % (method, path)
        assert target.statuses(head + length(inner) + b"\r\n" + inner) == [status, 200]


def test_fields_behind_a_body_are_not_headers(target: Any, chat: bytes) -> None:
    trailer = b"0\r\nAuthorization: Bearer x\r\nX-Aboveboard-Subject: Anna Example\r\nHost: evil\r\n\r\n"
    request = HEAD + b"Trailer: X-Aboveboard-Subject\r\n" + CHUNKED + b"\r\n" + with_chunks(chat, end=trailer)
    assert target.statuses(request) == [200, 200]


def test_requests_sent_at_once_are_answered_in_their_order(target: Any) -> None:
    none = b"GET /v1/models/none HTTP/1.1\r\nHost: localhost\r\n\r\n"
    assert target.statuses((target.get + none) * 50) == [200, 404] * 50 + [200]


def test_nothing_gets_into_an_answer_that_is_on_its_way(target: Any, chat: bytes) -> None:
    streamed = chat[:-1] + b',"stream":true}'
    got = target.send(HEAD + length(streamed) + b"\r\n" + streamed, b"garbage\r\n\r\n", then_end=False)
    assert got.count(b"HTTP/1.1 ") in (1, 2)
    if got.count(b"HTTP/1.1 ") == 2:
        assert got.index(b"data: [DONE]") < got.index(b"HTTP/1.1 400")


@pytest.mark.parametrize(
    "head",
    [
        b"GET /" + b"a" * (1 << 17) + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * (8 << 20) + b"\r\n\r\n",
        b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n" + b"X: a\r\n" * 100_000 + b"\r\n",
        b"\r\n" * 100_000 + OTHERS.encode(),
    ],
    ids=["a long target", "a long header", "many headers", "nothing but line ends"],
)
def test_a_head_over_64_kib_is_not_read_to_its_end(target: Any, head: bytes) -> None:
    assert 200 not in target.statuses(head)


def test_headers_as_long_as_real_ones_get_are_read(target: Any) -> None:
    head = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nCookie: " + b"a" * (48 << 10) + b"\r\n\r\n"
    assert target.statuses(head) == [200, 200]


@pytest.mark.parametrize("method", ["OPTIONS", "TRACE", "PUT", "DELETE", "PATCH"])
def test_other_methods_and_other_origins_get_no_leave(target: Any, method: str) -> None:
    origin = b"Origin: https://evil.example\r\nAccess-Control-Request-Method: POST\r\n"
    for path in ("/v1/chat/completions", "/v1/models", "/healthz", "/ledger/checkpoint", "/console"):
        head = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\n".encode()
        got = target.send(head + origin + b"\r\n")
        assert got.startswith(b"HTTP/1.1 405 "), path
        assert b"access-control-" not in got.lower()


@pytest.mark.parametrize(
    "path", ["/healthz", "/v1/models", "/ledger/checkpoint", "/console", "/transparency"]
)
@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost@evil.example", "evil:80"]
)
def test_a_name_that_somebody_else_pointed_here_is_not_answered(target: Any, path: str, host: str) -> None:
    first, *_ = target.statuses(f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
    assert first in (400, 421)
