"""What a reader of a suite's page must know, and no code tells."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from aboveboard.evals._item import Item

SHIPPED = "Nothing to fetch: the items come with the package, in English."


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """A suite in words; its page is made from it, see `aboveboard.evals.pages`.

    `what` says what it measures and why; `formulas` are by the last part of each measure's id; `data` says
    what items are made of and how answers are read, `needs` where the data come from, `cluster` what one
    independent case is. `sources` name authors, year and title. Where data lie outside the package, `sizes`
    are the requests of the profiles quick and full, and `example` makes an invented item of the same shape.
    `must` is the bound of the example promise, of the first measure; `further` is Markdown for the end.
    """

    what: str
    formulas: Mapping[str, str] = field(default_factory=dict)
    data: str = ""
    needs: str = SHIPPED
    cluster: str = ""
    sources: tuple[str, ...] = ()
    sizes: tuple[int, int] | None = None
    example: Callable[[], Item] | None = None
    must: str = ""
    further: str = ""
