"""A run as a table: one row an item."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

from aboveboard.evals._errors import EvalError
from aboveboard.evals.comparing import RecordedRun

Row = Mapping[str, Any]

_PLAIN = (
    *("id", "suite", "cluster", "mode", "answer", "target", "error", "prompt_tokens", "completion_tokens"),
    *("seconds", "cached", "model", "model_digest", "backend", "key"),
)
_ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection)."""


def rows_of_run(run: RecordedRun) -> list[dict[str, Any]]:
    """One row an item: plain fields, the prompt and the next tokens as JSON, `score.<name>`, `group.<by>`."""
    entries = run.entries.values()
    scores = list(dict.fromkeys(name for each in entries for name in each["score"] or {}))
    groups = list(dict.fromkeys(name for each in entries for name in each["groups"]))
    return [_row(each, scores, groups) for each in entries]


def _row(entry: Mapping[str, Any], scores: Sequence[str], groups: Sequence[str]) -> dict[str, Any]:
    row = {name: entry[name] for name in _PLAIN}
    row["prompt"] = json.dumps(entry["prompt"], ensure_ascii=False)
    row["logprobs"] = json.dumps(entry["logprobs"], ensure_ascii=False)
    row |= {f"score.{name}": (entry["score"] or {}).get(name) for name in scores}
    return row | {f"group.{name}": entry["groups"].get(name) for name in groups}


def csv_text(rows: Sequence[Row]) -> str:
    """RFC 4180, with a header. A text that a spreadsheet would run as a formula gets an apostrophe before it:
    answers are other people's words. Parquet keeps every text as it is.
    """
    out = io.StringIO(newline="")
    if rows:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows({name: _inert(value) for name, value in row.items()} for row in rows)
    return out.getvalue()


def _inert(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_ACTIVE) else value


def parquet_bytes(rows: Sequence[Row]) -> bytes:
    """The same as Parquet, texts as they are; raises EvalError without the extra `files`."""
    try:
        pyarrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError as error:
        raise EvalError("Parquet needs pyarrow", cure="pip install 'aboveboard[files]'") from error
    sink = pyarrow.BufferOutputStream()
    parquet.write_table(pyarrow.Table.from_pylist([dict(row) for row in rows]), sink)
    return bytes(sink.getvalue().to_pybytes())
