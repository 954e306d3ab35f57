"""Tables of stand-ins and values, of an earlier masking or from a file."""

import re
from collections.abc import Mapping

from aboveboard.privacy.masking._errors import TableError
from aboveboard.privacy.operators import Session

_NUMBERED = re.compile(r"<([A-Z][A-Z0-9_]{0,80})_([0-9]{1,9})>")
_PSEUDONYM = re.compile(r"<([A-Z][A-Z0-9_]{0,80})~([a-z2-7]{16})(?:\.([1-9][0-9]{0,5}))?>")


def checked_table(table: object) -> Mapping[str, str]:
    """The table, when it is one. Raises TableError, which shows no value."""
    if not isinstance(table, Mapping):
        raise TableError("not a table", cure="a table is a JSON object of stand-ins and values")
    for stand_in, value in table.items():
        if not (isinstance(stand_in, str) and isinstance(value, str) and _is_written(stand_in)):
            cure = "a table is what `Masking.table` gave, unchanged"
            raise TableError("not a table of stand-ins and values", cure=cure)
    return table


def _is_written(stand_in: str) -> bool:
    return bool(_NUMBERED.fullmatch(stand_in) or _PSEUDONYM.fullmatch(stand_in))


def resume(session: Session, table: Mapping[str, str]) -> None:
    """Makes the session go on where the one that made the table ended."""
    session.table.update(table)
    for stand_in, value in table.items():
        if match := _NUMBERED.fullmatch(stand_in):
            _remember(session, match[1], int(match[2]))
            session.known[match[1], value] = stand_in
        elif match := _PSEUDONYM.fullmatch(stand_in):
            _remember(session, f"{match[1]}~{match[2]}", int(match[3] or 1))
            session.known[f"{match[1]}~", value] = stand_in


def _remember(session: Session, name: str, number: int) -> None:
    session.numbers[name] = max(number, session.numbers.get(name, 0))
