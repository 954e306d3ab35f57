"""No text from outside starts a line of HTTP, names a file, or leads anywhere.

Server-side request forgery by a model's address and by a webhook's: `tests/models/test_addresses.py`,
`tests/webhooks/`. What a page does with such texts: `tests/console/`, `tests/e2e/`.
"""

import json
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aboveboard.gateway.guarding._headers import header
from aboveboard.ledger import LedgerError
from aboveboard.ledger.tree import parse_tile
from samples.server import SCRIPTED, running

LINES = "x\r\nSet-Cookie: evil=1\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"
PATHS = [
    *(
        "../charter.yaml",
        "../../etc/passwd",
        "tile/0/../../ledger.db",
        "tile/0/x/../../../keys",
        "/etc/passwd",
    ),
    *("%2e%2e/charter.yaml", "%2e%2e%2f%2e%2e%2fetc/passwd", "..%2f..%2fkeys", "%252e%252e%252fkeys"),
    *(
        "..\\..\\keys",
        "..%5c..%5ckeys",
        "tile\\0\\000",
        "%c0%ae%c0%ae/keys",
        "%uff0e%uff0e/keys",
        "....//keys",
    ),
    *("tile/0/000%00.png", "checkpoint%00", "checkpoint%0a", "checkpoint/", "checkpoint.", "checkpoint%20"),
    *(
        "tile/00/000",
        "tile/0/0000",
        "tile/-1/000",
        "tile/64/000",
        "tile/0/x999/x999/x999/x999/x999/x999/x999/999",
    ),
    *(
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/%D9%A0%D9%A0%D9%A0",
        "proof/-1",
        "proof/1e3",
        "proof/" + "9" * 19,
    ),
    *(
        "proof/" + "9" * 19,
        "consistency/5/1",
        "consistency/0/" + "9" * 18,
        "CHECKPOINT",
        "tile",
        "tile/",
        "",
        "/",
    ),
]


@pytest.mark.parametrize("path", PATHS)
def test_no_path_below_the_ledger_leads_out_of_it(target: Any, path: str) -> None:
    line = f"GET /ledger/{path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    got = target.send(line.encode(), then_end=False)
    assert got.startswith((b"HTTP/1.1 404 ", b"HTTP/1.1 400 ")), got[:80]
    assert b"root:" not in got
    assert b"PRIVATE" not in got


@pytest.mark.parametrize("path", PATHS[:20])
@pytest.mark.parametrize("above", ["v1/models", "v1/receipts", "v1/holds", "console/static", "console/runs"])
def test_nor_does_any_other_name_in_a_path(target: Any, above: str, path: str) -> None:
    line = f"GET /{above}/{path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    got = target.send(line.encode(), then_end=False)
    assert got.startswith((b"HTTP/1.1 404 ", b"HTTP/1.1 400 ", b"HTTP/1.1 405 ", b"HTTP/1.1 307 ")), got[:80]
    assert b"root:" not in got
    assert b"accountable@example.org" not in got


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.sampled_from("./\\%0123456789pxtile\0\n\u0660\uff0e"), max_size=40))
def test_a_tile_that_is_read_is_one_that_is_written_so(path: str) -> None:
    try:
        tile = parse_tile(path)
    except LedgerError:
        return
    assert tile.path == path


def test_texts_of_a_request_start_no_line_of_the_answer(target: Any) -> None:
    marked = json.dumps(LINES)[1:-1]
    bodies = [
        f'{{"model":"{marked}","messages":[{{"role":"user","content":"hi"}}]}}',
        f'{{"model":"smollm2-135m","user":"{marked}","messages":[{{"role":"user","content":"{marked}"}}]}}',
        f'{{"model":"smollm2-135m","{marked}":1,"messages":[{{"role":"user","content":"hi"}}]}}',
        f'{{"model":"smollm2-135m","metadata":{{"{marked}":"{marked}"}},"messages":[]}}',
    ]
    for body, streamed in product(bodies, (False, True)):
        data = (body[:-1] + ',"stream":true}' if streamed else body).encode()
        head = "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        got = target.send(
            f"{head}Connection: close\r\nContent-Length: {len(data)}\r\n\r\n".encode() + data, then_end=False
        )
        assert got.startswith(b"HTTP/1.1 ")
        assert b"\nHTTP/1.1 " not in got  # what is said again, is within JSON
        assert b"\nset-cookie" not in got.lower()


@pytest.mark.parametrize("path", ["/v1/models/{}", "/v1/receipts/{}", "/v1/holds/{}", "/v1/{}", "/{}"])
def test_names_in_a_path_start_no_line_of_the_answer(target: Any, path: str) -> None:
    named = path.format("x%0d%0aSet-Cookie:%20evil=1%0d%0a%0d%0a")
    got = target.send(f"GET {named} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
    assert b"\r\nset-cookie" not in got.lower()


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=30), st.text(max_size=60))
def test_a_header_of_ours_is_one_line_whatever_it_is_to_hold(name: str, text: str) -> None:
    full, value = header(name, text)
    assert full.startswith(b"x-aboveboard-")
    assert all(0x20 <= byte <= 0x7E for byte in full + value)
    assert b":" not in full


class Hostile(BaseHTTPRequestHandler):
    """A model's endpoint that says hostile things in every place it has."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        choice = {"index": 0, "message": {"role": "assistant", "content": "hi"}, "finish_reason": LINES}
        marks = dict.fromkeys(("id", "system_fingerprint", "service_tier", "model", "object"), LINES)
        body = json.dumps({"choices": [choice], **marks}).encode()
        self.send_response(200)
        for name, value in {"Set-Cookie": "evil=1", "X-Aboveboard-Receipt": "evil"}.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Nothing."""


def test_nothing_an_endpoint_says_in_headers_or_marks_goes_further(tmp_path: Path, target: Any) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hostile)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    model = (
        f"{{id: m, provider: openai, base_url: 'http://127.0.0.1:{server.server_port}/v1', role: primary}}"
    )
    charter = SCRIPTED.replace("{id: smollm2-135m, provider: fake, role: primary}", model)
    (tmp_path / "charter.yaml").write_text(charter, encoding="utf-8")
    body = b'{"model":"m","messages":[{"role":"user","content":"hi"}]}'
    head = b"POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    try:
        with running(tmp_path) as gateway:
            there = replace(target, port=int(gateway.address.rpartition(":")[2]))
            got = there.send(head + b"Content-Length: %d\r\n\r\n" % len(body) + body)
    finally:
        server.shutdown()
        server.server_close()
    assert got.startswith(b"HTTP/1.1 200 ")
    assert b"evil" not in got
