"""CSV that no spreadsheet runs, Parquet that keeps every text."""

import csv
import io

import pytest

from aboveboard.evals.comparing import RecordedRun
from aboveboard.evals.exports import csv_text, parquet_bytes, rows_of_run
from evals.exports.conftest import HOSTILE


def test_a_row_is_an_item(run: RecordedRun, next_token_run: RecordedRun) -> None:
    rows = rows_of_run(run)
    assert len(rows) == 6
    assert {row["score.admits"] for row in rows} >= {None}
    assert all(row["group.persona"] for row in rows)
    assert rows_of_run(next_token_run)[0]["score.yes"] == 1.0


def test_a_text_that_would_be_a_formula_is_made_inert_in_csv(run: RecordedRun) -> None:
    read = list(csv.DictReader(io.StringIO(csv_text(rows_of_run(run)), newline="")))
    answers = [row["answer"] for row in read if row["answer"]]
    assert answers == [f"'{HOSTILE}"] * 5
    assert len(read) == 6


def test_an_empty_run_is_an_empty_table() -> None:
    assert csv_text([]) == ""


def test_parquet_keeps_every_text_as_it_is(run: RecordedRun) -> None:
    pyarrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(pyarrow.BufferReader(parquet_bytes(rows_of_run(run))))
    assert table.num_rows == 6
    assert [each for each in table["answer"].to_pylist() if each] == [HOSTILE] * 5
    assert table.schema.field("score.admits").type == pyarrow.float64()


@pytest.mark.parametrize("begun", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_whatever_begins_a_formula_is_made_inert(begun: str) -> None:
    (row,) = csv.DictReader(io.StringIO(csv_text([{"answer": f"{begun}1+1"}]), newline=""))
    assert row["answer"] == f"'{begun}1+1"
