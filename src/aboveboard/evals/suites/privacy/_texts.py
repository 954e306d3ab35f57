"""Reading files of one JSON object a line that their owner made."""

import json
from collections.abc import Sequence
from pathlib import Path

from aboveboard.evals._errors import SuiteDataError

_LONGEST_LINE = 1_000_000


def read_lines(path: Path, fields: Sequence[str]) -> list[dict[str, str]]:
    """The objects of a JSONL file, each with these fields as non-empty texts.

    Raises SuiteDataError that names file and line; lines of more than a million characters are refused.
    """
    rows = []
    with path.open(encoding="utf-8", errors="strict") as file:
        try:
            for number, line in enumerate(iter(lambda: file.readline(_LONGEST_LINE + 1), ""), 1):
                if line.strip():
                    rows.append(_row(line, fields, f"{path}:{number}"))
        except UnicodeDecodeError as error:
            raise SuiteDataError("the file is not UTF-8", where=str(path), cure="save it as UTF-8") from error
    return rows


def _row(line: str, fields: Sequence[str], where: str) -> dict[str, str]:
    if len(line) > _LONGEST_LINE:
        raise SuiteDataError("the line is too long", where=where, cure="split the text")
    try:
        read = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise SuiteDataError(f"not JSON: {error}", where=where, cure=_form_of(fields)) from error
    is_whole = isinstance(read, dict) and all(isinstance(read.get(f), str) and read[f] for f in fields)
    if not is_whole:
        wanted = f"an object with the texts {', '.join(fields)} is wanted"
        raise SuiteDataError(wanted, where=where, cure=_form_of(fields))
    return {field: read[field] for field in fields}


def _form_of(fields: Sequence[str]) -> str:
    return "write one object a line: {" + ", ".join(f'"{field}": "…"' for field in fields) + "}"
