"""Looking for a value in bytes, however it may be written or packed."""

import base64
import json
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from urllib.parse import quote, quote_plus

_GZIP, _ZIP_ENTRY, _ENTRY_HEAD = b"\x1f\x8b\x08", b"PK\x03\x04", 30
_MOST = 64 << 20


def disguises(value: str) -> set[bytes]:
    """The value composed and decomposed, in UTF-8 and UTF-16, escaped for JSON, HTML and addresses, in
    hexadecimal and in base64.
    """
    return {
        each.lower()
        for form in {value, unicodedata.normalize("NFD", value)}
        for each in (*_escaped(form), *_in_base64(form.encode()), *_in_base64(form.encode("utf-16-le")))
    }


def _escaped(value: str) -> Iterator[bytes]:
    yield from (value.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be", "utf-7"))
    yield json.dumps(value)[1:-1].encode()
    yield escape(value).encode()
    yield value.encode("ascii", "xmlcharrefreplace")
    yield from (quoted.encode() for quoted in (quote(value, safe=""), quote(value), quote_plus(value)))
    yield value.encode().hex().encode()


def _in_base64(plain: bytes) -> Iterator[bytes]:
    """What base64 shows of it wherever it begins; characters that neighbours take part in are left out."""
    for before, lost in ((0, 0), (1, 2), (2, 3)):
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            text = encode(bytes(before) + plain).rstrip(b"=")
            yield text[lost : (before + len(plain)) * 8 // 6]


def found_in(files: Iterable[tuple[Path, bytes]], values: Iterable[str]) -> list[str]:
    """Which values stand in which files, in any letter case, packed or not."""
    wanted = {value: disguises(value) for value in values}
    return sorted(
        f"{value!r} in {path}"
        for path, content in files
        for layer in map(bytes.lower, unpacked(content))
        for value, forms in wanted.items()
        if any(form in layer for form in forms)
    )


def unpacked(content: bytes) -> Iterator[bytes]:
    """The bytes themselves, and what every gzip member and ZIP entry in them holds, however deep."""
    yield content
    starts = [(place, zlib.MAX_WBITS | 16) for place in _places(content, _GZIP)]
    starts += [(_after_head(content, place), -zlib.MAX_WBITS) for place in _places(content, _ZIP_ENTRY)]
    for start, format_of in starts:
        if inner := _inflated(content[start:], format_of):
            yield from unpacked(inner)


def _places(content: bytes, mark: bytes) -> Iterator[int]:
    place = content.find(mark)
    while place >= 0:
        yield place
        place = content.find(mark, place + 1)


def _after_head(content: bytes, place: int) -> int:
    """Where an entry's data begin: its name and extra field follow a head of 30 bytes (APPNOTE 4.3.7)."""
    name, extra = (int.from_bytes(content[place + at : place + at + 2], "little") for at in (26, 28))
    return place + _ENTRY_HEAD + name + extra


def _inflated(data: bytes, format_of: int) -> bytes:
    """As much as can be read: a member that was cut off still tells how it began."""
    reader, found = zlib.decompressobj(format_of), bytearray()
    try:
        while data and not reader.eof and len(found) < _MOST:
            found += reader.decompress(data[:65_536], _MOST)
            data = data[65_536:]
    except zlib.error:
        pass
    return bytes(found)


def files_of(*folders: Path) -> Iterator[tuple[Path, bytes]]:
    """Every file below, hidden ones too."""
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                yield path, path.read_bytes()
