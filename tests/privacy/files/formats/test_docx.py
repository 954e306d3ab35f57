"""DOCX: found across runs, masked in them, and clear errors for what is broken."""

import zipfile
from contextlib import suppress
from pathlib import Path

import docx
import pytest

from aboveboard.privacy.files import (
    FileError,
    Restoring,
    mask_file,
    restore_file,
    scan_file,
)
from aboveboard.privacy.masking import Masking
from samples.scanning import MAIL, SCAN, Find, Notes


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


RELATIONS = (
    '<Relationships><Relationship Id="r1" Target="word/document.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
)


def archive_of(path: Path, **parts: str | bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        if "word__document_xml" in parts:
            archive.writestr("_rels/.rels", RELATIONS)
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_png", ".png"), content)
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
    monkeypatch.setattr("aboveboard.privacy.files.formats.docx._package.MOST_PART", 1 << 20)
    path = archive_of(tmp_path / "d.docx", word__document_xml="<w:t>" + "a" * (4 << 20))
    with pytest.raises(FileError, match="too large"):
        list(scan_file(path, SCAN))
    monkeypatch.setattr("aboveboard.privacy.files.formats.docx._package.MOST_ALL", 1 << 20)
    with pytest.raises(FileError, match="bomb"):
        list(scan_file(path, SCAN))


def test_pictures_are_said_not_to_be_read(tmp_path: Path, notes: Notes) -> None:
    path = archive_of(tmp_path / "d.docx", word__document_xml="<w:p/>", word__media__image1_png=b"x")
    assert "pictures or embedded files (1)" in notes(path)[0]


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
