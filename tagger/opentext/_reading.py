# ruff: noqa: SIM905 - words read better in one line
"""Paragraphs of the files of packages, as plain text of a few hundred characters at most."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import PurePath

from ._sources import Form

SHORTEST, LONGEST = 12, 420
"""The fewest and the most characters of a paragraph that is kept; a longer one is cut between sentences."""
_BLOCKS = frozenset(
    "p li dd dt td th h1 h2 h3 h4 h5 h6 title item note caption div section page body".split()
)
_SILENT = frozenset("script style pre code screen head programlisting credit info".split())
_SPACE = re.compile(r"\s+")
_SENTENCE = re.compile(r"(?<=[a-zà-ÿ0-9)»\"”][.!?])\s+(?=[A-ZÀ-Ý«\"„“¿¡(])")
_BINARY = frozenset((".dat", ".u8", ".png"))
_WORD = re.compile(r"[^\W\d_]{2,}")
_DRAWN = re.compile(r"[|_/\\=*~]{3}|[{}<>$]|\w\(\)|::|^\s*#")


def paragraphs(path: str, content: bytes, form: Form) -> Iterator[str]:
    """The paragraphs of a file, in order; nothing of a file that is no text."""
    if PurePath(path).suffix in _BINARY or b"\0" in content[:1000]:
        return
    text = _decoded(content)
    for block in {"html": _blocks, "fortunes": _sayings, "tweets": _tweets}[form](text):
        for part in _parts(_SPACE.sub(" ", block).strip() if form == "html" else block.strip()):
            if is_prose(part):
                yield part


def _decoded(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("latin-1")


def is_prose(text: str) -> bool:
    """Words, mostly, and neither code nor drawing."""
    letters = sum(character.isalpha() or character == " " for character in text)
    is_long = SHORTEST <= len(text) <= LONGEST and len(_WORD.findall(text)) > 1
    return is_long and letters > 0.75 * len(text) and not _DRAWN.search(text)


def _parts(text: str) -> Iterator[str]:
    part = ""
    for sentence in _SENTENCE.split(text) if len(text) > LONGEST else [text]:
        if part and len(part) + len(sentence) >= LONGEST:
            yield part
            part = ""
        part = f"{part} {sentence}" if part else sentence
    yield part


class _Page(HTMLParser):
    """Text of the blocks of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.done: list[str] = []
        self._open = ""
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A block begins: what was open is done."""
        self._break(tag)
        self._silent += tag in _SILENT

    def handle_endtag(self, tag: str) -> None:
        """A block ends."""
        self._break(tag)
        self._silent = max(0, self._silent - (tag in _SILENT))

    def handle_data(self, data: str) -> None:
        """Text, kept unless it is code."""
        self._open += data if not self._silent else ""

    def _break(self, tag: str) -> None:
        if tag in _BLOCKS or tag in ("pre", "screen"):
            self.done.append(self._open)
            self._open = ""


def _blocks(text: str) -> list[str]:
    page = _Page()
    page.feed(text)
    page.close()
    return page.done


_RULED = re.compile(r"\n%\n")
_TABS = re.compile(r"[\t ]+")
_WRAPPED = re.compile(r"(?<=[\w,;])\s*\n\s*(?=[\w\"„“'(])(?!\s*--)")


def _sayings(text: str) -> list[str]:
    """Sayings between lines of one `%`; who said it stays with it, as in the collection."""
    sayings = _RULED.split(text.replace("\b", ""))
    return [_TABS.sub(" ", _WRAPPED.sub(" ", saying)) for saying in sayings]


def _tweets(text: str) -> list[str]:
    return [html.unescape(line.split("\t")[-1]) for line in text.splitlines()]
