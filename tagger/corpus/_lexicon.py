"""Word lists of a language: `lexicon/<language>.txt`, one list a line, `name: item; item; item`."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "lexicon"


@lru_cache(maxsize=8)
def lexicon(language: str) -> dict[str, tuple[str, ...]]:
    """List name → items. A list named twice is joined."""
    lists: dict[str, tuple[str, ...]] = {}
    for line in (_FOLDER / f"{language}.txt").read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            name, _, items = line.partition(":")
            found = tuple(item.strip() for item in items.split(";") if item.strip())
            lists[name.strip()] = lists.get(name.strip(), ()) + found
    return lists
