"""Who may ask, how much, and who works in the console: tenants, keys, limits, people, sessions."""

from aboveboard.access._access import Access
from aboveboard.access._acts import Act
from aboveboard.access._errors import (
    AccessError,
    AccessInputError,
    AccessStoreError,
    AlreadyThereError,
    LoginError,
    OvertakenError,
    StaleError,
    ThrottledError,
    UnknownHolderError,
)
from aboveboard.access._holders import SCOPES, Caller, Key, Tenant
from aboveboard.access._keyring import STALE_SECONDS
from aboveboard.access._lanes import Lane, Refusal
from aboveboard.access._limits import (
    METERS,
    NOTHING,
    PERIODS,
    UNIT,
    Amounts,
    Limit,
    limit_of,
    parse_limit,
    shown,
)
from aboveboard.access._metering import Metering, Reservation
from aboveboard.access._passwords import Cost
from aboveboard.access._people import ROLES, People, User
from aboveboard.access._register import Issued, KeyOrder
from aboveboard.access._sessions import IDLE_SECONDS, LONGEST_SECONDS, Session, Sessions
from aboveboard.access._spending import Usage

__all__ = [
    "IDLE_SECONDS",
    "LONGEST_SECONDS",
    "METERS",
    "NOTHING",
    "PERIODS",
    "ROLES",
    "SCOPES",
    "STALE_SECONDS",
    "UNIT",
    "Access",
    "AccessError",
    "AccessInputError",
    "AccessStoreError",
    "Act",
    "AlreadyThereError",
    "Amounts",
    "Caller",
    "Cost",
    "Issued",
    "Key",
    "KeyOrder",
    "Lane",
    "Limit",
    "LoginError",
    "Metering",
    "OvertakenError",
    "People",
    "Refusal",
    "Reservation",
    "Session",
    "Sessions",
    "StaleError",
    "Tenant",
    "ThrottledError",
    "UnknownHolderError",
    "Usage",
    "User",
    "limit_of",
    "parse_limit",
    "shown",
]
