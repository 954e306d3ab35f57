"""The gateway serves while an assessment records and a person is erased, each a process of its own."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from aboveboard.evidence import ErasedRecordError, Evidence, every, verify_receipt
from aboveboard.evidence.records import Decision, Erasure

Make = Callable[..., Decision]

RECORD = """
import sys
from dataclasses import replace
from pathlib import Path
from aboveboard.evidence import Evidence
from aboveboard.evidence.records import FootprintEntry, Footprint
from aboveboard.values import Basis
footprint = Footprint(
    energy_wh=1, basis=Basis.ESTIMATED, carbon_g=1, grid="world", grid_g_per_kwh=1, method="test")
with Evidence.open(Path(sys.argv[1]), database=sys.argv[4] or None) as evidence:
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(int(sys.argv[2])):
        record = FootprintEntry(
            subject="run", actor=sys.argv[3], data_subject=f"person-{number % 3}", activity="a", seconds=1,
            tokens=number, footprint=footprint)
        print(evidence.recorder.record(record).id, flush=True)
"""


def test_processes_record_at_once_and_every_record_can_be_proved(state: Path, dsn: str | None) -> None:
    Evidence.open(state, database=dsn).close()
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", RECORD, str(state), "60", name, dsn or ""],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in ("a", "b")
    ]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdin is not None
        assert writer.stdout.readline() == "ready\n"
        writer.stdin.write("go\n")
        writer.stdin.flush()
    ids = [line for writer in writers for line in writer.communicate(timeout=60)[0].split()]
    with Evidence.read(state, database=dsn) as reader:
        assert len(ids) == len(set(ids)) == reader.count("footprint-entry") == reader.ledger.size() == 120
        assert all(verify_receipt(reader.receipt(each)).index == reader.index(each) for each in ids)
        assert {record.id for record in reader.find("footprint-entry")} == set(ids)


@pytest.fixture
def two(state: Path, dsn: str | None) -> Iterator[tuple[Evidence, Evidence]]:
    with Evidence.open(state, database=dsn) as first, Evidence.open(state, database=dsn) as second:
        yield first, second


def test_what_one_erases_the_other_does_not_seal_with_the_destroyed_key(
    two: tuple[Evidence, Evidence], decision: Make
) -> None:
    gateway, console = two
    before, after = decision(data_subject="ann"), decision(data_subject="ann")
    gateway.recorder.record(before)
    console.erase("ann", "asked for it", "role:privacy-officer")
    gateway.recorder.record(after)
    assert gateway.reader.get(after.id) == after
    with pytest.raises(ErasedRecordError):
        gateway.reader.get(before.id)


def test_one_takes_over_what_the_other_left_without_a_place(
    two: tuple[Evidence, Evidence], decision: Make
) -> None:
    first, second = two
    made = [decision() for _ in range(40)]
    futures = [writer.recorder.submit(each) for each, writer in zip(made, [first, second] * 20, strict=True)]
    places = [future.result().index for future in futures]
    assert sorted(places) == list(range(40))


def test_two_who_erase_a_person_at_once_come_to_an_outcome_each_and_purge_everything(
    two: tuple[Evidence, Evidence], decision: Make
) -> None:
    gone: list[str] = []

    def purge(artifact: str) -> str:
        gone.append(artifact)
        return ""

    made = [decision(data_subject="person:ann") for _ in range(20)]
    for record in made:
        two[0].recorder.record(record, {"prompt": b"the heron"})
    for writer in two:
        writer.lineage.register("data", purge)
    two[0].lineage.made_from("train-1", ["person:ann"], kind="shard", purger="data")
    others = [decision(data_subject="person:bob") for _ in range(20)]
    with ThreadPoolExecutor(3) as pool:
        writing = pool.submit(lambda: [two[0].recorder.record(each) for each in others])
        erasing = [pool.submit(each.erase, "person:ann", "asked", "role:dpo") for each in two]
        outcomes = [each.result() for each in erasing]
        writing.result()
    reader = two[0].reader
    assert all(map(reader.is_erased, (each.id for each in made)))
    assert not any(map(reader.is_erased, (each.id for each in others)))
    assert set(gone) == {"shard:train-1"}
    assert any("shard:train-1" in each.purged for each in outcomes)
    events = [each for each in every(reader, "erasure") if isinstance(each, Erasure)]
    assert {each.id for each in events if each.stage == "outcome"} == {each.id for each in outcomes}
    assert not two[0].lineage.derived_from("person:ann")
    assert not two[0].lineage.sources(b"erasure:")
