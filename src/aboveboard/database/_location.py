"""Where the tables of a store are: in a file of their own, or in a schema of a PostgreSQL database."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from aboveboard.database._errors import AddressError

SCHEMES = ("postgresql", "postgres")
_PREFIX = "aboveboard_"


@dataclass(frozen=True, slots=True)
class Schema:
    """A schema of a PostgreSQL database. Shown without its password, in `repr` too."""

    address: str = field(repr=False)
    name: str

    def __str__(self) -> str:
        return f"{shown(self.address)}, schema {self.name}"


Location = Path | Schema
"""A SQLite file, or a schema of a PostgreSQL database."""


def locate(state: Path, store: str, address: str | None) -> Location:
    """Where the store `ledger`, `evidence` or `cases` is: `<state>/ledger.db`, or `aboveboard_ledger` at an
    address; raises AddressError.
    """
    if address is None:
        return state / f"{store}.db"
    require_address(address)
    return Schema(address, _PREFIX + store)


def require_address(address: str) -> None:
    """Raises AddressError unless the text is an address (`postgresql://user@host:5432/database`)."""
    if urlsplit(address).scheme not in SCHEMES or "://" not in address:
        raise AddressError(
            "the database setting is not an address of PostgreSQL",
            cure="write it as postgresql://user@host:5432/database (ABOVEBOARD_DATABASE or --database)",
        )


def make_private(where: Location) -> None:
    """Makes the file with mode 0600, when it is one and not there yet; raises OSError."""
    if isinstance(where, Path):
        where.touch(mode=0o600)


def shown(address: str) -> str:
    """An address without its password and options; nothing but the scheme when it cannot be taken apart.

    A password with an unescaped `@`, `/`, `#` or `?` would else be shown in part.
    """
    try:
        parts = urlsplit(address)
        host = f"{parts.hostname or ''}{f':{parts.port}' if parts.port else ''}"
    except ValueError:
        return "postgresql://…"
    is_plain = address.count("@") == parts.netloc.count("@") <= 1
    user = f"{parts.username}@" if parts.username else ""
    return f"postgresql://{user}{host}{parts.path}" if is_plain else "postgresql://…"
