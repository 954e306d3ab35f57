"""A server that runs: it changes its charter while it serves, logs, and ends without cutting anybody off."""

from aboveboard.cli.running._ending import Ending
from aboveboard.cli.running._logs import set_up_logs
from aboveboard.cli.running._presence import Presence, Present, find_present
from aboveboard.cli.running._reloading import Reloads
from aboveboard.cli.running._switch import Switch
from aboveboard.cli.running._telemetry import watched
from aboveboard.cli.running._watching import watch

__all__ = [
    "Ending",
    "Presence",
    "Present",
    "Reloads",
    "Switch",
    "find_present",
    "set_up_logs",
    "watch",
    "watched",
]
