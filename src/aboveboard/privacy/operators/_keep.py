"""The value stays."""

from dataclasses import dataclass
from typing import ClassVar

from aboveboard.privacy.operators._operator import Bond, Session


@dataclass(frozen=True, slots=True)
class Keep:
    """Leaves the value as it is."""

    name: ClassVar[str] = "keep"
    needs_key: ClassVar[bool] = False

    @property
    def bond(self) -> Bond:
        return Bond.PLAIN

    @property
    def is_restorable(self) -> bool:
        return True

    def replace(self, value: str, type_: str, session: Session) -> str:
        return value
