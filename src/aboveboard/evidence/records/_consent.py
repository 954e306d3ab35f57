"""A person said yes or no to a purpose, after reading a notice."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from aboveboard.evidence.records._record import Record

BASES = (
    "consent",
    "explicit-consent",
    "contract",
    "legal-obligation",
    "vital-interests",
    "public-task",
    "legitimate-interests",
)
"""GDPR Art. 6(1)(a) to (f); `explicit-consent` is Art. 9(2)(a), for special categories of data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent(Record):
    """One event in the register of consents: given, or withdrawn (GDPR Art. 7(1), 7(3)).

    `notice` is the version of the text that was shown, `notice_digest` its SHA-256; the text itself may be
    the attachment `notice`. `channel` says how the person spoke (`web-form`, `paper`, `phone`), `effective`
    since when it counts and `until` when a consent ends by itself (RFC 3339; empty: when withdrawn).
    """

    kind: ClassVar[str] = "consent"

    stage: Literal["given", "withdrawn"]
    purpose: str
    effective: str
    basis: str = "consent"
    notice: str = ""
    notice_digest: str = ""
    channel: str = ""
    until: str = ""
