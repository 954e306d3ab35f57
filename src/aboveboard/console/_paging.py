"""A long list, a page at a time."""

from dataclasses import dataclass

from starlette.requests import Request

PAGE = 100
_MOST_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Paged:
    """Where one is in a list of so many: pages are counted from 1, and asked for by `?name=2`."""

    name: str
    total: int
    number: int

    @classmethod
    def of(cls, request: Request, name: str, total: int) -> "Paged":
        """The page that was asked for; the nearest there is where it is none."""
        wanted = request.query_params.get(name, "")
        is_number = wanted.isascii() and wanted.isdigit() and len(wanted) <= _MOST_DIGITS
        last = max(1, -(-total // PAGE))
        return cls(name, total, min(max(1, int(wanted)) if is_number else 1, last))

    @property
    def skip(self) -> int:
        """How many come before it."""
        return (self.number - 1) * PAGE

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.total // PAGE))
