"""The value goes; what it was stays, or not even that."""

from dataclasses import dataclass
from typing import ClassVar

from aboveboard.privacy._stand_ins import type_name
from aboveboard.privacy.operators._operator import Bond, Session


@dataclass(frozen=True, slots=True)
class Redact:
    """`[EMAIL]`, or nothing at all with `remove`."""

    name: ClassVar[str] = "redact"
    needs_key: ClassVar[bool] = False
    remove: bool = False

    @property
    def bond(self) -> Bond:
        return Bond.NONE

    @property
    def is_restorable(self) -> bool:
        return False

    def replace(self, value: str, type_: str, session: Session) -> str:
        return "" if self.remove else redacted(type_)


def redacted(type_: str) -> str:
    """`[EMAIL]`."""
    return f"[{type_name(type_)}]"
