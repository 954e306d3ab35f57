"""Where tenants, keys and users are administered: every change is on record before it is made."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aboveboard.cli._settings import Settings
from aboveboard.cli._workspace import open_evidence, prepare_state
from aboveboard.evidence import Evidence

if TYPE_CHECKING:
    from aboveboard.access import Access, Act

ADMIN = "role:admin"
"""Who acts on the command line: whoever may write to the state directory."""


@dataclass(frozen=True, slots=True)
class Office:
    """What is open while somebody changes who has access."""

    access: "Access"
    evidence: Evidence

    def carry_out(self, act: "Act") -> None:
        """Records the act, then makes the change; raises AboveboardError."""
        self.evidence.recorder.record(act.change)
        self.access.keep(act)


@contextmanager
def open_access(settings: Settings) -> "Iterator[Access]":
    """Tenants, keys and users, to look at; raises AboveboardError."""
    from aboveboard.access import Access

    prepare_state(settings)
    with Access.open(settings.access) as access:
        yield access


@contextmanager
def open_office(settings: Settings) -> Iterator[Office]:
    """The same, to change them."""
    with open_evidence(settings) as evidence, open_access(settings) as access:
        yield Office(access, evidence)
