"""Parquet, DOCX and PDF: found, masked within their form, and clear errors for what is broken."""

import datetime
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import docx
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from aboveboard.privacy.files import (
    FileEnd,
    FileError,
    Input,
    LeftOutError,
    Looking,
    Restoring,
    Scan,
    mask_file,
    restore_file,
    scan_file,
    scan_files,
)
from aboveboard.privacy.masking import Masking

Find = Callable[..., list[tuple[str, str, str]]]
SCAN = Scan(Looking(frozenset(["email", "phone", "card", "birth-date"])))
MAIL = "john@example.com"


def notes(path: Path) -> tuple[str, ...]:
    """What is said about a file besides its findings."""
    (end,) = [each for each in scan_files([Input(path, "f", Path("f"))], SCAN) if isinstance(each, FileEnd)]
    return end.notes


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


def test_a_required_number_that_is_found_becomes_null_and_is_said(tmp_path: Path) -> None:
    inner = pa.struct([pa.field("card", pa.int64(), nullable=False)])
    fields = [pa.field("card", pa.int64(), nullable=False), pa.field("deep", inner, nullable=False)]
    card = 4111111111111111
    path = tmp_path / "t.parquet"
    pq.write_table(pa.table([[card], pa.array([{"card": card}], inner)], pa.schema(fields)), path)
    mask_file(path, tmp_path / "m.parquet", Masking(), SCAN)
    assert pq.read_table(tmp_path / "m.parquet").to_pylist() == [{"card": None, "deep": {"card": None}}]
    assert "copies may hold nulls in 2 columns" in notes(path)[0]


def test_bytes_that_are_text_are_looked_into_and_others_said_not_to_be(tmp_path: Path, found: Find) -> None:
    path = tmp_path / "t.parquet"
    pq.write_table(pa.table({"b": [f"to {MAIL}".encode(), b"\xff\xfe", None]}), path)
    assert found(path, SCAN) == [("email", MAIL, "record 1, b")]
    mask_file(path, tmp_path / "m.parquet", Masking(), SCAN)
    assert pq.read_table(tmp_path / "m.parquet")["b"].to_pylist() == [b"to <EMAIL_1>", b"\xff\xfe", None]
    assert "only UTF-8 was looked into" in notes(path)[0]


def test_the_metadata_of_a_schema_goes_and_is_said(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    pq.write_table(pa.table({"a": ["x"]}).replace_schema_metadata({"owner": MAIL}), path)
    mask_file(path, tmp_path / "m.parquet", Masking(), SCAN)
    assert MAIL.encode() not in (tmp_path / "m.parquet").read_bytes()
    assert "metadata of the schema" in notes(path)[0]


def test_a_table_that_cannot_be_written_is_an_error_of_that_file(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    cards = pa.array([[(4111111111111111, "x")]], pa.map_(pa.int64(), pa.string()))
    pq.write_table(pa.table({"card": cards}), path)
    with pytest.raises(FileError, match="cannot be written as Parquet"):
        mask_file(path, tmp_path / "m.parquet", Masking(), Scan(Looking(frozenset(["card"]))))


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """A document whose values are split over runs, with a header, a table, a note and an author."""
    made = docx.Document()
    made.core_properties.author = "Jo Smith"
    paragraph = made.add_paragraph("Write to jo")
    paragraph.add_run("hn@exam").bold = True
    paragraph.add_run("ple.com & me, ")
    paragraph.add_run(" soon")
    made.add_table(1, 1).cell(0, 0).text = "4111 1111 1111 1111"
    made.sections[0].header.paragraphs[0].text = "a@b.org"
    link = made.part.relate_to("mailto:link@example.com", "http://x.example/hyperlink", is_external=True)
    assert link
    made.save(str(tmp_path / "d.docx"))
    return tmp_path / "d.docx"


def read_document(path: Path) -> list[str]:
    """What a word processor shows."""
    made = docx.Document(str(path))
    header = made.sections[0].header.paragraphs[0].text
    return [*(each.text for each in made.paragraphs), made.tables[0].cell(0, 0).text, header]


def test_docx_is_found_across_runs(document: Path, found: Find) -> None:
    values = {value: place for _, value, place in found(document, SCAN)}
    assert set(values) == {MAIL, "4111 1111 1111 1111", "a@b.org", "link@example.com"}
    assert values[MAIL] == "document, paragraph 1"
    assert values["a@b.org"].startswith("header")


def test_docx_is_masked_in_its_runs_and_comes_back(document: Path, tmp_path: Path) -> None:
    masking = Masking()
    mask_file(document, tmp_path / "m.docx", masking, SCAN)
    shown = read_document(tmp_path / "m.docx")
    stand_ins = {value: stand_in for stand_in, value in masking.table.items()}
    assert shown[:2] == [f"Write to {stand_ins[MAIL]} & me,  soon", "<CARD_1>"]
    restore_file(tmp_path / "m.docx", tmp_path / "b.docx", Restoring(masking.table))
    assert read_document(tmp_path / "b.docx") == read_document(document)
    assert entries(tmp_path / "m.docx")[1].isdisjoint([MAIL, "link@example.com"])


def entries(path: Path) -> tuple[list[str], set[str]]:
    """The names in an archive, and which of the values it holds."""
    with zipfile.ZipFile(path) as archive:
        data = b"".join(archive.read(name) for name in archive.namelist())
        values = {value for value in (MAIL, "link@example.com", "a@b.org") if value.encode() in data}
        return archive.namelist(), values


def test_all_parts_of_a_document_are_kept(document: Path, tmp_path: Path) -> None:
    mask_file(document, tmp_path / "m.docx", Masking(), SCAN)
    assert entries(tmp_path / "m.docx")[0] == entries(document)[0]
    assert entries(tmp_path / "m.docx")[1] == set()


def archive_of(path: Path, **parts: str | bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return path


BOMB = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "cc">]><w:p><w:t>&b;</w:t></w:p>'


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"word__document_xml": BOMB}, "entities"),
        ({"other_xml": "x"}, "holds no document"),
        ({"word__document_xml": b"\xff\xfe\xfd"}, "broken DOCX"),
    ],
)
def test_hostile_documents_are_errors(tmp_path: Path, parts: dict[str, str | bytes], said: str) -> None:
    with pytest.raises(FileError, match=said):
        list(scan_file(archive_of(tmp_path / "d.docx", **parts), SCAN))


def test_a_zip_bomb_is_refused_before_it_fills_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aboveboard.privacy.files._docx._MOST_PART", 1 << 20)
    path = archive_of(tmp_path / "d.docx", word__document_xml="<w:t>" + "a" * (4 << 20))
    with pytest.raises(FileError, match="too large"):
        list(scan_file(path, SCAN))
    monkeypatch.setattr("aboveboard.privacy.files._docx._MOST_ALL", 1 << 20)
    with pytest.raises(FileError, match="bomb"):
        list(scan_file(path, SCAN))


def test_pictures_are_said_not_to_be_read(tmp_path: Path) -> None:
    path = archive_of(tmp_path / "d.docx", word__document_xml="<w:p/>", word__media__a_xml=b"png")
    assert "1 pictures or embedded files" in notes(path)[0]


@pytest.mark.parametrize(
    "hostile",
    [
        "<w:p " + "a" * 300_000 + ">",
        "<w:p " + "a " * 150_000 + ">",
        "<!--" * 75_000,
        "<?" * 150_000,
        "<" + "a" * 300_000,
        "<a" * 150_000,
        "<a \"'" * 60_000,
        '<a b="' * 50_000,
        "<a b=" + " " * 300_000 + ">",
        '<a "' + "b='" * 100_000 + '">',
    ],
)
def test_a_hostile_document_takes_linear_time(tmp_path: Path, hostile: str) -> None:
    import time

    path = archive_of(tmp_path / "d.docx", word__document_xml=f"<w:document>{hostile}")
    began = time.process_time()
    with suppress(FileError):
        list(scan_file(path, SCAN))
    assert time.process_time() - began < 5


def test_comments_and_quoted_attributes_hide_no_text(tmp_path: Path, found: Find) -> None:
    xml = (
        f"<?xml version='1.0'?><!-- <w:t> --><w:p><w:ins w:author = 'x@example.org' b=\"'\"/>"
        f"<w:r><w:t>{MAIL}</w:t></w:r></w:p>"
    )
    path = archive_of(tmp_path / "d.docx", word__document_xml=xml)
    assert {value for _, value, _ in found(path, SCAN)} == {MAIL, "x@example.org"}


def test_a_comment_that_is_never_closed_is_an_error(tmp_path: Path) -> None:
    path = archive_of(tmp_path / "d.docx", word__document_xml=f"<w:p><!-- <w:t>{MAIL}</w:t>")
    with pytest.raises(FileError, match="never closed"):
        list(scan_file(path, SCAN))


def test_a_truncated_document_is_an_error(document: Path) -> None:
    document.write_bytes(document.read_bytes()[:-200])
    with pytest.raises(FileError, match="broken DOCX"):
        list(scan_file(document, SCAN))


def pdf_of(*texts: str) -> bytes:
    """A PDF with a page for each text."""
    pages = [f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET".encode() for text in texts]
    numbers = [4 + 2 * place for place in range(len(pages))]
    kids = " ".join(f"{number} 0 R" for number in numbers).encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(pages)),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for number, page in zip(numbers, pages, strict=True):
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents %d 0 R"
            b"/Resources<</Font<</F1 3 0 R>>>>>>" % (number + 1)
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(page), page))
    data, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj%s endobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    tail = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(data))
    return data + head + tail


def test_pdf_is_found_by_page_and_masked_as_text(tmp_path: Path, found: Find) -> None:
    path = tmp_path / "p.pdf"
    path.write_bytes(pdf_of("nothing here", f"mail {MAIL} now"))
    assert found(path, SCAN) == [("email", MAIL, "page 2 1:6")]
    mask_file(path, tmp_path / "m.txt", Masking(), SCAN)
    assert (tmp_path / "m.txt").read_text(encoding="utf-8") == "nothing here\fmail <EMAIL_1> now\f"


def test_a_page_without_text_is_said(tmp_path: Path) -> None:
    path = tmp_path / "p.pdf"
    path.write_bytes(pdf_of("some", ""))
    assert "no text on page 2" in notes(path)[0]


def test_a_pdf_without_any_text_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "p.pdf"
    path.write_bytes(pdf_of("", ""))
    with pytest.raises(LeftOutError, match="no text on any page"):
        list(scan_file(path, SCAN))


def test_a_broken_pdf_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "p.pdf"
    path.write_bytes(pdf_of("some")[:300])
    with pytest.raises(FileError, match=r"p\.pdf, page 1: truncated or broken PDF"):
        list(scan_file(path, SCAN))


def test_what_reads_a_pdf_may_not_take_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aboveboard.privacy.files._pdf._PATIENCE", 0.0)
    path = tmp_path / "p.pdf"
    path.write_bytes(pdf_of("some"))
    with pytest.raises(FileError, match="no text within"):
        list(scan_file(path, SCAN))
