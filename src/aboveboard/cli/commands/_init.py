"""`aboveboard init`: a commented charter to start from."""

from pathlib import Path

import click

from aboveboard.cli._output import print_json, say
from aboveboard.cli._settings import settings_of
from aboveboard.errors import AboveboardError
from aboveboard.files import write_text


@click.command(epilog="Example: aboveboard init --context hiring --name 'CV screening'")
@click.option(
    "--context", default="general", show_default=True, help="The context of use; brings default promises."
)
@click.option("--name", default="My assistant", show_default=True, help="What the system is called.")
@click.option("--force", is_flag=True, help="Overwrite an existing charter.")
@click.option("--json", "as_json", is_flag=True, help="Print the path as JSON.")
@click.pass_context
def command(ctx: click.Context, context: str, name: str, force: bool, as_json: bool) -> None:
    """Write a commented charter for a context of use.

    Contexts: general, hiring, customer-support, mental-health, public-service. The file is yours to edit;
    `aboveboard charter explain` says in plain words what it promises.
    """
    path = settings_of(ctx).charter
    write_charter(path, context, name, force=force)
    if as_json:
        print_json({"charter": str(path), "context": context})
        return
    say(f"wrote {path}: read it, edit it, then run `aboveboard charter explain`")


def write_charter(path: Path, context: str, name: str, *, force: bool = False) -> None:
    """Writes the template; never over a charter that is there, unless forced."""
    from aboveboard.charter import charter_template

    if path.exists() and not force:
        raise AboveboardError(
            "there is a charter already", where=str(path), cure="use --force to overwrite it"
        )
    write_text(path, charter_template(context, name))
