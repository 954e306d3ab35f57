from aboveboard.database._tables import for_postgres, in_bulk, statements, with_rows


def test_marks_are_numbered_and_types_get_their_own_names() -> None:
    assert for_postgres("SELECT a FROM t WHERE a = ? AND b = ?") == "SELECT a FROM t WHERE a = $1 AND b = $2"
    assert (
        for_postgres("CREATE TABLE t (a INTEGER PRIMARY KEY, b BLOB, c TEXT) WITHOUT ROWID")
        == 'CREATE TABLE t (a BIGINT PRIMARY KEY, b BYTEA, c TEXT COLLATE "C")'
    )


def test_names_that_hold_such_a_word_stay() -> None:
    assert for_postgres("SELECT BLOBS, TEXTUAL FROM t") == "SELECT BLOBS, TEXTUAL FROM t"


def test_a_script_is_cut_into_statements_without_its_comments() -> None:
    script = "CREATE TABLE a (x INTEGER); -- here; and there\nCREATE INDEX i ON a (x);\n"
    assert [each.strip() for each in statements(script)] == [
        "CREATE TABLE a (x INTEGER)",
        "CREATE INDEX i ON a (x)",
    ]


def test_rows_to_insert_go_in_as_columns() -> None:
    assert in_bulk("INSERT INTO t VALUES (?, ?)") == "INSERT INTO t SELECT * FROM unnest({})"
    assert (
        in_bulk("INSERT INTO t (a) VALUES (?) ON CONFLICT (a) DO NOTHING")
        == "INSERT INTO t (a) SELECT * FROM unnest({}) ON CONFLICT (a) DO NOTHING"
    )


def test_any_other_statement_is_executed_row_by_row() -> None:
    assert in_bulk("UPDATE t SET a = ? WHERE b = ?") is None
    assert in_bulk("INSERT INTO t VALUES ('fixed', ?)") is None


def test_a_row_to_insert_becomes_several() -> None:
    statement = "INSERT INTO t (a, b) VALUES (?, ?) ON CONFLICT (a) DO NOTHING"
    assert with_rows(statement, 2) == "INSERT INTO t (a, b) VALUES (?, ?), (?, ?) ON CONFLICT (a) DO NOTHING"
    assert with_rows("UPDATE t SET a = ? WHERE b = ?", 2) is None
    assert with_rows("INSERT INTO t VALUES ('fixed', ?)", 2) is None
