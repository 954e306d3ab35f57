"""A page for each suite, from the suite itself: what it measures, by which formula, on what, for how long."""

from aboveboard.evals.pages._facts import UNTOLD, Sizes, SuiteFacts, Turn, facts_of
from aboveboard.evals.pages._families import FAMILIES
from aboveboard.evals.pages._markdown import NOTE, as_markdown, index_page
from aboveboard.evals.pages._page import (
    Block,
    Code,
    Page,
    Points,
    Section,
    Table,
    Text,
    duration,
    page_of,
    promise_of,
)
from aboveboard.evals.pages._timings import TIMINGS, Recorded, Timing, recorded_timings

__all__ = [
    "FAMILIES",
    "NOTE",
    "TIMINGS",
    "UNTOLD",
    "Block",
    "Code",
    "Page",
    "Points",
    "Recorded",
    "Section",
    "Sizes",
    "SuiteFacts",
    "Table",
    "Text",
    "Timing",
    "Turn",
    "as_markdown",
    "duration",
    "facts_of",
    "index_page",
    "page_of",
    "promise_of",
    "recorded_timings",
]
