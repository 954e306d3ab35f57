"""What can go wrong with access.

AccessError
├── AccessInputError      a name, scope, limit, role or password that cannot be taken
├── UnknownHolderError    no tenant, key or user answers to this
├── AlreadyThereError     a tenant or user of this name is there already
├── OvertakenError        somebody else changed the same thing meanwhile
├── StaleError            who may come in could not be read for too long to let anybody in
├── LoginError            name or password is wrong; never says which
│   └── ThrottledError    too many attempts: wait
└── AccessStoreError      access.db cannot be opened, written or read
"""

from aboveboard.errors import AboveboardError


class AccessError(AboveboardError):
    """Any failure of this package."""


class AccessInputError(AccessError):
    """A name, scope, limit, role or password that cannot be taken."""


class UnknownHolderError(AccessError):
    """No tenant, key or user answers to this."""


class AlreadyThereError(AccessError):
    """A tenant or user of this name is there already."""


class OvertakenError(AccessError):
    """Somebody else changed the same thing meanwhile."""


class StaleError(AccessError):
    """Who may come in could not be read for too long to let anybody in."""


class LoginError(AccessError):
    """Name or password is wrong; never says which."""


class ThrottledError(LoginError):
    """Too many attempts for this name or from this address; `seconds` until the next is looked at."""

    def __init__(self, seconds: int) -> None:
        super().__init__("too many attempts", cure=f"wait {seconds} seconds and try again")
        self.seconds = seconds


class AccessStoreError(AccessError):
    """access.db cannot be opened, written or read."""
