"""What holds for every test: the network is closed but for loopback, and a skip cannot hide."""

import os
import shutil
import signal
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from samples import World
    from samples.postgres import SampleDatabase
    from samples.postgres import Server as PostgresServer
    from samples.server import Server

ROOT = Path(__file__).parent.parent
_NOBODY = 65534
_LOOPBACK = ("127.", "::1", "localhost")


@pytest.fixture(autouse=True, scope="session")
def ctrl_c_reaches_children() -> None:
    """A shell's background job ignores SIGINT, and so would every process that a test starts."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True, scope="session")
def closed_network() -> Iterator[None]:
    """Any connection that leaves this machine is a failure of the test that makes it."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not str(address[0]).startswith(_LOOPBACK):
            raise AssertionError(f"a test tried to reach {address[0]}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture
def unprivileged() -> Iterator[Path]:
    """A folder of a user whom file modes bind, as they do not bind root; the test runs as that user."""
    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    is_root = os.geteuid() == 0
    if is_root:
        os.chown(folder, _NOBODY, _NOBODY)
        os.seteuid(_NOBODY)
    try:
        yield folder
    finally:
        if is_root:
            os.seteuid(0)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def public_data() -> Path:
    """The folder of public benchmark files, see docs/guides/public-data.md."""
    folder = os.environ.get("ABOVEBOARD_DATA", "")
    if not folder or not Path(folder).is_dir():
        pytest.skip("set ABOVEBOARD_DATA to a folder with the public benchmark files")
    return Path(folder)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator["PostgresServer"]:
    """A PostgreSQL server for the whole run, of the version in ABOVEBOARD_TEST_POSTGRES (16 or 18)."""
    from samples.postgres import running_server

    with running_server(os.environ.get("ABOVEBOARD_TEST_POSTGRES", "18")) as server:
        yield server


@pytest.fixture
def database(postgres_server: "PostgresServer") -> Iterator["SampleDatabase"]:
    """A fresh database of that server: `.address`, `.dump()`, `.tables()`, `.log()`."""
    from samples.postgres import fresh_database

    with fresh_database(postgres_server) as fresh:
        yield fresh


@pytest.fixture(params=["sqlite", "postgresql"])
def dsn(request: pytest.FixtureRequest) -> str | None:
    """Both engines: None for the files of the state directory, and the address of a fresh database."""
    if request.param == "sqlite":
        return None
    found: SampleDatabase = request.getfixturevalue("database")
    return found.address


_skipped: list[str] = []


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Notes a skip, but for tests of public data where there is none."""
    data_absent = "public_data" in report.keywords and not os.environ.get("ABOVEBOARD_DATA")
    if report.skipped and not hasattr(report, "wasxfail") and not data_absent:
        _skipped.append(report.nodeid)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    """Notes a file that was skipped as a whole."""
    if report.skipped:
        _skipped.append(report.nodeid)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """With ABOVEBOARD_NO_SKIPS set, a skipped test fails the run: nothing is green that did not run."""
    is_worker = hasattr(session.config, "workerinput")  # the process that started it counts for all
    if os.environ.get("ABOVEBOARD_NO_SKIPS") and _skipped and not is_worker:
        print("\nskipped, but should have run:", *_skipped, sep="\n  ")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture
def world(tmp_path: Path) -> Iterator["World"]:
    """Evidence with one promise of each verdict, one gap, and one answer."""
    from samples import open_world

    with open_world(tmp_path / "state") as found:
        yield found


@pytest.fixture
def scripted(tmp_path: Path) -> Path:
    """A folder with a charter whose model is scripted."""
    from samples.server import SCRIPTED

    (tmp_path / "charter.yaml").write_text(SCRIPTED, encoding="utf-8")
    return tmp_path


@pytest.fixture
def server(scripted: Path) -> Iterator["Server"]:
    """The gateway, console and ledger over a scripted model, in a process of their own."""
    from samples.server import running

    with running(scripted) as found:
        yield found
