"""Which of many short texts a text holds, in one pass.

Nearly every message holds no phrase, and to find that out by looking for each stem by itself cost more than
all else that a guard of phrases does. Hyperscan (Wang et al., NSDI 2019) looks for all at once; where no
wheel of it exists, they are looked for one after the other.
"""

import threading
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

Find = Callable[[str], set[str]]


class Stems:
    """Looks for these; may be used by several threads at once. Compiled when first asked, or by `prepare`."""

    def __init__(self, stems: Iterable[str]) -> None:
        self._stems = tuple(sorted(set(stems)))
        self._here = threading.local()

    def within(self, text: str) -> set[str]:
        """Those that the text holds. Linear in its length."""
        find: Find | None = getattr(self._here, "find", None)
        if find is None:
            find = self._here.find = self._finder()
        return find(text)

    def prepare(self) -> None:
        """Compiles them now: the first text would else pay for it with its guard's time."""
        self.within("")

    def _finder(self) -> Find:
        if self._database is None:
            return self._one_by_one
        import hyperscan

        scan, scratch, stems = self._database.scan, hyperscan.Scratch(self._database), self._stems

        def find(text: str) -> set[str]:
            found: set[int] = set()
            scan(text.encode("utf-8", "surrogatepass"), _keep, 0, found.add, scratch)
            return {stems[number] for number in found}

        return find

    def _one_by_one(self, text: str) -> set[str]:
        return {stem for stem in self._stems if stem in text}

    @cached_property
    def _database(self) -> Any:
        """Hyperscan's, each stem told once; None where it is missing."""
        try:
            import hyperscan
        except ImportError:
            return None
        database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
        database.compile(
            expressions=[_literally(stem) for stem in self._stems],
            ids=list(range(len(self._stems))),
            elements=len(self._stems),
            flags=hyperscan.HS_FLAG_SINGLEMATCH,
        )
        return database


def _literally(stem: str) -> bytes:
    return b"".join(b"\\x%02x" % byte for byte in stem.encode())


def _keep(number: int, _start: int, _end: int, _flags: int, keep: Callable[[int], None]) -> None:
    keep(number)
