"""Looking for a value in bytes, however it may be written."""

import base64
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote


def disguises(value: str) -> set[bytes]:
    """The value in UTF-8 and UTF-16, escaped for JSON and for addresses, in hexadecimal and in base64."""
    plain = value.encode()
    found = {
        plain,
        value.encode("utf-16-le"),
        value.encode("utf-16-be"),
        json.dumps(value)[1:-1].encode(),
        quote(value, safe="").encode(),
        quote(value).encode(),
        plain.hex().encode(),
    }
    return {each.lower() for each in found} | {each.lower() for each in _in_base64(plain)}


def _in_base64(plain: bytes) -> Iterator[bytes]:
    """What base64 shows of it wherever it begins; characters that neighbours take part in are left out."""
    for before, lost in ((0, 0), (1, 2), (2, 3)):
        text = base64.b64encode(bytes(before) + plain).rstrip(b"=")
        whole = (before + len(plain)) * 8 // 6
        yield text[lost:whole]


def found_in(files: Iterable[tuple[Path, bytes]], values: Iterable[str]) -> list[str]:
    """Which values stand in which files, in any letter case."""
    wanted = {value: disguises(value) for value in values}
    return sorted(
        f"{value!r} in {path}"
        for path, content in files
        for value, forms in wanted.items()
        if any(form in content.lower() for form in forms)
    )


def files_of(*folders: Path) -> Iterator[tuple[Path, bytes]]:
    """Every file below, hidden ones too."""
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                yield path, path.read_bytes()
