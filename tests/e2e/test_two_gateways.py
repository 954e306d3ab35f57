"""Two gateways on one PostgreSQL act as one, and go on as one when the other is killed."""

import shutil
import signal
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from aboveboard.evidence import Evidence, every
from aboveboard.evidence.records import Decision
from samples.asking import Heard, chat, request, wait_until
from samples.commands import run_program
from samples.postgres import SampleDatabase
from samples.server import SCRIPTED, Server, running

pytestmark = pytest.mark.slow

CLIENTS, AT_LEAST = 8, 150
MASKED = SCRIPTED.replace("role: primary}", "role: primary, options: {delay: 0.01}}")


@pytest.fixture
def pair(
    tmp_path: Path, database: SampleDatabase, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Server, Server]]:
    """Two servers with state directories of their own, the same keys, one database."""
    monkeypatch.setenv("ABOVEBOARD_DATABASE", database.address)
    folders = [tmp_path / "first", tmp_path / "second"]
    for folder in folders:
        folder.mkdir()
        (folder / "charter.yaml").write_text(MASKED, encoding="utf-8")
    with ExitStack() as stack:
        first = stack.enter_context(running(folders[0]))
        (folders[1] / ".aboveboard").mkdir(mode=0o700)
        shutil.copytree(folders[0] / ".aboveboard/keys", folders[1] / ".aboveboard/keys")
        yield first, stack.enter_context(running(folders[1]))


class Load:
    """Clients that ask both gateways in turn, each request in the name of another person."""

    def __init__(self, servers: tuple[Server, Server]) -> None:
        self.addresses = [server.address for server in servers]
        self.answers: list[Heard] = []
        self.asked = 0
        self._is_over = threading.Event()
        self._lock = threading.Lock()
        self._threads = [threading.Thread(target=self._ask, args=(each,)) for each in range(CLIENTS)]

    def __enter__(self) -> "Load":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        for thread in self._threads:
            thread.join()

    def acknowledged(self) -> list[str]:
        return [each.receipt for each in self.answers if each.status == 200]

    def _ask(self, client: int) -> None:
        turn = 0
        while not self._is_over.is_set():
            turn += 1
            with self._lock:
                self.asked += 1
            address = self.addresses[(client + turn) % 2]
            self.answers.append(chat(address, "Hello", user=f"person {client}-{turn}"))


def test_what_was_acknowledged_survives_kill_9_of_one_and_nothing_is_there_twice(
    pair: tuple[Server, Server], tmp_path: Path, database: SampleDatabase
) -> None:
    first, second = pair
    with Load(pair) as load:
        wait_until(lambda: len(load.acknowledged()) > AT_LEAST, 120)
        second.process.send_signal(signal.SIGKILL)
        before = len(load.acknowledged())
        wait_until(lambda: len(load.acknowledged()) > before + AT_LEAST, 120)
    receipts = load.acknowledged()
    assert len(set(receipts)) == len(receipts)
    for receipt in receipts[:: max(1, len(receipts) // 40)]:
        assert request(first.address, f"/v1/receipts/{receipt}").status == 200, "the other proves it"
    with Evidence.read(first.state, database=database.address) as reader:
        decisions = [each for each in every(reader, "decision") if isinstance(each, Decision)]
    recorded = Counter(each.id for each in decisions)
    assert set(receipts) <= set(recorded), "nothing acknowledged is lost"
    assert max(recorded.values()) == 1
    people = Counter(each.data_subject for each in decisions)
    assert max(people.values()) == 1, "no request is there twice, under whatever id"
    assert len(recorded) <= load.asked
    assert run_program(first.folder, "ledger", "export", "exported").code == 0
    checked = run_program(first.folder, "ledger", "check", "exported", "--json")
    assert (checked.code, checked.json["problems"]) == (0, [])


def test_what_one_records_the_other_shows(pair: tuple[Server, Server]) -> None:
    first, second = pair
    receipt = chat(first.address).receipt
    assert request(second.address, f"/v1/receipts/{receipt}").status == 200
    assert request(second.address, f"/answers/{receipt}").status == 200
    heads = [request(each.address, "/ledger/checkpoint").body for each in pair]
    assert heads[0].splitlines()[0] == heads[1].splitlines()[0], "one log"
