"""Who looks at a page, and what they may."""

from contextvars import ContextVar
from dataclasses import dataclass, field

from aboveboard.access import Session
from aboveboard.cases import Case
from aboveboard.console._permissions import Permission, granted, granted_to


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody before a page. `session` is None for whoever has not logged in; `can_log_in` where the charter
    asks for that.
    """

    session: Session | None = None
    permissions: frozenset[Permission] = field(default_factory=frozenset)
    can_log_in: bool = False

    @classmethod
    def of(cls, session: Session) -> "Visitor":
        """Somebody who is logged in."""
        return cls(session, granted(session.user.roles), can_log_in=True)

    @property
    def name(self) -> str:
        return self.session.user.name if self.session else ""

    @property
    def roles(self) -> tuple[str, ...]:
        return tuple(self.session.user.roles) if self.session else ()

    @property
    def actor(self) -> str:
        """Who does something, in a record: never the name."""
        return self.session.user.actor if self.session else ""

    @property
    def csrf(self) -> str:
        """What belongs into each form."""
        return self.session.csrf if self.session else ""

    def may(self, permission: str) -> bool:
        """Whether their roles allow something."""
        return permission in self.permissions

    def may_read(self, case: Case) -> bool:
        """Whether the words of a case are for them."""
        return self.may(Permission.READ_ALL) or self._has(case.role, Permission.READ)

    def may_decide(self, case: Case) -> bool:
        """Whether a case is theirs to decide: of a role that they have, and that decides."""
        return self._has(case.role, Permission.DECIDE)

    def _has(self, role: str, permission: Permission) -> bool:
        return role in self.roles and permission in granted_to(role)


NOBODY = Visitor()
VISITOR: ContextVar[Visitor] = ContextVar("visitor", default=NOBODY)
"""Who looks at the page that is being drawn, for the frame of it; the gate sets it for each request."""
