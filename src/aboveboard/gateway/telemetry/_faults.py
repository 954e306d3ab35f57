"""Faults of ours in the log, without a word of anybody's prompt."""

import logging
import traceback

_log = logging.getLogger(__name__)


def log_fault(error: BaseException) -> None:
    """Logs where an unexpected exception came from. Its message is left out: it may quote what was sent."""
    frames = traceback.extract_tb(error.__traceback__)
    places = " > ".join(f"{frame.name}:{frame.lineno}" for frame in frames[-8:])
    _log.error("unexpected %s at %s", type(error).__name__, places)
