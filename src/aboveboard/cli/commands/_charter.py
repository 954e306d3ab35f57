"""`aboveboard charter`: explain, compare, schema."""

from pathlib import Path

import click

from aboveboard.cli._group import Group
from aboveboard.cli._output import print_json
from aboveboard.cli._settings import settings_of

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.group(cls=Group)
def command() -> None:
    """Explain a charter, compare two, or print the JSON Schema."""


@command.command()
@click.argument("file", type=_FILE, required=False)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def explain(ctx: click.Context, file: Path | None, as_json: bool) -> None:
    """Say in plain words what a charter promises, and which defaults its context brought."""
    from aboveboard.charter import explain as explain_charter
    from aboveboard.cli._charters import open_charter

    charter = open_charter(file or settings_of(ctx).charter)
    text = explain_charter(charter)
    if as_json:
        print_json({"charter": str(charter.path), "digest": charter.digest, "explanation": text})
    else:
        click.echo(text)


@command.command()
@click.argument("old", type=_FILE)
@click.argument("new", type=_FILE)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def diff(old: Path, new: Path, as_json: bool) -> int:
    """Say what became weaker, stronger or different from OLD to NEW. Exit code 1 when anything is weaker."""
    from aboveboard.charter import diff as diff_charters
    from aboveboard.cli._charters import open_charter

    changes = diff_charters(open_charter(old), open_charter(new))
    if as_json:
        print_json([{"kind": change.kind, "path": change.path, "text": change.text} for change in changes])
    elif not changes:
        click.echo("the two charters promise the same")
    for change in [] if as_json else changes:
        colour = {"weaker": "red", "stronger": "green"}.get(change.kind)
        click.echo(f"{click.style(f'{change.kind:<9}', fg=colour)} {change.path}: {change.text}")
    return int(any(change.kind == "weaker" for change in changes))


@command.command()
def schema() -> None:
    """Print the JSON Schema (draft 2020-12) that editors complete and check a charter with."""
    from aboveboard.charter import charter_schema

    print_json(charter_schema())
