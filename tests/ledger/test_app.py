"""The log over HTTP: read only, strict paths, right headers."""

import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from aboveboard.ledger import Ledger, LedgerReader, ledger_app, verify_consistency, verify_tlog_proof
from aboveboard.ledger.notes import decode_base64
from aboveboard.ledger.store import open_for_writing
from aboveboard.ledger.tree import split_bundle, tiles_of

Serve = Callable[[object], str]


@dataclass
class Answer:
    status: int
    body: bytes
    headers: dict[str, str]


def ask(url: str, method: str = "GET") -> Answer:
    request = urllib.request.Request(url, method=method)
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            headers = {name.lower(): value for name, value in response.headers.items()}
            return Answer(response.status, response.read(), headers)
    except urllib.error.HTTPError as error:
        with error:
            headers = {name.lower(): value for name, value in error.headers.items()}
            return Answer(error.code, error.read(), headers)


@pytest.fixture
def address(ledger: Ledger, reader: LedgerReader, serve: Serve) -> str:
    ledger.append_many(b"entry %d" % number for number in range(600)).result()
    return serve(ledger_app(reader, reader.vkey))


def test_the_checkpoint_is_never_cached(address: str, reader: LedgerReader) -> None:
    answer = ask(f"{address}/checkpoint")
    assert answer.body == reader.checkpoint()
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"


def test_every_file_of_the_layout_is_served(address: str, reader: LedgerReader) -> None:
    for tile in tiles_of(600):
        answer = ask(f"{address}/{tile.path}")
        assert (answer.status, answer.body) == (200, reader.read(tile.path))
        assert answer.headers["content-type"] == "application/octet-stream"
        is_full = tile.width == 256
        assert ("immutable" in answer.headers["cache-control"]) == is_full
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_older_partial_tiles_stay_available(address: str) -> None:
    assert len(ask(f"{address}/tile/0/001.p/9").body) == 9 * 32
    assert len(split_bundle(ask(f"{address}/tile/entries/002.p/80").body)) == 80


def test_the_key_and_proofs_are_served(address: str, reader: LedgerReader) -> None:
    assert ask(f"{address}/vkey").body.decode() == reader.vkey + "\n"
    verified = verify_tlog_proof(ask(f"{address}/proof/77").body, b"entry 77", reader.vkey)
    assert (verified.index, verified.size) == (77, 600)
    lines = ask(f"{address}/consistency/300/600").body.decode().split()
    proof = [decode_base64(line) or b"" for line in lines]
    verify_consistency(300, reader.root(300), 600, reader.root(600), proof)


def test_head_answers_without_a_body(address: str) -> None:
    answer = ask(f"{address}/tile/0/000", "HEAD")
    assert (answer.status, answer.body) == (200, b"")
    assert answer.headers["content-length"] == "8192"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_written(address: str, method: str) -> None:
    answer = ask(f"{address}/checkpoint", method)
    assert answer.status == 405
    assert answer.headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize(
    "place",
    [
        "",
        "cosigned",
        "ledger.db",
        "../ledger.db",
        "tile/0/%2e%2e/%2e%2e/ledger.db",
        "tile/entries/../../checkpoint",
        "//checkpoint",
        "checkpoint/",
        "tile/0/002",
        "tile/0/002.p/89",
        "tile/0/000.p/256",
        "tile/0/0",
        "proof/600",
        "proof/-1",
        "proof/01",
        "proof/99999999999999999999999999",
        "consistency/600/300",
        "consistency/0/601",
    ],
)
def test_anything_else_is_not_found(address: str, place: str) -> None:
    assert ask(f"{address}/{place}").status == 404


def test_it_can_be_mounted_below_another_path(ledger: Ledger, reader: LedgerReader, serve: Serve) -> None:
    outer = Starlette(routes=[Mount("/ledger", app=ledger_app(reader, reader.vkey))])
    assert ask(f"{serve(outer)}/ledger/checkpoint").body == reader.checkpoint()


def test_a_broken_ledger_says_so_without_details(address: str, reader: LedgerReader) -> None:
    database = open_for_writing(reader.path)
    database.execute("DELETE FROM head")
    database.close()
    answer = ask(f"{address}/checkpoint")
    assert answer.status == 503
    assert str(reader.path).encode() not in answer.body
