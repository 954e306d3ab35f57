"""PostgreSQL alone: losing the server, rights, versions, rows that must not outlive their deletion."""

import builtins
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from aboveboard.database import (
    ENGINE_ERRORS,
    Database,
    DatabaseError,
    DriverError,
    EngineError,
    Schema,
    Tables,
    Trouble,
    describe,
    explained,
    open_for_reading,
    open_for_writing,
)
from samples.postgres import SampleDatabase

TABLES = Tables("sample", ("CREATE TABLE t (id INTEGER PRIMARY KEY, content BLOB NOT NULL)",), patience=0.3)


@pytest.fixture
def schema(database: SampleDatabase) -> Schema:
    return Schema(database.address, "aboveboard_sample")


@pytest.fixture
def opened(schema: Schema) -> Iterator[Database]:
    found = open_for_writing(schema, TABLES)
    yield found
    found.close()


def cut_off(database: SampleDatabase) -> None:
    """Ends every session of ours, as a server does that is restarted."""
    database.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )


def test_a_connection_lost_between_transactions_is_made_again(
    opened: Database, database: SampleDatabase
) -> None:
    opened.execute("INSERT INTO t VALUES (?, ?)", (1, b"x"))
    cut_off(database)
    assert opened.execute("SELECT count(*) FROM t").fetchone()[0] == 1
    cut_off(database)
    opened.begin()
    opened.execute("INSERT INTO t VALUES (?, ?)", (2, b"y"))
    opened.commit()
    assert opened.execute("SELECT count(*) FROM t").fetchone()[0] == 2


def test_one_lost_within_a_transaction_fails_it_and_nothing_of_it_is_kept(
    opened: Database, database: SampleDatabase
) -> None:
    opened.begin()
    opened.execute("INSERT INTO t VALUES (?, ?)", (1, b"x"))
    cut_off(database)
    for _ in range(2):  # the second time on a connection known to be gone: it must not begin anew by itself
        with pytest.raises(EngineError) as caught:
            opened.execute("INSERT INTO t VALUES (?, ?)", (2, b"y"))
        assert caught.value.trouble is Trouble.UNREACHABLE
    opened.rollback()
    assert opened.execute("SELECT count(*) FROM t").fetchone()[0] == 0


def test_a_transaction_that_failed_cannot_be_committed(opened: Database) -> None:
    opened.begin()
    opened.execute("INSERT INTO t VALUES (?, ?)", (1, b"x"))
    with pytest.raises(EngineError):
        opened.execute("SELECT nothing FROM nowhere")
    with pytest.raises(EngineError, match="nothing of it was kept"):
        opened.commit()
    assert not opened.in_transaction
    assert opened.execute("SELECT count(*) FROM t").fetchone()[0] == 0


def test_a_server_that_acknowledges_before_it_syncs_is_told_not_to(
    database: SampleDatabase, schema: Schema
) -> None:
    database.execute(f"ALTER DATABASE {database.name} SET synchronous_commit = off")
    opened = open_for_writing(schema, TABLES)
    opened.begin()
    assert opened.execute("SHOW synchronous_commit").fetchone()[0] == "on"
    opened.rollback()
    opened.begin(is_durable=False)
    assert opened.execute("SHOW synchronous_commit").fetchone()[0] == "on"
    opened.commit()
    opened.close()


class TestRefusals:
    """Each says what is wrong and what to do, without the password."""

    def said(self, address: str) -> str:
        with pytest.raises(ENGINE_ERRORS) as caught:
            open_for_writing(Schema(address, "aboveboard_sample"), TABLES)
        what, cure = explained(caught.value)
        assert cure
        assert "geheim" not in f"{what} {cure} {caught.value!r} {caught.value.__cause__!r}"
        return what

    def test_a_server_that_cannot_be_reached(self) -> None:
        assert "cannot be reached" in self.said("postgresql://clerk:geheim@127.0.0.1:1/house")

    def test_a_user_or_a_database_that_is_not_there(self, database: SampleDatabase) -> None:
        folder = database.server.folder
        assert "does not let this user in" in self.said(f"postgresql://clerk:geheim@/postgres?host={folder}")
        assert "does not let this user in" in self.said(
            f"postgresql://postgres:geheim@/nowhere?host={folder}"
        )

    def test_a_user_without_rights(self, database: SampleDatabase) -> None:
        database.execute("DROP ROLE IF EXISTS guest")
        database.execute("CREATE ROLE guest LOGIN")
        address = database.address.replace("postgres@", "guest:geheim@")
        assert "lacks a right" in self.said(address)
        with pytest.raises(DatabaseError, match="may not make the tables"):
            describe(Schema(address, "aboveboard_sample"))

    def test_a_server_that_is_too_old(
        self, database: SampleDatabase, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("aboveboard.database._connecting.OLDEST", 99)
        assert "too old" in self.said(database.address)

    def test_psycopg_that_is_not_installed(self, schema: Schema, monkeypatch: pytest.MonkeyPatch) -> None:
        load = builtins.__import__

        def without(name: str, *rest: Any) -> Any:
            if name.startswith("psycopg"):
                raise ImportError(name)
            return load(name, *rest)

        monkeypatch.setattr(builtins, "__import__", without)
        with pytest.raises(DriverError, match=r"pip install -e '\.\[postgres\]'"):
            open_for_writing(schema, TABLES)


class TestDescription:
    """What `aboveboard doctor` shows."""

    def test_it_names_version_place_and_user(self, schema: Schema, opened: Database) -> None:
        line = describe(schema)
        assert line.startswith("PostgreSQL 1")
        assert line.endswith("reachable as postgres")

    def test_an_empty_database_is_said_to_be_empty(self, schema: Schema) -> None:
        assert describe(schema).endswith("nothing in it yet")

    def test_files_are_named_too(self, tmp_path: Path) -> None:
        assert describe(tmp_path / "ledger.db").endswith(str(tmp_path))


class TestScrubbing:
    """Rows that were deleted are not in the table's files either."""

    SECRET = os.urandom(24)

    def in_files(self, database: SampleDatabase) -> int:
        return sum(content.count(self.SECRET) for _, content in database.tables())

    def test_after_it_the_files_hold_no_byte_of_them(
        self, opened: Database, database: SampleDatabase
    ) -> None:
        rows = [(number, self.SECRET * (1 if number % 2 else 4000)) for number in range(20)]
        opened.executemany("INSERT INTO t VALUES (?, ?)", rows)
        assert self.in_files(database) > 0
        opened.execute("DELETE FROM t")
        opened.execute("INSERT INTO t VALUES (?, ?)", (1, b"others stay"))
        remaining = opened.scrub("t")
        assert self.in_files(database) == 0
        assert opened.execute("SELECT content FROM t").fetchall() == [(b"others stay",)]
        assert len(remaining) == 1
        assert "write-ahead log" in remaining[0]

    def test_the_write_ahead_log_keeps_them_which_is_why_it_is_named(
        self, opened: Database, database: SampleDatabase
    ) -> None:
        opened.execute("INSERT INTO t VALUES (?, ?)", (1, self.SECRET))
        opened.execute("DELETE FROM t")
        opened.scrub("t")
        assert sum(content.count(self.SECRET) for _, content in database.log()) > 0

    def test_a_session_in_the_way_is_named(self, opened: Database, schema: Schema) -> None:
        opened.execute("INSERT INTO t VALUES (?, ?)", (1, self.SECRET))
        slow = open_for_reading(schema, TABLES)
        slow.begin_reading()
        slow.execute("SELECT version FROM format")
        opened.execute("DELETE FROM t")
        assert "another session still sees old rows" in opened.scrub("t")[0]
        slow.execute("SELECT count(*) FROM t")
        blocked = opened.scrub("t")
        assert "could not be done now" in blocked[0]
        assert "VACUUM FULL aboveboard_sample.t" in blocked[0]
        slow.close()
        assert len(opened.scrub("t")) == 1

    def test_a_table_too_large_to_be_written_anew_is_named(
        self, opened: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("aboveboard.database._postgres.REWRITTEN_BYTES", 0)
        assert "VACUUM FULL aboveboard_sample.t: too large" in opened.scrub("t")[0]
