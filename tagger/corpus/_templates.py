"""The templates of a language: `templates/<language>/<domain>.txt`, one a line, # for comments."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ._grammar import Node, parse

_FOLDER = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Template:
    """A compiled template and the domain (file) it comes from."""

    source: str
    domain: str
    node: Node


@lru_cache(maxsize=8)
def templates(language: str) -> dict[str, tuple[Template, ...]]:
    """Domain → its templates, in the files' order."""
    return {path.stem: _read(path) for path in sorted((_FOLDER / language).glob("*.txt"))}


def _read(path: Path) -> tuple[Template, ...]:
    lines = path.read_text(encoding="utf-8").splitlines()
    found = [line for line in lines if line.strip() and not line.startswith("#")]
    return tuple(Template(line, path.stem, parse(line)) for line in found)
