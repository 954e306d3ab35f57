import sqlite3
import threading
import time
from pathlib import Path

import pytest

from aboveboard.database import enter_wal


def test_it_waits_while_another_holds_the_database(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    holder = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    holder.execute("CREATE TABLE t (x)")
    holder.execute("BEGIN EXCLUSIVE")

    def let_go() -> None:
        time.sleep(0.2)
        holder.execute("COMMIT")

    thread = threading.Thread(target=let_go)
    thread.start()
    connection = sqlite3.connect(path, timeout=0)
    enter_wal(connection)
    thread.join()
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()
    holder.close()


def test_what_is_no_database_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("not a database, but long enough to be looked at as one" * 20)
    connection = sqlite3.connect(tmp_path / "text.db")
    with pytest.raises(sqlite3.DatabaseError):
        enter_wal(connection)
    connection.close()
