"""Who may ask, how much, and who administers: tenants, keys, limits."""

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
from aboveboard.access._lanes import Refusal
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
from aboveboard.access._register import Issued, KeyOrder
from aboveboard.access._spending import Usage

__all__ = [
    "METERS",
    "NOTHING",
    "PERIODS",
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
    "Issued",
    "Key",
    "KeyOrder",
    "Limit",
    "LoginError",
    "Metering",
    "OvertakenError",
    "Refusal",
    "Reservation",
    "StaleError",
    "Tenant",
    "ThrottledError",
    "UnknownHolderError",
    "Usage",
    "limit_of",
    "parse_limit",
    "shown",
]
