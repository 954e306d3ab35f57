"""What a server logs: one line an event, for a person or for a machine, and never what anybody said.

A traceback is cut down to the kind of the exception and the places it came through, since messages of
exceptions quote what they could not read. Line feeds and control characters are escaped, so that no text from
outside can begin a line of its own.
"""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import Any

from aboveboard.cli._operation import LogFormat

_PLACES = 8


def set_up_logs(form: LogFormat) -> None:
    """Sends the log of this process to stderr: what this project says of itself, and others' warnings."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if form == "json" else TextLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("aboveboard").setLevel(logging.INFO)


class JsonLines(logging.Formatter):
    """A JSON object a line: `time`, `level`, `logger`, `message`, and the fields of the event."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(_content(record), ensure_ascii=True, default=str)


class TextLines(logging.Formatter):
    """The same for a person: `2026-01-02T03:04:05.678Z warning the message name=value …`."""

    def format(self, record: logging.LogRecord) -> str:
        content = _content(record)
        head = f"{content.pop('time')} {content.pop('level')} {content.pop('message')}"
        content.pop("logger")
        fields = "".join(f" {name}={value}" for name, value in content.items())
        return "".join(map(_printable, head + fields))


def _content(record: logging.LogRecord) -> dict[str, Any]:
    moment = datetime.fromtimestamp(record.created, UTC)
    fields: dict[str, Any] = getattr(record, "fields", {})
    return {
        "time": moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "level": record.levelname.lower(),
        "logger": record.name,
        "message": record.getMessage(),
        **fields,
        **_fault(record),
    }


def _fault(record: logging.LogRecord) -> dict[str, str]:
    error = record.exc_info[1] if record.exc_info else None
    if error is None:
        return {}
    frames = traceback.extract_tb(error.__traceback__)[-_PLACES:]
    return {
        "exception": type(error).__name__,
        "at": " > ".join(f"{frame.name}:{frame.lineno}" for frame in frames),
    }


def _printable(character: str) -> str:
    return character if character.isprintable() else character.encode("unicode_escape").decode("ascii")
