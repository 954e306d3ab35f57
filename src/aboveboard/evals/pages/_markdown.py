"""Pages as Markdown."""

from collections.abc import Sequence
from itertools import groupby

from aboveboard.evals.pages._facts import SuiteFacts
from aboveboard.evals.pages._families import FAMILIES
from aboveboard.evals.pages._page import Block, Code, Page, Points, Table, Text, quick_time

NOTE = "Written by `make docs` from the suite itself."


def as_markdown(page: Page) -> str:
    """The whole page."""
    parts = [f"# {page.title}", page.line]
    for section in page.sections:
        parts += [f"## {section.heading}", *(_block(block) for block in section.blocks)]
    return "\n\n".join(parts) + "\n"


def index_page(suites: Sequence[SuiteFacts]) -> str:
    """All suites by family, each with its link, measures and sizes."""
    parts = ["# Suites", f"A page for each. {NOTE} How to read results: [measures](../measures.md)."]
    for family, found in groupby(sorted(suites, key=lambda each: each.id), key=lambda each: each.family):
        parts += [f"## {FAMILIES.get(family, family)}", _family(list(found))]
    return "\n\n".join(parts) + "\n"


def _family(suites: Sequence[SuiteFacts]) -> str:
    rows = tuple(
        (
            f"[`{each.id}`]({each.id}.md)",
            each.title,
            "<br>".join(f"`{measure.id}`" for measure in each.measures),
            f"{each.sizes.quick:,} / {each.sizes.full:,}" if each.sizes else "–",
            ", ".join(dict.fromkeys(measure.scoring for measure in each.measures)),
            quick_time(each),
        )
        for each in suites
    )
    return _block(Table(("suite", "what", "measures", "quick / full", "scoring", "quick takes"), rows))


def _block(block: Block) -> str:
    match block:
        case Text(text):
            return text
        case Points(lines):
            return "\n".join(f"- {line}" for line in lines)
        case Code(language, text):
            fence = "`" * (3 if "```" not in text else 4)
            return f"{fence}{language}\n{text}\n{fence}"
        case Table(header, rows):
            whole = [header, ("---",) * len(header), *rows]
            return "\n".join("| " + " | ".join(_cell(cell) for cell in row) + " |" for row in whole)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
