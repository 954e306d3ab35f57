"""The command tree. A command's module is imported only when it runs, so `--help` is quick."""

from importlib import import_module
from pathlib import Path

import click

from aboveboard import __version__
from aboveboard.cli._settings import Settings

COMMANDS = {
    "up": "The main job: assess the model, write the report, serve gateway and console.",
    "init": "Write a commented charter for a context of use.",
    "charter": "Explain a charter, compare two, or print the JSON Schema.",
    "measures": "List what can be measured.",
    "assess": "Measure a model against its charter: kept, broken or undecided.",
    "label": "Have people label answers of a run; put the measure right by their labels.",
    "compare": "Compare two runs on the same items: better, worse or undecided.",
    "eval-case": "Make a complaint or an incident a test, personal data removed.",
    "export-run": "Write a run for Inspect, lm-evaluation-harness, a table, or continuous integration.",
    "mitigate": "Try what needs no training so that a promise is kept; write a patch of the charter.",
    "report": "Write the assessment report and the model card from the evidence.",
    "serve": "Serve the guarded gateway, the console and the ledger.",
    "reload": "Have running gateways read their charter again.",
    "monitor": "Watch the live promises, and lift an alarm about one.",
    "hold": "See the answers that wait for a person, and release, edit or withhold them.",
    "misuse": "See which keys and people are on the misuse ladder, and lift them off it.",
    "verify": "Check an answer's receipt offline.",
    "ledger": "Check, export or witness the ledger.",
    "subject": "See, hand out, correct or erase what is held about a person.",
    "tenant": "Make and list tenants, and limit what their keys may spend together.",
    "key": "Make, list, limit, replace and revoke keys of the gateway; see what they spent.",
    "user": "Add, list and remove people who work in the console.",
    "consent": "Register consents, and say what a person agrees to.",
    "privacy": "Find, mask and restore personal data in files; measure the risk in a table.",
    "doctor": "Say what works here, what does not, and what to do about it.",
}


class LazyGroup(click.Group):
    """A group whose commands live one a file in `cli/commands` and are imported on use."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"aboveboard.cli.commands._{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from aboveboard.errors import nearest

            meant = nearest(args[0], COMMANDS)
            raise click.UsageError(
                f"no command {args[0]!r}" + (f": did you mean {meant!r}?" if meant else ""), ctx
            )
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


EPILOG = """
\b
Start here:
  aboveboard up                           everything, on the bundled model
  aboveboard init --context hiring        a charter of your own
  aboveboard assess                       exit code 0 kept, 1 broken, 2 undecided, 3 error
\b
Shell completion:
  bash: eval "$(_ABOVEBOARD_COMPLETE=bash_source aboveboard)"
  zsh:  eval "$(_ABOVEBOARD_COMPLETE=zsh_source aboveboard)"
  fish: _ABOVEBOARD_COMPLETE=fish_source aboveboard | source
"""


@click.group(
    cls=LazyGroup,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="aboveboard")
@click.option(
    "--state",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="ABOVEBOARD_STATE",
    default=Path(".aboveboard"),
    show_default=True,
    show_envvar=True,
    help="Where keys, ledger, evidence and caches live.",
)
@click.option(
    "--charter",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="ABOVEBOARD_CHARTER",
    default=Path("charter.yaml"),
    show_default=True,
    show_envvar=True,
    help="The charter that says what is promised.",
)
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="ABOVEBOARD_DATA",
    default=None,
    show_envvar=True,
    help="A folder with copies of public benchmark files.",
)
@click.option(
    "--database",
    envvar="ABOVEBOARD_DATABASE",
    default=None,
    show_envvar=True,
    help="A PostgreSQL for ledger, evidence and cases: postgresql://user@host/name.  [default: files]",
)
@click.pass_context
def aboveboard(
    ctx: click.Context, state: Path, charter: Path, data: Path | None, database: str | None
) -> None:
    """Run a language model above board.

    One charter says what your team promises. Aboveboard measures whether the model keeps it, guards every
    answer at run time, and accounts for all of it with evidence that anyone can verify.
    """
    ctx.obj = Settings(state=state, charter=charter, data=data, database=database or None)
