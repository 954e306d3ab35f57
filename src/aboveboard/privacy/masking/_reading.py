"""Stand-ins read: those in a text that was not masked yet, and those of an earlier table."""

import re
from collections.abc import Mapping

from aboveboard.privacy._span import PersonalData
from aboveboard.privacy.masking._errors import TableError
from aboveboard.privacy.masking._placeholder import pattern
from aboveboard.privacy.masking._unmasker import LITERAL
from aboveboard.privacy.operators import Session
from aboveboard.privacy.operators._tokens import token_pattern

OPENINGS = ("<", "&lt;", "\\u003")
"""What every stand-in begins with."""
_STAND_IN = re.compile(f"{pattern().pattern}|{token_pattern().pattern}")
_OPENING = re.compile(r"<|&lt;|\\u003[cC]")
_NUMBERED = re.compile(r"<([A-Z][A-Z0-9_]{0,80})_([0-9]{1,9})>")
_PSEUDONYM = re.compile(r"<([A-Z][A-Z0-9_]{0,80})~([a-z2-7]{16})(?:\.([1-9][0-9]{0,5}))?>")


def stand_ins() -> re.Pattern[str]:
    """Matches all that can be read back: placeholders as models may write them, and tokens."""
    return _STAND_IN


def lookalikes(text: str, *, openings: bool = False) -> list[PersonalData]:
    """What reads like a stand-in in a text that has none; with `openings`, what could begin one as well."""
    found = [(match.start(), match.end()) for match in _STAND_IN.finditer(text)]
    if openings:
        found = [match.span() for match in re.finditer(f"{_STAND_IN.pattern}|{_OPENING.pattern}", text)]
    return [PersonalData(start, end, LITERAL) for start, end in found]


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
