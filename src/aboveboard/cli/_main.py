"""The entry point: runs the command line and turns every failure into a message and an exit code."""

import errno
import os
import sys
import traceback
from collections.abc import Sequence

import click

from aboveboard.cli._app import aboveboard
from aboveboard.errors import AboveboardError

USAGE_OR_RUNTIME_ERROR = 3
INTERRUPTED = 130

_ELSEWHERE = "name another place (of the state: --state or ABOVEBOARD_STATE)"
_CURES = {
    errno.ENOSPC: "free some space and run the same command again; nothing acknowledged is lost",
    errno.EACCES: f"check who owns it, or {_ELSEWHERE}",
    errno.EROFS: f"it is read-only: {_ELSEWHERE}",
    errno.EADDRINUSE: "stop what listens there, or choose another port with --port",
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs `aboveboard` and exits: 0–2 as the command says, 3 on a usage or run-time error, 130 on Ctrl-C."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """The exit code of one command line; messages go to stderr."""
    try:
        result = aboveboard.main(arguments, prog_name="aboveboard", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return USAGE_OR_RUNTIME_ERROR
    except (KeyboardInterrupt, click.Abort):
        click.echo("\nstopped; what was done is kept, the same command goes on from there", err=True)
        return INTERRUPTED
    except AboveboardError as error:
        return _fail(str(error))
    except BrokenPipeError:
        # The reader of our output has gone (`| head`): not our failure, and nothing more to say to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        return _fail(describe_os_error(error))
    except Exception:  # noqa: BLE001  # the edge: Python's own exit code 1 would read as "a promise is broken"
        return _fail(f"this is a fault of Aboveboard, not yours; please report it\n{traceback.format_exc()}")
    return result if isinstance(result, int) else 0


def describe_os_error(error: OSError) -> str:
    """What the operating system refused, where, and what to do."""
    place = f"{error.filename}: " if error.filename else ""
    cure = _CURES.get(error.errno or 0)
    return f"{place}{error.strerror or error}" + (f"\n  {cure}" if cure else "")


def _fail(message: str) -> int:
    click.echo(click.style("error: ", fg="red", bold=True) + message, err=True)
    return USAGE_OR_RUNTIME_ERROR
