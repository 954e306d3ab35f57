"""The text of PDFs (extra `files`), page by page, taken out in a process of its own.

A PDF is a program for a page, and hostile ones loop, grow or crash what reads them: the process has a limit
of memory and of time a page, and its end is an error of that file. Pictures are not read, which is said.
"""

import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
_PATIENCE = 60.0
_SLOWEST = 10_000
"""Bytes a second: how long a whole file may take beyond that, however many pages it says it has."""
_FREE = 1 << 28
_MOST_RATIO = 400
_FREE_PAGES = 10_000
_LEAST_PAGE = 24
"""Bytes: no writer needs fewer for a page, even packed."""
_UTF8 = Encoding("utf-8")
_PAGE_END = "\f"
_MISSING = "PDF needs pypdf, which is not installed"
_LOCKED = "encrypted, and opens with no empty password"
_CURES = {_MISSING: INSTALL, _LOCKED: "save it without a password first"}
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
        page, bounds = 0, _Bounds(source.name, source.path.stat().st_size)
        while isinstance(answer := _answer(ours, bounds, page + 1), tuple):
            page += 1
            bounds.add(page, answer[1], len(answer[2]))
            yield answer
        beside += answer
    finally:
        process.terminate()
        process.join()
        ours.close()


@dataclass(slots=True)
class _Bounds:
    """What a file of so many bytes may hold, and how long reading it may take: more is a bomb."""

    name: str
    size: int
    made: int = 0
    waited: float = 0.0

    def add(self, page: int, pages: int, made: int) -> None:
        """Takes in a page. Raises FileError for more text or pages than such a file can hold."""
        self.made += made
        is_long = self.made > _FREE and self.made > _MOST_RATIO * self.size
        if is_long or (pages > _FREE_PAGES and pages * _LEAST_PAGE > self.size):
            raise FileError(
                "unpacks like a decompression bomb", where=f"{self.name}, page {page}", cure=_CURE
            )

    def wait(self, pipe: Connection, page: int) -> None:
        """Waits for the next answer, and not for ever."""
        began = time.monotonic()
        patience = min(_PATIENCE, _PATIENCE + self.size / _SLOWEST - self.waited)
        if not pipe.poll(max(0.0, patience)):
            where = f"{self.name}, page {page}"
            raise FileError(f"no text within {patience:.0f} s", where=where, cure=_CURE)
        self.waited += time.monotonic() - began


def _answer(pipe: Connection, bounds: _Bounds, page: int) -> tuple[int, int, str] | list[str]:
    bounds.wait(pipe, page)
    where = f"{bounds.name}, page {page}"
    try:
        answer: Any = pipe.recv()
    except EOFError:
        what = "what reads it ran out of memory or crashed"
        raise FileError(what, where=where, cure=_CURE) from None
    if isinstance(answer, str):
        raise FileError(answer, where=where, cure=_CURES.get(answer, _CURE))
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
            pipe.send(_LOCKED)
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
    names = root.get("/Names") or ()
    held = {
        "properties": bool(pdf.metadata),
        "forms": "/AcroForm" in root,
        "annotations": any("/Annots" in page for page in pdf.pages),
        "attached files": "/EmbeddedFiles" in names,
        "scripts": "/JavaScript" in names or "/OpenAction" in root or "/AA" in root,
    }
    return [name for name, is_held in held.items() if is_held]


def _limit_memory() -> None:
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = _MOST_MEMORY if hard == resource.RLIM_INFINITY else min(hard, _MOST_MEMORY)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
