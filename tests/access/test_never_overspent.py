"""Whatever processes, crashes and clocks do: never more is admitted in a window than its limit."""

import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from aboveboard.access import Access, Caller, KeyOrder, Limit, Reservation, parse_limit
from aboveboard.access._metering import Metering
from aboveboard.database import locate
from aboveboard.values import FixedClock
from samples.postgres import SampleDatabase

LIMITS = ("requests/minute=7", "tokens/minute=90", "tokens/hour=250", "tokens/total=900")
START = datetime(2026, 11, 22, 8, 30, 15, tzinfo=UTC)
WHO = st.integers(0, 2)


class Gateways(RuleBasedStateMachine):
    """Three processes over one database, each with a clock of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.clocks = [FixedClock(START) for _ in range(3)]
        self.access = Access.open(Path(self.folder.name) / "access.db", FixedClock(START))
        tenant, act = self.access.register.draft_tenant("t", "role:admin")
        self.access.keep(act)
        self.access.keep(
            self.access.register.draft_limits(tenant, [parse_limit("tokens/day=400")], "role:admin")
        )
        order = KeyOrder("k", limits=[parse_limit(each) for each in LIMITS])
        issued = self.access.register.draft_key(tenant, order, "role:admin")
        self.access.keep(issued.act)
        self.access.keyring.refresh()
        caller = self.access.keyring.verify(issued.text)
        assert caller is not None
        self.caller: Caller = caller
        self.meterings = [self.process(number) for number in range(3)]
        self.running: list[tuple[int, Reservation]] = []
        self.admitted: dict[tuple[str, Limit, int], int] = defaultdict(int)

    def process(self, number: int) -> Metering:
        self.ticks = 0.0
        return Metering(self.access._store, self.clocks[number], lambda: self.ticks)

    @rule(who=WHO, tokens=st.integers(0, 60), slowly=st.booleans())
    def ask(self, who: int, tokens: int, slowly: bool) -> None:
        self.ticks += 1.0
        metering, needs = self.meterings[who], (1, tokens, 0, 0)
        found = (
            metering.reserve_slowly(self.caller, needs) if slowly else metering.reserve(self.caller, needs)
        )
        if isinstance(found, Reservation):
            self.running.append((who, found))
            self.count(found, found.held, +1)

    @rule(which=st.integers(0, 30), share=st.floats(0, 1))
    def answer(self, which: int, share: float) -> None:
        if self.running:
            who, found = self.running.pop(which % len(self.running))
            spent = (1, int(found.held[1] * share), 0, 0)
            self.meterings[who].settle(found, spent)
            self.count(found, found.held, -1)
            self.count(found, spent, +1)

    @rule(who=WHO)
    def balance(self, who: int) -> None:
        self.meterings[who].balance()

    @rule(who=WHO)
    def kill(self, who: int) -> None:
        self.meterings[who] = self.process(who)
        self.running = [each for each in self.running if each[0] != who]

    @rule(who=WHO)
    def end_and_begin_again(self, who: int) -> None:
        self.meterings[who].balance(is_last=True)
        self.kill(who)

    @rule(who=WHO, seconds=st.sampled_from([-7200, -61, -1, 1, 20, 59, 60, 3600, 86400]))
    def set_the_clock(self, who: int, seconds: int) -> None:
        self.clocks[who].advance(timedelta(seconds=seconds))

    @rule()
    def an_hour_passes(self) -> None:
        for clock in self.clocks:
            clock.advance(timedelta(hours=1))

    def count(self, found: Reservation, amounts: tuple[int, ...], sign: int) -> None:
        for lane, start in found.lanes:
            self.admitted[lane.holder, lane.limit, start] += sign * amounts[lane.meter]

    @invariant()
    def no_limit_is_passed(self) -> None:
        for (_, limit, _), amount in self.admitted.items():
            assert amount <= limit.amount, limit

    def teardown(self) -> None:
        self.access.close()
        self.folder.cleanup()


Gateways.TestCase.settings = settings(
    max_examples=25, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
TestGateways = Gateways.TestCase

LIMIT = 4000
WORKER = """
import sys
from pathlib import Path
from aboveboard.access import Access, Refusal, Reservation
from aboveboard.database import locate
NEEDS = (1, 3, 0, 0)
with Access.open(locate(Path(sys.argv[1]), "access", sys.argv[2] or None)).start() as access:
    caller = access.keyring.verify(sys.argv[3])
    while True:
        found = access.metering.reserve(caller, NEEDS) or access.metering.reserve_slowly(caller, NEEDS)
        if isinstance(found, Refusal):
            break
        sys.stdout.write("x")
        sys.stdout.flush()
        access.metering.settle(found, (1, 2, 0, 0))
"""


def admitted_by_two(folder: Path, address: str | None, kill: bool) -> tuple[int, int]:
    """How many requests two processes admit, of which one may be killed on the way; what was taken."""
    with Access.open(locate(folder, "access", address)) as access:
        tenant, act = access.register.draft_tenant("t", "role:admin")
        access.keep(act)
        order = KeyOrder("k", limits=[parse_limit(f"requests/total={LIMIT}")])
        issued = access.register.draft_key(tenant, order, "role:admin")
        access.keep(issued.act)
        outputs = [(folder / f"{number}").open("wb") for number in range(2)]
        command = [sys.executable, "-c", WORKER, str(folder), address or "", issued.text]
        workers = [subprocess.Popen(command, stdout=output) for output in outputs]
        killed = first_past(folder, LIMIT // 10) if kill else None
        if killed is not None:
            workers[killed].kill()
        codes = [worker.wait(60) for worker in workers]
        for output in outputs:
            output.close()
        assert [code for number, code in enumerate(codes) if number != killed] == [0] * (2 - kill)
        ((taken,),) = access._store.fetch("SELECT taken FROM windows WHERE meter = 'requests'")
        return sum((folder / f"{number}").stat().st_size for number in range(2)), int(taken)


def first_past(folder: Path, amount: int) -> int:
    """Which of the two processes was the first to be seen with so many; one of them always is."""
    while True:
        for number in range(2):
            if (folder / f"{number}").stat().st_size >= amount:
                return number
        time.sleep(0.002)


@pytest.mark.slow
@pytest.mark.parametrize("kill", [False, True])
def test_two_processes_on_one_sqlite_file(tmp_path: Path, kill: bool) -> None:
    count, taken = admitted_by_two(tmp_path, None, kill)
    assert count <= taken <= LIMIT
    assert count >= LIMIT - 2 * (LIMIT // 64 + 1)


@pytest.mark.slow
@pytest.mark.parametrize("kill", [False, True])
def test_two_processes_on_one_postgresql(tmp_path: Path, database: SampleDatabase, kill: bool) -> None:
    count, taken = admitted_by_two(tmp_path, database.address, kill)
    assert count <= taken <= LIMIT
    assert count >= LIMIT - 2 * (LIMIT // 64 + 1)
