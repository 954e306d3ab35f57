"""A stable name for a value within a scope, that no other scope shares."""

import hashlib
import hmac
from base64 import b32encode
from dataclasses import dataclass
from typing import ClassVar

from aboveboard.privacy._stand_ins import HIGHEST_VARIANT, token, type_name
from aboveboard.privacy.operators._hash import material
from aboveboard.privacy.operators._operator import Bond, Session


@dataclass(frozen=True, slots=True)
class Pseudonymise:
    """`<PERSON~k7q2xw9mabcdefgh>`: 80 bits of HMAC-SHA-256 under a key of this scope alone.

    The same value (in its normal form: `Anna Müller`, `ANNA MÜLLER`) has the same pseudonym in one scope
    under one key, in every run; in two scopes nobody without the key can tell that two pseudonyms are one
    value's. Another way of writing a value has `.2`, `.3`… behind the pseudonym, so that restoring gives
    back what stood there; with `merge` it has not, and restoring gives the first way of writing it.
    """

    name: ClassVar[str] = "pseudonymise"
    needs_key: ClassVar[bool] = True
    merge: bool = False

    @property
    def bond(self) -> Bond:
        return Bond.TABLE

    @property
    def is_restorable(self) -> bool:
        return not self.merge

    def replace(self, value: str, type_: str, session: Session) -> str:
        name = f"{type_name(type_)}~"
        known = session.known.get((name, value))
        if known is None:
            known = session.known[name, value] = self._named(value, type_, session)
            session.table.setdefault(known, value)
        return known

    def _named(self, value: str, type_: str, session: Session) -> str:
        pseudonym = pseudonym_of(value, type_, session)
        made = token(type_, "~", pseudonym)
        while not self.merge:
            variant = session.next_number(f"{type_name(type_)}~{pseudonym}", HIGHEST_VARIANT)
            made = token(type_, "~", pseudonym if variant == 1 else f"{pseudonym}.{variant}")
            if made not in session.table:
                break
        return made


def pseudonym_of(value: str, type_: str, session: Session) -> str:
    """16 letters and digits of base32 (RFC 4648, in lower case)."""
    key = session.need_key(Pseudonymise.name).derive(f"pseudonymise/{session.scope}")
    return b32encode(hmac.digest(key, material(value, type_), hashlib.sha256)[:10]).decode("ascii").lower()
