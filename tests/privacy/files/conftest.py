"""Files of every kind, and short ways to scan, mask and restore them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from aboveboard.privacy.files import (
    FileEnd,
    FileFinding,
    Input,
    Restoring,
    Scan,
    mask_file,
    restore_file,
    scan_file,
    scan_files,
)
from aboveboard.privacy.masking import Masking

Write = Callable[[str, bytes | str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file: `write("a.txt", "text")`."""

    def written(name: str, content: bytes | str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return written


@pytest.fixture
def found() -> Callable[..., list[tuple[str, str, str]]]:
    """Type, value and place of all that is found in a file."""

    def scanned(path: Path, scan: Scan | None = None) -> list[tuple[str, str, str]]:
        return [(each.type, each.value, str(each.place)) for each in scan_file(path, scan)]

    return scanned


@pytest.fixture
def there_and_back(tmp_path: Path) -> Callable[..., bytes]:
    """Masks a file, restores the copy, checks that all came back; returns the masked bytes."""

    def gone(path: Path, scan: Scan | None = None) -> bytes:
        masking = Masking()
        masked, back = tmp_path / "masked" / path.name, tmp_path / "back" / path.name
        masked.parent.mkdir(exist_ok=True)
        back.parent.mkdir(exist_ok=True)
        mask_file(path, masked, masking, scan)
        restore_file(masked, back, Restoring(masking.table), scan)
        assert back.read_bytes() == path.read_bytes()
        return masked.read_bytes()

    return gone


@pytest.fixture
def places() -> Callable[[Path, Scan], list[FileFinding]]:
    """The findings of a file."""
    return lambda path, scan: list(scan_file(path, scan))


@pytest.fixture
def notes() -> Callable[[Path], tuple[str, ...]]:
    """What is said about a file besides its findings."""

    def noted(path: Path) -> tuple[str, ...]:
        events = scan_files([Input(path, "f", Path("f"))], Scan())
        (end,) = [each for each in events if isinstance(each, FileEnd)]
        return end.notes

    return noted
