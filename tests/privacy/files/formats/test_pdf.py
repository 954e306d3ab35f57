"""PDF: found by page, masked as text, and clear errors for what is broken."""

import io
import time
import zlib
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

FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents %d 0 R/Resources<</Font<</F1 3 0 R>>%s>>>>"


def stream_of(content: bytes, about: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), about, content)


def file_of(*objects: bytes) -> bytes:
    """A PDF of these objects, the first its catalogue (ISO 32000-1, 7.5)."""
    data, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj%s endobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    tail = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(data))
    return data + head + tail


def pages_of(*kids: bytes, count: int = 1) -> bytes:
    return b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(kids), count)


def pdf_of(*texts: str) -> bytes:
    """A PDF with a page for each text."""
    numbers = [4 + 2 * place for place in range(len(texts))]
    kids = pages_of(*(b"%d 0 R" % number for number in numbers), count=len(texts))
    pages = []
    for number, text in zip(numbers, texts, strict=True):
        content = f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET".encode()
        pages += [PAGE % (number + 1, b""), stream_of(content)]
    return file_of(CATALOG, kids, FONT, *pages)


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


BODY = stream_of(b"BT /F1 12 Tf 72 700 Td (some) Tj ET")
FORMS = b"/Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<</X %d 0 R>>>>"
PACKED = b"/Filter/FlateDecode"
HOSTILE = {
    "pages that hold themselves": (CATALOG, pages_of(b"2 0 R", b"4 0 R"), FONT, PAGE % (5, b""), BODY),
    "deep pages": (
        CATALOG,
        pages_of(b"6 0 R"),
        FONT,
        PAGE % (5, b""),
        BODY,
        *(pages_of(b"%d 0 R" % number) for number in range(7, 3000)),
    ),
    "a million pages": (
        CATALOG,
        pages_of(b"4 0 R " * 1_000_000, count=1_000_000),
        FONT,
        PAGE % (5, b""),
        BODY,
    ),
    "a packed page": (
        CATALOG,
        pages_of(b"4 0 R"),
        FONT,
        PAGE % (5, b""),
        stream_of(zlib.compress(b"BT /F1 9 Tf " + b"(a) Tj " * 12_000_000), PACKED),
    ),
    "a drawing that draws itself": (
        CATALOG,
        pages_of(b"4 0 R"),
        FONT,
        PAGE % (5, b"/XObject<</X 6 0 R>>"),
        stream_of(b"/X Do"),
        stream_of(b"/X Do /X Do", FORMS % 6),
    ),
    "brackets without end": (CATALOG, pages_of(b"[" * 100_000), FONT, PAGE % (5, b""), BODY),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_pdf_is_an_error_within_bounded_time(tmp_path: Path, what: str) -> None:
    path = tmp_path / "p.pdf"
    path.write_bytes(file_of(*HOSTILE[what]))
    began = time.monotonic()
    with pytest.raises(FileError):
        list(scan_file(path, SCAN))
    assert time.monotonic() - began < 60


@pytest.mark.slow
def test_all_the_pages_together_may_not_take_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aboveboard.privacy.files.formats._pdf._SLOWEST", 1e9)
    monkeypatch.setattr("aboveboard.privacy.files.formats._pdf._PATIENCE", 2.0)
    path = tmp_path / "p.pdf"
    path.write_bytes(pdf_of(*["some"] * 20_000))
    with pytest.raises(FileError, match="no text within"):
        list(scan_file(path, SCAN))


def test_a_locked_pdf_says_what_to_do(tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=io.BytesIO(pdf_of("some")))
    writer.encrypt("secret", algorithm="RC4-128")
    path = tmp_path / "p.pdf"
    writer.write(path)
    with pytest.raises(FileError, match="encrypted") as raised:
        list(scan_file(path, SCAN))
    assert "without a password" in raised.value.cure


def test_scripts_are_said_not_to_be_looked_into(tmp_path: Path, notes: Notes) -> None:
    path = tmp_path / "p.pdf"
    script = CATALOG.replace(b">>", b"/OpenAction<</S/JavaScript/JS(alert)>>>>")
    path.write_bytes(file_of(script, pages_of(b"4 0 R"), FONT, PAGE % (5, b""), BODY))
    assert "scripts beside the pages" in notes(path)[0]
