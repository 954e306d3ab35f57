"""Ledgers to test with: small real ones, and a loopback web server for the applications."""

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import uvicorn

from aboveboard.database import Location, locate
from aboveboard.ledger import Ledger, LedgerReader, NoteSigner, export, generate_signer

Serve = Callable[[Any], str]

# What these tests show does not depend on the disk, but hundreds of `fsync`s on a busy one take minutes.
_MEMORY = Path("/dev/shm")


def _scratch() -> TemporaryDirectory[str]:
    is_there = _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK)
    return TemporaryDirectory(prefix="aboveboard-", dir=_MEMORY if is_there else None)


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    with _scratch() as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def signer() -> NoteSigner:
    return generate_signer("example.org/log")


@pytest.fixture
def path(tmp_path: Path, dsn: str | None) -> Location:
    """Where a ledger is, on each engine."""
    return locate(tmp_path, "ledger", dsn)


@pytest.fixture
def ledger(path: Location, signer: NoteSigner) -> Iterator[Ledger]:
    with Ledger.open(path, signer=signer) as opened:
        yield opened


@pytest.fixture
def reader(ledger: Ledger, path: Location) -> Iterator[LedgerReader]:
    with LedgerReader.open(path) as opened:
        yield opened


@pytest.fixture(scope="session")
def sound_log(signer: NoteSigner) -> Iterator[Path]:
    """An export of 66,000 entries, so that three levels of tiles exist. Never change it: copy it."""
    with _scratch() as scratch:
        folder = Path(scratch)
        with Ledger.open(folder / "ledger.db", signer=signer) as ledger:
            ledger.append_many(b"entry %d" % number for number in range(66_000)).result()
        with LedgerReader.open(folder / "ledger.db") as reader:
            export(reader, folder / "log")
        yield folder / "log"


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Serves ASGI applications on loopback; gives back their address."""
    servers: list[tuple[uvicorn.Server, threading.Thread]] = []

    def start(app: Any) -> str:
        listener = socket.create_server(("127.0.0.1", 0))
        config = uvicorn.Config(app, log_level="error", lifespan="on", ws="none")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        servers.append((server, thread))
        while not server.started:
            time.sleep(0.005)
        return f"http://127.0.0.1:{listener.getsockname()[1]}"

    yield start
    for server, thread in servers:
        server.should_exit = True
        thread.join(5)
