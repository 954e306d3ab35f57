"""Access on both engines, with a clock that stands still."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from aboveboard.access import Access, Issued, KeyOrder, Tenant, parse_limit
from aboveboard.database import Location, locate
from aboveboard.values import FixedClock

ADMIN = "role:admin"


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 22, 8, 30, 15, tzinfo=UTC))


@pytest.fixture
def where(tmp_path: Path, dsn: str | None) -> Location:
    """A place for the tables, on each engine."""
    return locate(tmp_path, "access", dsn)


@pytest.fixture
def opened(where: Location, clock: FixedClock) -> Iterator[Callable[[], Access]]:
    """Opens the same tables again, as another process would."""
    found: list[Access] = []

    def open_() -> Access:
        found.append(Access.open(where, clock))
        return found[-1]

    yield open_
    for each in found:
        each.close()


@pytest.fixture
def access(opened: Callable[[], Access]) -> Access:
    return opened()


@pytest.fixture
def tenant(access: Access) -> Tenant:
    made, act = access.register.draft_tenant("Acme", ADMIN)
    access.keep(act)
    return made


@pytest.fixture
def issue(access: Access, tenant: Tenant) -> Callable[..., Issued]:
    """Makes a key: `issue("tokens/day=100", models=["m"])`."""

    def make(*limits: str, **order: object) -> Issued:
        wanted = {"label": "desk", "limits": [parse_limit(each) for each in limits], **order}
        issued = access.register.draft_key(tenant, KeyOrder(**wanted), ADMIN)  # type: ignore[arg-type]  # any field
        access.keep(issued.act)
        access.keyring.refresh()
        return issued

    return make
