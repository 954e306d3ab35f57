"""CSV: fields found with their names, written back as they were quoted."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from aboveboard.privacy.files import FileError, Looking, Scan, mask_file, scan_file
from aboveboard.privacy.files.formats._csv import rows, sniff_delimiter
from aboveboard.privacy.files.formats._plain import Sizes
from aboveboard.privacy.masking import Masking
from aboveboard.privacy.operators import preset
from samples.scanning import Find

LOOKING = Looking(frozenset(["email", "phone", "card"]))
MAIL = "john@example.com"
FIELDS = st.one_of(
    st.sampled_from(
        [MAIL, f"to {MAIL}", "4111 1111 1111 1111", "<EMAIL_1>", "Smith, J", 'say "hi"', "a\nb", ""]
    ),
    st.text(alphabet="ab1@. ,;\"'\n\r<_>é", max_size=12),
)


def read(text: str, delimiter: str = ",") -> list[list[str]]:
    lines = io.StringIO(text, newline="")
    kept = (line for line in lines.read().splitlines(keepends=True)) if "\r" not in text else None
    given = kept if kept is not None else iter(_lines(text))
    return [[field.value for field in row.fields] for row in rows(iter(given), delimiter, "x")]


def _lines(text: str) -> list[str]:
    parts = text.split("\n")
    return [part + "\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


@given(st.lists(st.lists(st.text(alphabet='ab", \né;', max_size=6), min_size=2, max_size=4), max_size=6))
@settings(max_examples=100, deadline=None)
def test_records_are_read_as_the_standard_library_reads_them(table: list[list[str]]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(table)
    assert read(text.getvalue()) == table


def test_findings_have_the_record_and_the_column_by_name(write: Callable[..., Path], found: Find) -> None:
    path = write("a.csv", f'id,E-mail,note\n1,{MAIL},x\n2,,"to {MAIL}"\n')
    assert found(path, Scan(LOOKING)) == [
        ("email", MAIL, "record 2, E-mail"),
        ("email", MAIL, "record 3, note"),
    ]


def test_names_of_columns_stay(write: Callable[..., Path], there_and_back: Callable[..., bytes]) -> None:
    header = "iban,ip,Street,Paris,name"
    masked = there_and_back(
        write("a.csv", f"{header}\nDE89370400440532013000,1.2.3.4,x,1,Mary Smith\n"), Scan()
    )
    assert masked.decode().splitlines()[0] == header
    assert b"Mary" not in masked
    assert b"DE89" not in masked


def test_names_of_columns_that_are_masked_never_become_equal(
    write: Callable[..., Path], tmp_path: Path
) -> None:
    path = write("a.csv", "ann.example.org,bob.example.org,x\n1,2,3\n")
    scan = Scan(Looking(frozenset(["domain"])), header=True)
    mask_file(path, tmp_path / "m.csv", Masking(preset("redact")), scan)
    first, second, third = (tmp_path / "m.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    assert "example" not in first + second
    assert (first != second, third) == (True, "x")


def test_a_column_without_a_name_is_counted(write: Callable[..., Path], found: Find) -> None:
    path = write("a.csv", f"1,{MAIL}\n2,b@example.org\n")
    assert [place for *_, place in found(path, Scan(LOOKING))] == ["record 1, column 2", "record 2, column 2"]


def test_a_value_among_the_names_is_shown_nowhere(write: Callable[..., Path], found: Find) -> None:
    path = write("a.csv", f"ann.example.org,x\n{MAIL},1\n")
    looking = Looking(frozenset(["email", "domain"]))
    assert found(path, Scan(looking))[-1] == ("email", MAIL, "record 2, column 1")


def test_a_name_gives_context_that_a_bare_number_lacks(write: Callable[..., Path], found: Find) -> None:
    number = "536228726"
    scan = Scan(Looking(frozenset(["ssn"])))
    assert found(write("a.csv", f"ssn,x\n{number},1\n"), scan) == [("ssn", number, "record 2, ssn")]
    assert found(write("b.csv", f"tracking,x\n{number},1\n"), scan) == []


def test_neighbours_give_no_context(write: Callable[..., Path], found: Find) -> None:
    beside = write("a.csv", "note,x\nmy ssn,536228726\n")
    alone = write("b.csv", "note,x\n,536228726\n")
    scan = Scan(Looking(frozenset(["ssn"])))
    assert found(beside, scan) == found(alone, scan) == []


def test_quotes_line_ends_and_all_else_stay(
    write: Callable[..., Path], there_and_back: Callable[..., bytes]
) -> None:
    path = write("a.csv", f'name,mail\r\n"Smith, J",{MAIL}\r\n"x ""y""","{MAIL}"\r\n\r\nlast, no end')
    masked = there_and_back(path, Scan(LOOKING))
    assert masked.decode() == (
        'name,mail\r\n"Smith, J",<EMAIL_1>\r\n"x ""y""","<EMAIL_1>"\r\n\r\nlast, no end'
    )


def test_a_formula_is_left_as_it_is(write: Callable[..., Path], there_and_back: Callable[..., bytes]) -> None:
    path = write("a.csv", f'a,b\n=cmd|calc!A1,"=HYPERLINK(""mailto:{MAIL}"")"\n')
    assert b"=cmd|calc!A1" in there_and_back(path, Scan(LOOKING))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_seen(delimiter: str) -> None:
    text = f"a{delimiter}b{delimiter}c\n1,5{delimiter}x{delimiter}y\n" * 3
    if delimiter != ",":
        assert sniff_delimiter(text, ".csv") == delimiter
    assert sniff_delimiter(text.replace("1,5", "15"), ".csv") == delimiter


def test_one_column_is_no_reason_for_a_strange_delimiter() -> None:
    assert sniff_delimiter("mail\na@b.org\n", ".csv") == ","
    assert sniff_delimiter("a,b\n", ".tsv") == "\t"


def test_a_quote_that_is_never_closed_is_an_error_that_names_the_line(write: Callable[..., Path]) -> None:
    path = write("a.csv", 'a,b\n1,2\n3,"no end\n4,5\n')
    with pytest.raises(FileError, match=r"a\.csv, line 3: a quote that opens"):
        list(scan_file(path))


def test_a_quote_that_is_never_closed_takes_linear_time(write: Callable[..., Path]) -> None:
    import time

    path = write("a.csv", 'a,b\n"' + '""\n' * 200_000)
    began = time.process_time()
    with pytest.raises(FileError):
        list(scan_file(path, Scan(LOOKING)))
    assert time.process_time() - began < 5


@given(st.lists(st.lists(FIELDS, min_size=1, max_size=4), max_size=8), st.sampled_from(["\n", "\r\n"]))
@example([["john@example.com", ";\n"]], "\n").via("another delimiter within quotes")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_table_comes_back_byte_by_byte(
    there_and_back: Callable[..., bytes], tmp_path: Path, table: list[list[str]], end: str
) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=end).writerows(table)
    path = tmp_path / "t.csv"
    path.write_bytes(text.getvalue().encode())
    masked = there_and_back(path, Scan(LOOKING))
    shape = [len(row) for row in csv.reader(io.StringIO(masked.decode(), newline=""))]
    assert shape == [len(row) for row in csv.reader(io.StringIO(text.getvalue(), newline=""))]


@given(st.text(alphabet='ab@.",\n\r;<>_1 ', max_size=60))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_no_proper_csv_comes_back_or_is_an_error(
    there_and_back: Callable[..., bytes], tmp_path: Path, text: str
) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(f"{text} {MAIL}".encode())
    try:
        there_and_back(path, Scan(LOOKING, sizes=Sizes(7)))
    except FileError as error:
        assert "never closed" in error.what
