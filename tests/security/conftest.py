"""A whole `aboveboard serve` to be hostile to, byte by byte."""

import re
import socket
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from samples.server import SCRIPTED, Server, running

STATUS = re.compile(rb"HTTP/1\.1 (\d{3}) ")
BODY = b'{"model":"smollm2-135m","messages":[{"role":"user","content":"hi"}]}'


@dataclass(frozen=True)
class Target:
    """Where the bytes go. `get` is a request that is answered with 200."""

    port: int
    get: bytes = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"

    def connect(self, seconds: float = 5.0) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), seconds)

    def send(self, *pieces: bytes, then_end: bool = True) -> bytes:
        """All that comes back for some bytes; with `then_end`, after a good request that ends it."""
        with closing(self.connect()) as connection:
            try:
                for piece in pieces:
                    connection.sendall(piece)
                if then_end:
                    connection.sendall(self.get.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
            except OSError:
                pass  # it was hung up on before all was said
            return _rest(connection)

    def statuses(self, *pieces: bytes) -> list[int]:
        """The status of each answer to some bytes; the last is a good request's, if that was still heard."""
        return [int(found) for found in STATUS.findall(self.send(*pieces))]


def _rest(connection: socket.socket) -> bytes:
    got = bytearray()
    try:
        while piece := connection.recv(1 << 16):
            got += piece
    except ConnectionError:
        pass
    return bytes(got)


@pytest.fixture(scope="session")
def hostile_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder: Path = tmp_path_factory.mktemp("hostile")
    (folder / "charter.yaml").write_text(SCRIPTED, encoding="utf-8")
    with running(folder) as server:
        yield server


@pytest.fixture
def target(hostile_server: Server) -> Target:
    return Target(int(hostile_server.address.rpartition(":")[2]))


@pytest.fixture
def chat() -> bytes:
    return BODY
