import sqlite3
import threading
import time
from pathlib import Path

import pytest

from aboveboard.database import Tables, enter_wal, open_for_writing


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


@pytest.mark.parametrize("count", [0, 1, 3, 4, 5, 63, 64, 85, 200])
def test_any_number_of_rows_go_in_in_order(tmp_path: Path, count: int) -> None:
    tables = Tables(name="test", migrations=("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT NOT NULL)",))
    database = open_for_writing(tmp_path / "t.db", tables)
    rows = [(number, f"row {number}") for number in range(count)]
    database.executemany("INSERT INTO t VALUES (?, ?)", iter(rows))
    again = [*rows, (count, "new")]
    database.executemany("INSERT INTO t VALUES (?, ?) ON CONFLICT (a) DO NOTHING", again)
    assert database.execute("SELECT a, b FROM t ORDER BY a").fetchall() == again
    database.close()
