"""`aboveboard privacy types|key`: what can be found, and what policies need."""

from pathlib import Path

import click

from aboveboard.cli._output import print_json, print_table, say
from aboveboard.cli._privacy_options import FILE


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def types(as_json: bool) -> None:
    """List every type that is found."""
    from aboveboard.privacy.files import known_types, secret_types

    rows = [(name, "secret" if name in secret_types() else "personal data") for name in known_types()]
    if as_json:
        print_json([{"type": name, "kind": kind} for name, kind in rows])
    else:
        print_table(["type", "kind"], rows)


@click.command()
@click.argument("file", type=FILE)
def key(file: Path) -> None:
    """Make a key for a policy, in a new FILE.

    Policies that hash, pseudonymise or encrypt need one. Only you may read the file (mode 0600).
    """
    from aboveboard.privacy.operators import Key

    Key.make(file)
    say(f"wrote {file}: keep it as private as the data; who has it can lead stand-ins back or link them")
