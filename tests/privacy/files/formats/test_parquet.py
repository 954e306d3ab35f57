"""Parquet: found by row and column, masked within its schema, and clear errors for what is broken."""

import datetime
import functools
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from aboveboard.privacy.files import (
    FileError,
    Looking,
    Restoring,
    Scan,
    mask_file,
    restore_file,
    scan_file,
)
from aboveboard.privacy.masking import Masking
from samples.scanning import MAIL, SCAN, Find, Notes


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Rows with strings at several depths, a dictionary, numbers and dates."""
    content = pa.table(
        {
            "email": [MAIL, None, "x"],
            "card": [4111111111111111, 5, None],
            "deep": [{"p": ["+44 20 7946 0958"]}, None, {"p": []}],
            "kind": pa.array(["a@b.org", "q", "q"]).dictionary_encode(),
            "birth_date": [datetime.date(1980, 3, 12), None, None],
            "seen_at": [datetime.datetime(2024, 1, 31, 12, 0)] * 3,
        }
    )
    pq.write_table(content, tmp_path / "t.parquet")
    return tmp_path / "t.parquet"


def test_parquet_is_found_by_row_and_column(table: Path, found: Find) -> None:
    assert found(table, SCAN) == [
        ("email", MAIL, "record 1, email"),
        ("card", "4111111111111111", "record 1, card"),
        ("phone", "+44 20 7946 0958", "record 1, deep.p[0]"),
        ("email", "a@b.org", "record 1, kind"),
        ("birth-date", "1980-03-12", "record 1, birth_date"),
    ]


def test_parquet_is_masked_within_its_schema(table: Path, tmp_path: Path) -> None:
    masking = Masking()
    mask_file(table, tmp_path / "m.parquet", masking, SCAN)
    was, masked = pq.read_table(table), pq.read_table(tmp_path / "m.parquet")
    assert masked.schema == was.schema
    first, *others = masked.to_pylist()
    assert (first["email"], first["kind"], first["deep"]) == ("<EMAIL_1>", "<EMAIL_2>", {"p": ["<PHONE_1>"]})
    assert (first["card"], first["birth_date"]) == (None, None), "a number can hold no stand-in"
    assert others == was.to_pylist()[1:]


def test_the_strings_of_parquet_come_back(table: Path, tmp_path: Path) -> None:
    masking = Masking()
    mask_file(table, tmp_path / "m.parquet", masking, SCAN)
    restore_file(tmp_path / "m.parquet", tmp_path / "b.parquet", Restoring(masking.table))
    was, back = (pq.read_table(path).to_pylist() for path in (table, tmp_path / "b.parquet"))
    for name in ("email", "deep", "kind"):
        assert [row[name] for row in back] == [row[name] for row in was]


def test_many_row_groups_are_read_as_one_file(tmp_path: Path, found: Find) -> None:
    path = tmp_path / "t.parquet"
    pq.write_table(pa.table({"mail": [None] * 2500 + [MAIL]}), path, row_group_size=1000)
    assert found(path, SCAN) == [("email", MAIL, "record 2501, mail")]


@pytest.mark.parametrize("share", [0.3, 0.9])
def test_a_truncated_parquet_is_an_error(table: Path, share: float) -> None:
    data = table.read_bytes()
    table.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(FileError, match=r"t\.parquet: truncated or broken Parquet"):
        list(scan_file(table, SCAN))


def test_a_damaged_page_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    pq.write_table(
        pa.table({"mail": [f"user{n}@example.com" for n in range(5000)]}), path, use_dictionary=False
    )
    data = bytearray(path.read_bytes())
    data[4:400] = bytes(396)
    path.write_bytes(data)
    with pytest.raises(FileError, match="broken Parquet") as raised:
        list(scan_file(path, SCAN))
    assert "@example" not in str(raised.value)


def test_a_required_number_that_is_found_becomes_null_and_is_said(tmp_path: Path, notes: Notes) -> None:
    inner = pa.struct([pa.field("card", pa.int64(), nullable=False)])
    fields = [pa.field("card", pa.int64(), nullable=False), pa.field("deep", inner, nullable=False)]
    card = 4111111111111111
    path = tmp_path / "t.parquet"
    pq.write_table(pa.table([[card], pa.array([{"card": card}], inner)], pa.schema(fields)), path)
    mask_file(path, tmp_path / "m.parquet", Masking(), SCAN)
    assert pq.read_table(tmp_path / "m.parquet").to_pylist() == [{"card": None, "deep": {"card": None}}]
    assert "copies may hold nulls in 2 columns" in notes(path)[0]


def test_bytes_that_are_text_are_looked_into_and_others_said_not_to_be(
    tmp_path: Path, found: Find, notes: Notes
) -> None:
    path = tmp_path / "t.parquet"
    pq.write_table(pa.table({"b": [f"to {MAIL}".encode(), b"\xff\xfe", None]}), path)
    assert found(path, SCAN) == [("email", MAIL, "record 1, b")]
    mask_file(path, tmp_path / "m.parquet", Masking(), SCAN)
    assert pq.read_table(tmp_path / "m.parquet")["b"].to_pylist() == [b"to <EMAIL_1>", b"\xff\xfe", None]
    assert "only UTF-8 was looked into" in notes(path)[0]


def test_the_metadata_of_a_schema_goes_and_is_said(tmp_path: Path, notes: Notes) -> None:
    path = tmp_path / "t.parquet"
    pq.write_table(pa.table({"a": ["x"]}).replace_schema_metadata({"owner": MAIL}), path)
    mask_file(path, tmp_path / "m.parquet", Masking(), SCAN)
    assert MAIL.encode() not in (tmp_path / "m.parquet").read_bytes()
    assert "metadata of the schema" in notes(path)[0]


def test_moments_and_fractions_are_looked_into_where_the_name_over_them_tells_what_they_are(
    tmp_path: Path, notes: Notes
) -> None:
    born, place, seen = datetime.datetime(1980, 3, 12, 4, 5), -70.5, datetime.datetime(2024, 1, 31, 12, 0)
    path = tmp_path / "t.parquet"
    rows = {"dob": [born], "lat": [place], "deep": [{"birth_date": born}], "seen_at": [seen], "share": [0.5]}
    pq.write_table(pa.table(rows), path)
    scan = Scan(Looking(frozenset(["birth-date", "coordinates"])))
    mask_file(path, tmp_path / "m.parquet", Masking(), scan)
    (row,) = pq.read_table(tmp_path / "m.parquet").to_pylist()
    assert row == {"dob": None, "lat": None, "deep": {"birth_date": None}, "seen_at": seen, "share": 0.5}
    assert "moments in 1 columns ('seen_at') were not looked into" in notes(path)[0]


def repeated(value: str, times: int) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array([0] * times, pa.int32()), pa.array([value]))


BOMBS = {
    "a dictionary of one long value": lambda: pa.table({"x": repeated("a" * 60_000, 200_000)}),
    "rows of nothing": lambda: pa.table({"x": pa.nulls(100_000_000, pa.string())}),
    "one endless list": lambda: pa.table(
        {"x": pa.ListArray.from_arrays([0, 2_000_000], repeated("ab", 2_000_000).dictionary_decode())}
    ),
    "one long value": lambda: pa.table({"x": ["a" * 300_000_000]}),
    "deep lists": lambda: pa.table({"x": pa.nulls(3, functools.reduce(nested, range(200), pa.string()))}),
}


def nested(kind: pa.DataType, _: int) -> pa.DataType:
    return pa.list_(kind)


@pytest.mark.parametrize("what", BOMBS)
@pytest.mark.parametrize("keeps_dictionary", [True, False])
def test_a_bomb_is_an_error_before_it_fills_memory(tmp_path: Path, what: str, keeps_dictionary: bool) -> None:
    path = tmp_path / "t.parquet"
    pq.write_table(BOMBS[what](), path, compression="zstd", store_schema=keeps_dictionary)
    assert path.stat().st_size < 1 << 19
    began = time.process_time()
    with pytest.raises(FileError, match=r"bomb|too large|broken Parquet"):
        list(scan_file(path, SCAN))
    assert time.process_time() - began < 10


def test_many_columns_take_linear_time(tmp_path: Path, found: Find) -> None:
    path = tmp_path / "t.parquet"
    pq.write_table(pa.table({f"c{number}": ["x"] for number in range(5000)} | {"mail": [MAIL]}), path)
    began = time.process_time()
    assert found(path, SCAN) == [("email", MAIL, "record 1, mail")]
    assert time.process_time() - began < 5


def test_a_batch_of_many_values_is_read_in_parts(
    tmp_path: Path, found: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aboveboard.privacy.files.formats.parquet._reader._MOST_VALUES", 8)
    path = tmp_path / "t.parquet"
    pq.write_table(pa.table({"mail": [["a"], ["b", "c"], [MAIL], None, [MAIL] * 7]}), path)
    assert [place for _, _, place in found(path, SCAN)] == [
        "record 3, mail[0]",
        *(f"record 5, mail[{number}]" for number in range(7)),
    ]


def test_a_table_that_cannot_be_written_is_an_error_of_that_file(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    cards = pa.array([[(4111111111111111, "x")]], pa.map_(pa.int64(), pa.string()))
    pq.write_table(pa.table({"card": cards}), path)
    with pytest.raises(FileError, match="cannot be written as Parquet"):
        mask_file(path, tmp_path / "m.parquet", Masking(), Scan(Looking(frozenset(["card"]))))
