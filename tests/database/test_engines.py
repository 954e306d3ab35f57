"""What holds on both engines, and is all that the stores rely on."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from aboveboard.database import (
    DUPLICATES,
    ENGINE_ERRORS,
    Database,
    FormatError,
    Location,
    MissingError,
    Tables,
    Trouble,
    is_there,
    locate,
    open_for_reading,
    open_for_writing,
    trouble_of,
)

FIRST = "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT NOT NULL, content BLOB); -- the first; and only"
TABLES = Tables("sample", (FIRST,), pragmas=("PRAGMA synchronous = FULL",), patience=0.2)


@pytest.fixture
def where(tmp_path: Path, dsn: str | None) -> Location:
    return locate(tmp_path, "sample", dsn)


@pytest.fixture
def one(where: Location) -> Iterator[Database]:
    opened = open_for_writing(where, TABLES)
    yield opened
    opened.close()


@pytest.fixture
def other(one: Database, where: Location) -> Iterator[Database]:
    opened = open_for_writing(where, TABLES)
    yield opened
    opened.close()


@pytest.fixture
def reader(one: Database, where: Location) -> Iterator[Database]:
    opened = open_for_reading(where, TABLES)
    yield opened
    opened.close()


def put(database: Database, *numbers: int) -> None:
    database.executemany(
        "INSERT INTO t VALUES (?, ?, ?)", [(each, f"n{each}", bytes([each])) for each in numbers]
    )


def count(database: Database) -> int:
    return int(database.execute("SELECT count(*) FROM t").fetchone()[0])


def test_values_come_back_as_they_went_in(one: Database) -> None:
    values = (2**62, "Žofie ✓ 'x' ? %s $1", bytes(range(256)))
    one.execute("INSERT INTO t VALUES (?, ?, ?)", values)
    assert one.execute("SELECT id, name, content FROM t WHERE id = ?", (2**62,)).fetchall() == [values]


def test_many_rows_at_once_and_none_at_all(one: Database) -> None:
    put(one)
    put(one, *range(200))
    one.executemany("UPDATE t SET name = ? WHERE id = ?", [("x", 1), ("y", 2)])
    one.executemany("DELETE FROM t WHERE id = ?", [])
    assert count(one) == 200
    assert [name for (name,) in one.execute("SELECT name FROM t WHERE id IN (?, ?) ORDER BY id", (1, 2))] == [
        "x",
        "y",
    ]


def test_a_statement_says_how_many_rows_it_changed(one: Database) -> None:
    put(one, 1, 2, 3)
    assert one.execute("UPDATE t SET name = ? WHERE id > ?", ("z", 1)).rowcount == 2
    insert = "INSERT INTO t VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING"
    assert one.execute(insert, (1, "again", b"")).rowcount == 0


def test_text_is_ordered_by_its_bytes(one: Database) -> None:
    for number, name in enumerate(["b", "B", "a", "ä", "_", "Z"]):
        one.execute("INSERT INTO t VALUES (?, ?, ?)", (number, name, b""))
    names = [name for (name,) in one.execute("SELECT name FROM t ORDER BY name")]
    assert names == sorted(names, key=str.encode)


def test_a_key_that_is_there_already_is_told_from_other_failures(one: Database) -> None:
    put(one, 1)
    with pytest.raises(DUPLICATES):
        put(one, 2, 1)
    with pytest.raises(ENGINE_ERRORS) as caught:
        one.execute("SELECT nothing FROM nowhere")
    assert not isinstance(caught.value, DUPLICATES)


def test_a_transaction_is_kept_whole_or_not_at_all(one: Database, other: Database) -> None:
    one.begin()
    put(one, 1)
    assert one.in_transaction
    assert count(other) == 0
    one.rollback()
    one.rollback()
    assert not one.in_transaction
    one.begin(is_durable=False)
    put(one, 2)
    one.commit()
    assert count(other) == 1


def test_after_an_error_inside_it_can_be_undone_and_work_goes_on(one: Database) -> None:
    put(one, 1)
    one.begin()
    with pytest.raises(DUPLICATES):
        put(one, 1)
    one.rollback()
    one.begin()
    put(one, 2)
    one.commit()
    assert count(one) == 2


def test_one_writes_at_a_time_and_who_waits_too_long_is_told(one: Database, other: Database) -> None:
    one.begin()
    with pytest.raises(ENGINE_ERRORS) as caught:
        other.begin()
    assert trouble_of(caught.value) is Trouble.LOCKED
    assert not other.in_transaction
    one.commit()
    other.begin()
    other.rollback()


def test_who_waited_sees_what_the_other_wrote(one: Database, other: Database) -> None:
    one.begin()
    put(one, 1)
    one.commit()
    other.begin()
    assert count(other) == 1
    other.commit()


def test_another_writer_is_noticed_and_oneself_is_not(one: Database, other: Database) -> None:
    def change(database: Database, *, writes: bool = True) -> int:
        database.begin()
        seen = database.change()
        if writes:
            database.execute("DELETE FROM t")
            put(database, 1)
        database.commit()
        return seen

    first = change(one)
    assert change(one) == change(one) == first
    change(other)
    second = change(one)
    assert second != first
    assert change(one) == second


def test_a_reader_sees_one_state_until_it_lets_go(one: Database, reader: Database) -> None:
    put(one, 1)
    reader.begin_reading()
    assert count(reader) == 1
    put(one, 2)
    assert count(reader) == 1
    reader.rollback()
    assert count(reader) == 2


def test_a_reader_cannot_write(reader: Database) -> None:
    with pytest.raises(ENGINE_ERRORS):
        put(reader, 1)


def test_where_nothing_is_a_reader_says_so_and_makes_nothing(where: Location) -> None:
    for _ in range(2):
        assert not is_there(where, TABLES)
        with pytest.raises(MissingError, match="no sample here yet"):
            open_for_reading(where, TABLES)


def test_older_tables_become_current_when_they_are_opened_for_writing(one: Database, where: Location) -> None:
    put(one, 1)
    newer = replace(TABLES, migrations=(FIRST, "ALTER TABLE t ADD COLUMN note TEXT"))
    with pytest.raises(FormatError, match="open it once for writing"):
        open_for_reading(where, newer)
    for _ in range(2):
        opened = open_for_writing(where, newer)
        assert opened.execute("SELECT id, note FROM t").fetchall() == [(1, None)]
        opened.close()
    assert is_there(where, newer)


def test_newer_tables_are_left_as_they_are(where: Location) -> None:
    newer = replace(TABLES, migrations=(FIRST, "ALTER TABLE t ADD COLUMN note TEXT"))
    open_for_writing(where, newer).close()
    for opening in (open_for_writing, open_for_reading):
        with pytest.raises(FormatError, match=r"format 2.*reads 1"):
            opening(where, TABLES)


def test_it_is_found_to_be_sound(one: Database) -> None:
    put(one, 1)
    assert one.is_sound()
