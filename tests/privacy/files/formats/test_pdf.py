"""PDF: found by page, masked as text, and clear errors for what is broken."""

import io
from pathlib import Path

import pytest
from pypdf import PdfWriter

from aboveboard.privacy.files import (
    FileError,
    LeftOutError,
    mask_file,
    scan_file,
)
from aboveboard.privacy.masking import Masking
from samples.scanning import MAIL, SCAN, Find, Notes


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


def test_what_lies_beside_the_pages_is_said_and_in_no_copy(tmp_path: Path, notes: Notes) -> None:
    writer = PdfWriter(clone_from=io.BytesIO(pdf_of("nothing here")))
    writer.add_metadata({"/Author": "Ann Author", "/Title": f"of {MAIL}"})
    writer.add_attachment("cv_of_ann.txt", MAIL.encode())
    path = tmp_path / "p.pdf"
    writer.write(path)
    (note,) = notes(path)
    assert "properties and attached files beside the pages were not looked into" in note
    mask_file(path, tmp_path / "p.txt", Masking(), SCAN)
    assert (tmp_path / "p.txt").read_bytes() == b"nothing here\f"


def test_a_page_without_text_is_said(tmp_path: Path, notes: Notes) -> None:
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
    monkeypatch.setattr("aboveboard.privacy.files.formats._pdf._PATIENCE", 0.0)
    path = tmp_path / "p.pdf"
    path.write_bytes(pdf_of("some"))
    with pytest.raises(FileError, match="no text within"):
        list(scan_file(path, SCAN))
