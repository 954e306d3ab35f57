"""The text of PDFs (extra `files`), page by page, taken out in a process of its own.

A PDF is a program for a page, and hostile ones loop, grow or crash what reads them: the process has a limit
of memory and of time a page, and its end is an error of that file. Pictures are not read, which is said.
"""

import logging
from collections.abc import Iterator, Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from aboveboard.privacy.files._errors import INSTALL, FileError, LeftOutError
from aboveboard.privacy.files._input import Input
from aboveboard.privacy.files.formats._encoding import Encoding
from aboveboard.privacy.files.formats._plain import PlainWriter
from aboveboard.privacy.files.formats._text import Edge, TextDocument, TextUnit, text_units

if TYPE_CHECKING:
    from pypdf import PdfReader as Pdf

_MOST_MEMORY = 4 << 30
_MOST_PAGE = 1 << 24
_PATIENCE = 120.0
_UTF8 = Encoding("utf-8")
_PAGE_END = "\f"
_MISSING = "PDF needs pypdf, which is not installed"
_CURE = "see that the file is whole; pictures of text need OCR first"


class PdfReader:
    """One PDF; masked copies of it are text, a form feed behind each page."""

    suffix = ".txt"
    lost = ""
    problems: Sequence[str] = ()

    def __init__(self, source: Input) -> None:
        self.notes: list[str] = []
        self.count = 0
        self._source = source
        self._empty: list[int] = []
        self._beside: list[str] = []

    def units(self) -> Iterator[TextUnit]:
        size = self._source.path.stat().st_size
        pages, name = 0, self._source.name
        for page, pages, text in _pages(self._source, self._beside):
            if not text.strip():
                self._empty.append(page)
            document = TextDocument(name, _UTF8, Edge(), f"page {page}")
            yield from text_units(iter([text + _PAGE_END]), document)
            self.count = size * page // pages
        if self._empty and len(self._empty) == pages:
            raise LeftOutError("no text on any page; pictures are not read", where=name, cure=_CURE)
        if self._empty:
            some = ", ".join(map(str, self._empty[:10])) + ("…" if len(self._empty) > 10 else "")
            self.notes.append(f"{name}: no text on page {some}; pictures are not read")
        if self._beside:
            what = " and ".join(self._beside)
            self.notes.append(f"{name}: {what} beside the pages were not looked into; a copy lacks them")

    def writer(self, file: BinaryIO) -> PlainWriter:
        return PlainWriter(file, _UTF8, self._source.name)


def _pages(source: Input, beside: list[str]) -> Iterator[tuple[int, int, str]]:
    """Number, number of pages and text of each page; at the end, what the PDF holds `beside` them.

    Raises FileError.
    """
    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_extract, args=(theirs, source.path), daemon=True)
    process.start()
    theirs.close()
    try:
        page = 0
        while isinstance(answer := _answer(ours, source.name, page + 1), tuple):
            page += 1
            yield answer
        beside += answer
    finally:
        process.terminate()
        process.join()
        ours.close()


def _answer(pipe: Connection, name: str, page: int) -> tuple[int, int, str] | list[str]:
    where = f"{name}, page {page}"
    if not pipe.poll(_PATIENCE):
        raise FileError(f"no text within {_PATIENCE:.0f} s", where=where, cure=_CURE)
    try:
        answer: Any = pipe.recv()
    except EOFError:
        what = "what reads it ran out of memory or crashed"
        raise FileError(what, where=where, cure=_CURE) from None
    if isinstance(answer, str):
        raise FileError(answer, where=where, cure=INSTALL if answer == _MISSING else _CURE)
    found: tuple[int, int, str] | list[str] = answer
    return found


def _extract(pipe: Connection, path: Path) -> None:
    """In the process: sends each page, then what lies beside them; or what is wrong, which quotes nothing."""
    _limit_memory()
    logging.disable()  # its warnings quote the file
    try:
        from pypdf import PdfReader as Pdf

        pdf = Pdf(path)
        if pdf.is_encrypted and not pdf.decrypt(""):
            pipe.send("encrypted, and opens with no empty password")
            return
        total = len(pdf.pages)
        for number in range(total):
            text = pdf.pages[number].extract_text()[:_MOST_PAGE]
            pipe.send((number + 1, total, text.encode("utf-8", "replace").decode()))
        pipe.send(_beside(pdf))
    except ImportError:
        pipe.send(_MISSING)
    except Exception as error:  # noqa: BLE001  # a hostile file raises anything; the process ends here
        pipe.send(f"truncated or broken PDF ({type(error).__name__})")


def _beside(pdf: "Pdf") -> list[str]:
    """What a PDF holds that is on no page, in words."""
    root = pdf.root_object
    held = {
        "properties": bool(pdf.metadata),
        "forms": "/AcroForm" in root,
        "annotations": any("/Annots" in page for page in pdf.pages),
        "attached files": "/EmbeddedFiles" in (root.get("/Names") or ()),
    }
    return [name for name, is_held in held.items() if is_held]


def _limit_memory() -> None:
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = _MOST_MEMORY if hard == resource.RLIM_INFINITY else min(hard, _MOST_MEMORY)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
