"""A damaged, foreign or newer database is named, never guessed at; what is sound stays readable."""

import sqlite3
from pathlib import Path

import pytest

from aboveboard.ledger import (
    Ledger,
    LedgerCorruptError,
    LedgerError,
    LedgerReader,
    LedgerVersionError,
    NoteSigner,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file; how PostgreSQL's pages are damaged is its own affair."""
    return tmp_path / "ledger.db"


@pytest.fixture
def closed(path: Path, signer: NoteSigner) -> Path:
    """A closed ledger of 1,000 entries."""
    with Ledger.open(path, signer=signer) as ledger:
        ledger.append_many(b"entry %d" % number for number in range(1000)).result()
    return path


def edit(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.commit()
    connection.close()


def test_a_file_that_is_no_database(path: Path, signer: NoteSigner) -> None:
    path.write_bytes(b"not a database at all, but long enough to be looked at" * 100)
    with pytest.raises(LedgerCorruptError) as caught:
        Ledger.open(path, signer=signer)
    assert "backup" in str(caught.value)
    with pytest.raises(LedgerCorruptError):
        LedgerReader.open(path)
    assert path.read_bytes().startswith(b"not a database")


def test_pages_overwritten_in_the_middle(closed: Path, signer: NoteSigner) -> None:
    size = closed.stat().st_size
    with closed.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xde\xad\xbe\xef" * ((size - 4096) // 4))
    with pytest.raises(LedgerCorruptError):
        Ledger.open(closed, signer=signer)
    with pytest.raises(LedgerCorruptError), LedgerReader.open(closed) as reader:
        reader.checkpoint()


def test_another_kind_of_database(path: Path, signer: NoteSigner) -> None:
    edit(path, "CREATE TABLE mine (precious TEXT)")
    with pytest.raises(LedgerCorruptError, match="not a ledger"):
        Ledger.open(path, signer=signer)
    with pytest.raises(LedgerError):
        LedgerReader.open(path)


def test_a_newer_version(closed: Path, signer: NoteSigner) -> None:
    edit(closed, "PRAGMA user_version = 99")
    for open_it in (lambda: Ledger.open(closed, signer=signer), lambda: LedgerReader.open(closed)):
        with pytest.raises(LedgerVersionError, match="newer"):
            open_it()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE head SET size = size - 1",
        "UPDATE head SET note = replace(CAST(note AS TEXT), 'example', 'exbmple')",
        "UPDATE tail SET hashes = zeroblob(length(hashes))",
        "DELETE FROM tail",
        "DELETE FROM tile WHERE id > 1000",
        "UPDATE tile SET hashes = zeroblob(length(hashes)) WHERE id > 1000",
    ],
)
def test_content_that_its_checkpoint_does_not_sign(closed: Path, signer: NoteSigner, statement: str) -> None:
    edit(closed, statement)
    with pytest.raises(LedgerCorruptError):
        Ledger.open(closed, signer=signer)


def test_a_refused_database_is_not_left_locked(closed: Path, signer: NoteSigner) -> None:
    edit(closed, "PRAGMA user_version = 99")
    for _ in range(2):
        with pytest.raises(LedgerVersionError):
            Ledger.open(closed, signer=signer)
