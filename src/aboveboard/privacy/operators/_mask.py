"""Numbered placeholders, restored from the table; or all but the last characters starred out."""

from dataclasses import dataclass
from typing import ClassVar

from aboveboard.privacy._stand_ins import HIGHEST_NUMBER, placeholder, type_name
from aboveboard.privacy.operators._operator import Bond, Session


@dataclass(frozen=True, slots=True)
class Mask:
    """`<EMAIL_1>`, the same for the same value; or, with `keep`, `**** **** **** 1111`.

    `keep` is how many letters and digits at the end stay (0: numbered placeholders). A value with fewer than
    twice as many is starred out whole.
    """

    name: ClassVar[str] = "mask"
    needs_key: ClassVar[bool] = False
    keep: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.keep <= 8:
            raise ValueError("keep: 0 to 8 characters")

    @property
    def bond(self) -> Bond:
        return Bond.LINKED if self.keep else Bond.TABLE

    @property
    def is_restorable(self) -> bool:
        return not self.keep

    def replace(self, value: str, type_: str, session: Session) -> str:
        return _starred(value, self.keep) if self.keep else _numbered(value, type_, session)


def _numbered(value: str, type_: str, session: Session) -> str:
    name = type_name(type_)
    known = session.known.get((name, value))
    if known is None:
        known = session.known[name, value] = _unused(type_, name, session)
        session.table[known] = value
    return known


def _unused(type_: str, name: str, session: Session) -> str:
    made = placeholder(type_, session.next_number(name, HIGHEST_NUMBER))
    while made in session.table:
        made = placeholder(type_, session.next_number(name, HIGHEST_NUMBER))
    return made


def _starred(value: str, keep: int) -> str:
    places = [place for place, character in enumerate(value) if character.isalnum()]
    shown = set(places[-keep:]) if len(places) >= 2 * keep else set()
    return "".join(
        character if place in shown or character in " -./" else "*" for place, character in enumerate(value)
    )
