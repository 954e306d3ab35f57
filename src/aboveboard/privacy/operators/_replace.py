"""A made-up value of the same type in the place of a real one."""

import hashlib
import hmac
from dataclasses import dataclass
from random import Random
from typing import ClassVar

from aboveboard.privacy.operators._hash import material
from aboveboard.privacy.operators._operator import Bond, Session
from aboveboard.privacy.operators.synthetic import make_up


@dataclass(frozen=True, slots=True)
class Replace:
    """`Anna Müller` becomes `Lena Vogt`: the same type, form, gender and language, from ranges that belong
    to nobody where there are such ranges.

    The same value has the same made-up one within a scope under one key, and another in another scope.
    Nothing restores it. `locale` (`de_DE`) is where names and places come from; unset, the policy's, then a
    guess.
    """

    name: ClassVar[str] = "replace"
    needs_key: ClassVar[bool] = True
    locale: str = ""

    @property
    def bond(self) -> Bond:
        return Bond.LINKED

    @property
    def is_restorable(self) -> bool:
        return False

    def replace(self, value: str, type_: str, session: Session) -> str:
        key = session.need_key(self.name).derive(f"replace/{session.scope}")

        def draw(part: str, kind: str) -> Random:
            seed = hmac.digest(key, material(part, kind), hashlib.sha256)
            return Random(int.from_bytes(seed, "big"))  # noqa: S311 - seeded by a keyed hash, guards nothing itself

        return make_up(value, type_, draw, self.locale or session.locale)
