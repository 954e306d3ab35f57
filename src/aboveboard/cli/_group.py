"""Groups of commands that list each one by the whole first sentence of its help."""

import click

_LONGEST = 1000


class Group(click.Group):
    """A group whose list breaks long lines; click's own cuts them off at the width of the terminal."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        rows = [(name, each.get_short_help_str(_LONGEST)) for name, each in commands if each is not None]
        with formatter.section("Commands"):
            formatter.write_dl(rows)
