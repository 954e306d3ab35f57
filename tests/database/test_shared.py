"""What every store relies on: one connection for all threads, all or nothing, and its own words."""

import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from aboveboard.database import Location, SharedDatabase, Tables, locate
from aboveboard.errors import AboveboardError

TABLES = Tables("sample", ("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT NOT NULL);",))


class SampleError(AboveboardError):
    """What the store of these tests complains with."""


@pytest.fixture
def where(tmp_path: Path, dsn: str | None) -> Location:
    return locate(tmp_path, "sample", dsn)


@pytest.fixture
def shared(where: Location) -> Iterator[SharedDatabase]:
    opened = SharedDatabase(where, TABLES, SampleError, "move it away")
    yield opened
    opened.close()


def put(shared: SharedDatabase, number: int) -> int:
    return shared.execute("INSERT INTO t VALUES (?, ?)", (number, "anna"))


def count(shared: SharedDatabase) -> int:
    ((found,),) = shared.fetch("SELECT count(*) FROM t")
    return int(found)


def test_a_statement_says_how_many_rows_it_changed(shared: SharedDatabase) -> None:
    assert put(shared, 1) + put(shared, 2) == 2
    assert shared.execute("UPDATE t SET name = ? WHERE id = ?", ("ben", 3)) == 0
    assert shared.fetch("SELECT id FROM t ORDER BY id") == [(1,), (2,)]


def test_a_transaction_is_kept_whole(shared: SharedDatabase) -> None:
    with shared.transaction(is_durable=False) as tables:
        tables.execute("INSERT INTO t VALUES (1, 'anna')")
        tables.execute("INSERT INTO t VALUES (2, 'ben')")
    assert count(shared) == 2


def test_a_transaction_that_fails_leaves_nothing_and_the_next_one_works(shared: SharedDatabase) -> None:
    with pytest.raises(ZeroDivisionError), shared.transaction() as tables:
        tables.execute("INSERT INTO t VALUES (1, 'anna')")
        1 / 0  # noqa: B018  # anything may fail within
    assert count(shared) == 0
    with shared.transaction() as tables:
        tables.execute("INSERT INTO t VALUES (1, 'anna')")
    assert count(shared) == 1


def test_threads_take_turns(shared: SharedDatabase) -> None:
    put(shared, 0)

    def grow(_: int) -> None:
        with shared.transaction() as tables:
            ((last,),) = tables.execute("SELECT max(id) FROM t").fetchall()
            tables.execute("INSERT INTO t VALUES (?, 'anna')", (last + 1,))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(grow, range(40)))
    assert count(shared) == 41


@pytest.mark.parametrize("query", ["SELECT * FROM absent", "no statement at all"])
def test_the_engine_s_complaints_are_the_store_s_own_error(shared: SharedDatabase, query: str) -> None:
    with pytest.raises(SampleError):
        shared.fetch(query)
    with pytest.raises(SampleError):
        shared.execute(query)
    with pytest.raises(SampleError), shared.transaction() as tables:
        tables.execute(query)
    assert count(shared) == 0


@pytest.mark.parametrize("dsn", [None], ids=["sqlite"])
def test_damage_is_told_with_what_to_do_about_it(tmp_path: Path, where: Location) -> None:
    (tmp_path / "sample.db").write_bytes(b"no database" * 100)
    with pytest.raises(SampleError, match="move it away"):
        SharedDatabase(where, TABLES, SampleError, "move it away")


@pytest.mark.parametrize("dsn", [None], ids=["sqlite"])
def test_the_file_is_for_its_owner_alone(shared: SharedDatabase, tmp_path: Path) -> None:
    assert stat.S_IMODE((tmp_path / "sample.db").stat().st_mode) == 0o600


@pytest.mark.parametrize("dsn", [None], ids=["sqlite"])
def test_what_was_deleted_is_out_of_the_files(shared: SharedDatabase, tmp_path: Path) -> None:
    shared.execute("INSERT INTO t VALUES (1, 'Oleander4711')")
    shared.execute("DELETE FROM t")
    shared.scrub("t")
    assert not any(b"Oleander4711" in each.read_bytes() for each in tmp_path.iterdir())
