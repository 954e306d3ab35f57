"""A database is read where nothing can be written, and what is committed is never passed over for that."""

import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from aboveboard.database import address_for_reading
from aboveboard.ledger import Ledger, LedgerReader, NoteSigner


@pytest.fixture
def frozen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The file system says that it is mounted read-only."""
    monkeypatch.setattr(os, "statvfs", lambda _: SimpleNamespace(f_flag=os.ST_RDONLY))


@pytest.fixture
def closed(path: Path, signer: NoteSigner) -> Path:
    """A ledger of three entries that nobody has open."""
    with Ledger.open(path, signer=signer) as ledger:
        ledger.append_many([b"one", b"two", b"three"]).result()
    return path


@pytest.mark.usefixtures("frozen")
def test_where_nothing_can_be_written_a_reader_makes_no_file(closed: Path) -> None:
    before = sorted(each.name for each in closed.parent.iterdir())
    with LedgerReader.open(closed) as reader:
        assert (reader.size(), reader.entry(2)) == (3, b"three")
        assert sorted(each.name for each in closed.parent.iterdir()) == before


def test_elsewhere_a_reader_goes_on_seeing_what_is_written(closed: Path, signer: NoteSigner) -> None:
    assert "immutable" not in address_for_reading(closed)
    with LedgerReader.open(closed) as reader, Ledger.open(closed, signer=signer) as ledger:
        ledger.append(b"four").result()
        assert reader.size() == 4


@pytest.mark.usefixtures("frozen")
def test_a_writer_beyond_the_mount_is_noticed(closed: Path, signer: NoteSigner) -> None:
    with Ledger.open(closed, signer=signer) as ledger:
        ledger.append(b"four").result()
        assert "immutable" not in address_for_reading(closed)
        with LedgerReader.open(closed) as reader:
            assert reader.size() == 4


@pytest.mark.usefixtures("frozen")
@pytest.mark.parametrize(("left", "content"), [("-wal", b"frames"), ("-shm", b"")])
def test_what_a_crash_left_is_not_passed_over(closed: Path, left: str, content: bytes) -> None:
    closed.with_name(closed.name + left).write_bytes(content)
    assert "immutable" not in address_for_reading(closed)


@pytest.mark.usefixtures("frozen")
def test_an_empty_write_ahead_log_holds_nothing(closed: Path) -> None:
    closed.with_name(closed.name + "-wal").touch()
    assert address_for_reading(closed).endswith("?mode=ro&immutable=1")


def test_a_name_with_signs_of_a_uri_is_a_name(tmp_path: Path, signer: NoteSigner) -> None:
    path = tmp_path / "a?mode=rwc#b%41.db"
    with Ledger.open(path, signer=signer) as ledger:
        ledger.append(b"one").result()
    with LedgerReader.open(path) as reader:
        assert reader.size() == 1


def test_a_folder_whose_file_system_cannot_be_asked_is_opened_as_ever(
    closed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> os.statvfs_result:
        raise OSError

    monkeypatch.setattr(os, "statvfs", refuse)
    assert "immutable" not in address_for_reading(closed)
