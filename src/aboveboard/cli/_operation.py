"""How a server is run: the options of `serve` and `up` that do not say where it is."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

import click

LogFormat = Literal["text", "json"]
F = TypeVar("F", bound=Callable[..., Any])

_OPTIONS = (
    click.option(
        "--drain-delay",
        type=click.FloatRange(0, 600),
        default=0.0,
        show_default=True,
        help="After SIGTERM: seconds of listening on while /readyz says no, for load balancers.",
    ),
    click.option(
        "--drain-limit",
        type=click.FloatRange(0, 3600),
        default=20.0,
        show_default=True,
        help="Seconds that answers on their way may take once the listener is closed.",
    ),
    click.option(
        "--reload-every",
        type=click.FloatRange(0, 3600),
        default=5.0,
        show_default=True,
        help="Look for a changed charter every so many seconds; 0: only when told (SIGHUP, `reload`).",
    ),
    click.option(
        "--log-format",
        type=click.Choice(["text", "json"]),
        default="text",
        show_default=True,
        help="How events are logged, one a line.",
    ),
    click.option("--access-log", is_flag=True, help="Log a line for each request, with its receipt."),
)


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds: for how long it still listens while `/readyz` says no, so that load balancers notice; and how
    long answers on their way may then take.
    """

    delay: float = 0.0
    limit: float = 20.0


@dataclass(frozen=True, slots=True)
class Operation:
    """How a server behaves: how it ends, looks for a new charter (every so many seconds; 0: never), logs."""

    patience: Patience = field(default_factory=Patience)
    reload_every: float = 5.0
    log_format: LogFormat = "text"
    logs_requests: bool = False

    @staticmethod
    def of(given: dict[str, Any]) -> "Operation":
        """From what `running_options` read."""
        patience = Patience(given["drain_delay"], given["drain_limit"])
        return Operation(patience, given["reload_every"], given["log_format"], given["access_log"])


def running_options(command: F) -> F:
    """Gives a command the options that `Operation.of` reads."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command
