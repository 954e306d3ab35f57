"""A batch is written whole or not at all, and the next one works again."""

import pytest

from aboveboard.database import Location
from aboveboard.ledger import LedgerReader, LedgerWriteError, NoteSigner
from aboveboard.ledger.store import LogWriter


def fill_the_disk(writer: LogWriter) -> None:
    """SQLite's own limit on the file stands for a full disk."""
    assert writer.connection is not None
    pages = writer.connection.execute("PRAGMA page_count").fetchone()[0]
    writer.connection.execute(f"PRAGMA max_page_count = {pages + 2}")


@pytest.mark.parametrize("dsn", [None], ids=["sqlite"])
def test_a_full_disk_fails_the_batch_and_leaves_the_log_as_it_was(path: Location, signer: NoteSigner) -> None:
    writer = LogWriter(path, signer)
    writer.open()
    writer.append([b"%d" % number for number in range(300)])
    with LedgerReader.open(path) as reader:
        before = reader.checkpoint()
        fill_the_disk(writer)
        with pytest.raises(LedgerWriteError, match="full"):
            writer.append([b"%d" % number * 50 for number in range(2000)])
        assert reader.checkpoint() == before
        assert reader.size() == 300
        assert writer.append([b"after", b"17"]) == [300, 17]
        assert reader.entry(300) == b"after"
    writer.close()


def test_one_batch_is_one_transaction_whatever_it_holds(path: Location, signer: NoteSigner) -> None:
    writer = LogWriter(path, signer)
    writer.open()
    assert writer.append([]) == []
    assert writer.append([b"a", b"a", b"b"]) == [0, 0, 1]
    assert writer.append([b"%d" % number for number in range(1000)]) == list(range(2, 1002))
    writer.close()
    again = LogWriter(path, signer)
    again.open()
    assert again.edge == writer.edge
    again.close()
