"""A suite's page in a terminal, as Markdown, or as JSON."""

import re
import textwrap
from typing import TYPE_CHECKING, Any

import click

from aboveboard.cli._output import print_table

if TYPE_CHECKING:
    from aboveboard.evals import Suite
    from aboveboard.evals.pages import Block

_WIDTH = 100
_MARKS = str.maketrans("", "", "`*")
_LINK = re.compile(r"\[([^\]]*)\]\(\.\./([^)]*)\)")
"""To another page of the reference."""


def suite_named(name: str) -> "Suite":
    """The suite of that name, or the one that yields the measure of that name; raises UnknownNameError."""
    from aboveboard.errors import UnknownNameError
    from aboveboard.evals import catalogue, load_suite, suite_names, suite_of

    if name in suite_names():
        return load_suite(name)
    if name in catalogue():
        return suite_of(name)
    raise UnknownNameError("suite or measure", name, [*suite_names(), *catalogue()])


def print_page(suite: "Suite", *, as_markdown: bool) -> None:
    """The page as people read it, or as a file has it."""
    from aboveboard.evals import pages

    page = pages.page_of(pages.facts_of(suite))
    if as_markdown:
        click.echo(pages.as_markdown(page), nl=False)
        return
    click.echo(f"{click.style(page.title, bold=True)}  {page.line}")
    for section in page.sections:
        click.echo("\n" + click.style(section.heading, bold=True))
        for block in section.blocks:
            _print_block(block)


def page_as_json(suite: "Suite") -> Any:
    """The facts of a suite's page."""
    import msgspec

    from aboveboard.evals import pages

    return msgspec.to_builtins(pages.facts_of(suite))


def _print_block(block: "Block") -> None:
    from aboveboard.evals.pages import Code, Points, Table, Text

    match block:
        case Text(text):
            for line in text.splitlines():
                click.echo(_wrapped(line, "  ") if not line.startswith("|") else f"  {line}")
        case Points(lines):
            for line in lines:
                click.echo(_wrapped(line, "  - "))
        case Code(_, text):
            click.echo(textwrap.indent(text, "    "))
        case Table(header, rows):
            click.echo()
            print_table(header, [[cell.translate(_MARKS) for cell in row] for row in rows])


def _wrapped(text: str, start: str) -> str:
    """A paragraph at _WIDTH columns, Markdown's marks taken off; a link tells its page instead."""
    plain = _LINK.sub(r"\1 (docs/reference/\2)", text).replace("`", "").replace("**", "")
    return textwrap.fill(plain, _WIDTH, initial_indent=start, subsequent_indent=" " * len(start))
