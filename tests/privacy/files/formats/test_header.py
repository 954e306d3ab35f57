"""Whether the first row names the columns: by what it says, and by what stands below it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from aboveboard.privacy.files import Scan, read_columns, scan_file
from samples.scanning import Find

Write = Callable[..., Path]


@pytest.mark.parametrize(
    "table",
    [
        "Anna Smith,Berlin\nBen Jones,Paris\n",
        "Anna,unknown,x\nBen,42,y\nMaria,17,z\n",
        "Anna Smith,Manager\nBen Jones,Nurse\nMary Miller,Teacher\n",
        "Anna Smith\nBen Jones\n",
        "Anna Smith,anna@example.com\nBen Jones,ben@example.com\n",
    ],
)
def test_the_first_person_of_a_file_without_a_header_is_found(write: Write, found: Find, table: str) -> None:
    values = [value for _, value, place in found(write("a.csv", table)) if place.startswith("record 1,")]
    assert table.partition("\n")[0].split(",")[0] in values


@pytest.mark.parametrize(
    "header",
    [
        "name,city,amount",
        "first_name,last_name,notes",
        "Kunde;Straße;Ort",
        "apellidos,fecha,importe",
        "Prénom\tNom\tVille",
        "voltage,current,score",
    ],
)
def test_words_that_name_columns_are_a_header(write: Write, header: str) -> None:
    delimiter = next(mark for mark in ";\t," if mark in header)
    path = write("a.csv", header + "\n" + "\n".join(delimiter.join(("BX1", "Rome", "7")) for _ in "ab"))
    assert list(read_columns(path)) == header.split(delimiter)


def test_what_the_rows_cannot_tell_may_be_said(write: Write, found: Find) -> None:
    path = write("a.csv", "Paris,Rome\nx,y\n")
    assert [place for *_, place in found(path, Scan(header=False))] == [
        "record 1, column 1",
        "record 1, column 2",
    ]
    assert list(read_columns(path, header=True)) == ["Paris", "Rome"]
    assert list(read_columns(path, header=False)["column 1"]) == ["Paris", "x"]


def test_words_that_were_taken_for_data_are_said(
    write: Write, notes: Callable[[Path], tuple[str, ...]]
) -> None:
    assert "--header yes" in notes(write("a.csv", "Anna Smith,Berlin\nBen Jones,Paris\n"))[0]
    assert notes(write("b.csv", "name,city\nBen Jones,Paris\n")) == ()
    assert notes(write("c.csv", "1,2\n3,4\n")) == ()


def test_no_name_of_a_person_shows_as_the_name_of_a_column(write: Write) -> None:
    found = list(scan_file(write("a.csv", "Anna Smith,anna@example.com\nBen Jones,ben@example.com\n")))
    assert {each.place.field for each in found} == {"column 1", "column 2"}
