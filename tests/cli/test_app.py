"""The command tree: its help teaches, its start is quick, its shell completion works."""

import resource
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from aboveboard.cli._app import COMMANDS, aboveboard
from samples.commands import Ran, run_program


def paths() -> list[tuple[str, ...]]:
    """Every command and subcommand."""
    found: list[tuple[str, ...]] = []
    context = click.Context(aboveboard)
    for name in COMMANDS:
        command = aboveboard.get_command(context, name)
        assert command is not None
        found.append((name,))
        if isinstance(command, click.Group):
            found += [(name, each) for each in command.commands]
    return found


def test_a_command_that_is_none_is_not_answered_with_one_that_is_nothing_like_it() -> None:
    assert CliRunner().invoke(aboveboard, ["promises"]).output.endswith("no command 'promises'\n")
    assert "did you mean 'assess'?" in CliRunner().invoke(aboveboard, ["asess"]).output


@pytest.mark.parametrize("path", paths(), ids=" ".join)
def test_the_help_of_a_command_says_what_it_does_and_what_each_option_means(path: tuple[str, ...]) -> None:
    command: click.Command | None = aboveboard
    for name in path:
        assert isinstance(command, click.Group)
        command = command.get_command(click.Context(command), name)
    assert command is not None
    assert len((command.help or "").split()) >= 5
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, f"{' '.join(path)} {option.name} has no help"


@pytest.mark.parametrize("path", paths(), ids=" ".join)
def test_the_help_of_a_command_is_shown_without_running_it(path: tuple[str, ...]) -> None:
    shown = CliRunner().invoke(aboveboard, [*path, "--help"], prog_name="aboveboard")
    assert shown.exit_code == 0
    assert shown.output.startswith(f"Usage: aboveboard {' '.join(path)}")
    assert max(map(len, shown.output.splitlines())) <= 100


def test_the_help_of_a_group_cuts_no_line_off() -> None:
    shown = CliRunner().invoke(aboveboard, ["label", "--help"], terminal_width=80)
    assert "how easily led astray." in shown.output
    assert not [line for line in shown.output.splitlines() if line.endswith("...") and "Usage" not in line]


def test_the_first_help_lists_every_command_and_where_to_start() -> None:
    shown = CliRunner().invoke(aboveboard, ["--help"]).output
    assert "Start here:" in shown
    for name, text in COMMANDS.items():
        assert name in shown
        assert text[:40] in shown


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_gets_its_completion_script(shell: str) -> None:
    ran = run_program(Path.cwd(), env={"_ABOVEBOARD_COMPLETE": f"{shell}_source"})
    assert ran.code == 0, ran
    assert "_ABOVEBOARD_COMPLETE" in ran.out
    assert "aboveboard" in ran.out


def test_completion_knows_the_commands_and_their_options() -> None:
    asked = {"_ABOVEBOARD_COMPLETE": "bash_complete", "COMP_WORDS": "aboveboard le", "COMP_CWORD": "1"}
    assert run_program(Path.cwd(), env=asked).out.split() == ["plain,ledger"]
    asked = {
        "_ABOVEBOARD_COMPLETE": "bash_complete",
        "COMP_WORDS": "aboveboard assess --su",
        "COMP_CWORD": "2",
    }
    assert run_program(Path.cwd(), env=asked).out.split() == ["plain,--suite"]


def test_help_is_quick() -> None:
    """The figure itself comes from benchmarks/startup.py; this only catches a heavy import."""
    assert min(_processor_time() for _ in range(3)) < 0.5


def _processor_time() -> float:
    """Seconds, of the program alone: others may keep the machine busy."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    ran: Ran = run_program(Path.cwd(), "--help")
    assert ran.code == 0
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
