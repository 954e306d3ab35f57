"""`aboveboard measures`: the catalogue, and a page for each suite."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from aboveboard.cli._output import print_json, print_table

if TYPE_CHECKING:
    from aboveboard.evals import MeasureInfo


@click.command(
    epilog="""
\b
Examples:
  aboveboard measures                            all of them
  aboveboard measures privacy                    those of a family
  aboveboard measures bias.hiring                what a suite measures, how, on what, for how long
  aboveboard measures my.suite --format md       the same as Markdown, for your own suites too
"""
)
@click.argument("name", required=False)
@click.option("--suite", help="Only the measures of this suite.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "md"]),
    default="text",
    show_default=True,
    help="How to write the page of NAME.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(name: str | None, suite: str | None, form: str, as_json: bool) -> None:
    """List what can be measured, with the suite that measures it and which way is better.

    With NAME, a suite's or a measure's: the page of that suite, with formulas, an example, sources, licence
    and caveats; a family's, such as `privacy`: its measures. A promise of the charter names one of these.
    """
    if name is not None:
        _show(name, as_markdown=form == "md", as_json=as_json)
        return
    if form == "md":
        raise click.UsageError("--format is for the page of a suite: name one")
    _list(suite, as_json=as_json)


def _show(name: str, *, as_markdown: bool, as_json: bool) -> None:
    from aboveboard.cli._suite_pages import page_as_json, print_page, suite_named
    from aboveboard.evals import catalogue
    from aboveboard.monitoring import live_measures

    listed = [info for info in live_measures().values() if name in (info.id, info.suite)]
    listed += [info for info in catalogue().values() if "." not in name and info.id.startswith(f"{name}.")]
    if listed:  # live ones are read from the gateway's records and have no page, families have many
        _print_measures(listed, as_json=as_json)
        return
    suite = suite_named(name)
    if as_json:
        print_json(page_as_json(suite))
    else:
        print_page(suite, as_markdown=as_markdown)


def _list(suite: str | None, *, as_json: bool) -> None:
    from aboveboard.errors import UnknownNameError
    from aboveboard.evals import catalogue
    from aboveboard.monitoring import live_measures

    measures = {**catalogue(), **live_measures()}
    suites = {info.suite for info in measures.values()}
    if suite and suite not in suites:
        raise UnknownNameError("suite", suite, suites)
    _print_measures([info for info in measures.values() if suite in (None, info.suite)], as_json=as_json)


def _print_measures(chosen: "Sequence[MeasureInfo]", *, as_json: bool) -> None:
    if as_json:
        print_json([_as_dict(info) for info in chosen])
    else:
        print_table(
            ["measure", "better", "unit", "scoring", "what it is"],
            [[info.id, info.direction, info.unit, info.scoring, info.title] for info in chosen],
        )


def _as_dict(info: object) -> object:
    import msgspec

    return msgspec.to_builtins(info)
