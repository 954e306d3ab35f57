"""What lies in the package of a document (ECMA-376, part 2), and what becomes of each part in a masked copy.

XML is read, whatever its name, and masked. Fonts stay. Pictures give way to a blank one, and all that is
neither (workbooks and objects embedded, settings of printers, signatures, files taken in) to nothing: nobody
looked into them.
"""

import re
import struct
import zipfile
import zlib
from functools import cache
from pathlib import PurePosixPath
from posixpath import normpath

from aboveboard.privacy.files._errors import FileError
from aboveboard.privacy.files._looking import found_in_name

MOST_ENTRIES = 10_000
MOST_PART = 1 << 26
MOST_ALL = 1 << 30
CURE = "see that the file is whole and opens in a word processor"
_XML = frozenset((".xml", ".rels", ".vml", ".svg"))
_FONTS = frozenset((".odttf", ".ttf", ".otf", ".fntdata"))
_PICTURES = frozenset(
    (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".webp", ".ico")
)
_MACROS = re.compile(r"vba|macros?\b", re.IGNORECASE)
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^<>]*+>")
_MAIN = re.compile(r"""\bType\s*=\s*["'][^"']*/officeDocument["']""")
_TARGET = re.compile(r"""\bTarget\s*=\s*["']([^"']+)["']""")
_USUAL = re.compile(
    r"(?:word|docProps|_rels|customXml|customUI|theme|media|embeddings|charts?|diagrams|fonts?|glossary|document"
    r"|header|footer|footnotes|endnotes|comments(?:Extended|Extensible|Ids)?|people|settings|webSettings|styles"
    r"|stylesWithEffects|fontTable|numbering|image|style|colors|drawings?|oleObject|item|itemProps|core|app"
    r"|custom|thumbnail|activeX|afchunk|printerSettings|data|layout|quickStyle|quickStyles|ink|docMetadata"
    r"|LabelInfo|webextensions?|taskpanes|\[Content_Types\]|Microsoft_\w+?|\.?)\d*",
)


def check(archive: zipfile.ZipFile, name: str) -> None:
    """Raises FileError for a package that is no document, a bomb, or one that no copy could be made of."""
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES or sum(info.file_size for info in entries) > MOST_ALL:
        raise FileError("unpacks like a decompression bomb", where=name, cure=CURE)
    names = [info.filename for info in entries]
    if len({each.casefold() for each in names}) < len(names):
        raise FileError("two parts have one name", where=name, cure=CURE)
    main = main_part(archive, name)
    if main not in names or not is_xml(main):
        raise FileError("a zip file that holds no document", where=name, cure=CURE)
    if any(_MACROS.search(PurePosixPath(each).name) for each in names):
        cure = "save it without macros, as a .docx"
        raise FileError("a document with macros, which are not looked into", where=name, cure=cure)
    if any(map(_names_somebody, names)):
        cure = "open it in a word processor and save it anew"
        raise FileError("a part of the document is named with personal data", where=name, cure=cure)


def main_part(archive: zipfile.ZipFile, name: str) -> str | None:
    """The name of the part that the package says is the document, wherever it lies."""
    if "_rels/.rels" not in archive.namelist():
        return None
    for relation in _RELATION.finditer(read_part(archive, "_rels/.rels", name)):
        target = _TARGET.search(relation[0])
        if _MAIN.search(relation[0]) and target is not None:
            return normpath(target[1].lstrip("/"))
    return None


def read_part(archive: zipfile.ZipFile, part: str, name: str) -> str:
    """The text of a part. Raises FileError when it is too large, ValueError when it is no text."""
    with archive.open(part) as file:
        data = file.read(MOST_PART + 1)
    if len(data) > MOST_PART:
        raise FileError(f"{part} is too large to read", where=name, cure=CURE)
    return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")


def is_xml(part: str) -> bool:
    """Whether a part is read."""
    return _suffix(part) in _XML


def is_kept(part: str) -> bool:
    """Whether a part that is not read may go into a copy: folders and fonts."""
    return part.endswith("/") or _suffix(part) in _FONTS


def stand_in(part: str) -> bytes:
    """What takes the place of a part that nobody looked into."""
    return _blank_picture() if _suffix(part) in _PICTURES else b""


def is_stand_in(info: zipfile.ZipInfo) -> bool:
    """Whether a part is what takes a part's place already."""
    blank = stand_in(info.filename)
    return (info.file_size, info.CRC) == (len(blank), zlib.crc32(blank))


def _suffix(part: str) -> str:
    return PurePosixPath(part.lower()).suffix or PurePosixPath(part.lower()).name


@cache
def _blank_picture() -> bytes:
    """A PNG of one clear pixel (RFC 2083)."""
    header = struct.pack(">IIBBBBB", 1, 1, 8, 6, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(5))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def _names_somebody(part: str) -> bool:
    pieces = (piece.partition(".")[0] or piece.removeprefix(".") for piece in part.split("/"))
    unusual = [piece for piece in pieces if piece and not _USUAL.fullmatch(piece)]
    return any(found_in_name(piece) for piece in unusual)
