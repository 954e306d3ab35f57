"""Connecting to PostgreSQL: how, what is asked of the server, and no password in any message."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from aboveboard.database._errors import DriverError, DuplicateError, EngineError
from aboveboard.database._location import Schema
from aboveboard.database._tables import Tables
from aboveboard.database._trouble import Trouble, trouble_of_sqlstate

if TYPE_CHECKING:
    import psycopg

OLDEST = 14
_UNIQUE_VIOLATION = "23505"
_CONNECT_SECONDS = 10
_LEAST_SECRET = 3

_SESSION = """
SET search_path TO {schema};
SET lock_timeout TO {patience};
SET idle_in_transaction_session_timeout TO 60000;
SET default_transaction_read_only TO {only_reads};
SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'
"""
"""A writer that vanishes in the middle holds up the others for a minute at most. What an operator set for
replicas (`remote_apply`, …) stays; only `off`, which acknowledges what is not yet on disk, does not.
"""

# A host that has gone is noticed within a minute, so that its locks are let go.
_ALIVE = {"keepalives_idle": 20, "keepalives_interval": 10, "keepalives_count": 3}


def connect(schema: Schema, tables: Tables, *, only_reads: bool) -> "psycopg.Connection[Any]":
    """A connection in autocommit mode whose names are those of the schema.

    Raises DriverError without psycopg, EngineError when the server cannot be reached or is too old.
    """
    driver = _driver()
    with postgres_words(schema):
        connection: psycopg.Connection[Any] = driver.connect(
            schema.address, autocommit=True, **_options(schema, tables)
        )
    try:
        _require_recent(connection.info.server_version // 10000)
        connection.cursor_factory = driver.RawCursor
        # One type for every whole number, so that each statement is prepared once.
        connection.adapters.register_dumper(int, driver.types.numeric.Int8Dumper)
        session = _SESSION.format(
            schema=schema.name,
            patience=int(tables.patience * 1000),
            only_reads="on" if only_reads else "off",
        )
        with postgres_words(schema):
            connection.execute(session.encode(), prepare=False)
    except EngineError:
        connection.close()
        raise
    return connection


@contextmanager
def postgres_words(schema: Schema) -> Iterator[None]:
    """Turns what psycopg raises into EngineError or DuplicateError; the password is in neither.

    The original error is left out of the chain: what libpq says of an address may quote it.
    """
    import psycopg

    try:
        yield
    except psycopg.Error as error:
        raise _as_ours(error, schema.address) from None


def _as_ours(error: "psycopg.Error", address: str) -> EngineError:
    import psycopg

    said = hidden(str(error.diag.message_primary or error).partition("\n")[0].strip(), address)
    if error.sqlstate == _UNIQUE_VIOLATION:
        return DuplicateError(said, sqlstate=_UNIQUE_VIOLATION)
    if error.sqlstate:
        return EngineError(said, trouble=trouble_of_sqlstate(error.sqlstate), sqlstate=error.sqlstate)
    is_connection = isinstance(error, (psycopg.OperationalError, psycopg.InterfaceError))
    refused = re.search(
        r"authentication|password|no pg_hba|role .* does not exist|database .* does not", said
    )
    lost = Trouble.UNKNOWN_USER if refused else Trouble.UNREACHABLE
    return EngineError(said, trouble=lost if is_connection else Trouble.OTHER)


def hidden(said: str, address: str) -> str:
    """A message without any part of the address's password."""
    for secret in sorted(_secrets(address), key=len, reverse=True):
        said = said.replace(secret, "…")
    return said


def _secrets(address: str) -> set[str]:
    """The password, and the pieces a parser may take it for when it holds an unescaped sign of a URL."""
    user_part = address.partition("://")[2].rpartition("@")[0]
    given = [user_part.partition(":")[2], *re.findall(r"[?&]password=([^&]*)", address)]
    pieces = [
        piece
        for one in given
        for text in (one, unquote(one))
        for piece in (text, *re.split("[@/:?#&=]", text))
    ]
    return {piece for piece in pieces if len(piece) >= _LEAST_SECRET}


def _driver() -> Any:
    try:
        import psycopg
        import psycopg.types.numeric
    except ImportError as error:
        raise DriverError(
            "psycopg, which speaks to PostgreSQL, is not installed or does not load",
            cure="install the extra `postgres`; in a clone: .venv/bin/pip install -e '.[postgres]'",
        ) from error
    return psycopg


def _options(schema: Schema, tables: Tables) -> dict[str, Any]:
    given = urlsplit(schema.address).query
    options: dict[str, Any] = {} if "keepalives" in given else dict(_ALIVE)
    if "connect_timeout" not in given:
        options["connect_timeout"] = _CONNECT_SECONDS
    if "application_name" not in given:
        options["fallback_application_name"] = f"aboveboard {tables.name}"
    return options | {"client_encoding": "utf8"}


def _require_recent(version: int) -> None:
    if version < OLDEST:
        raise EngineError(f"PostgreSQL {version}; {OLDEST} or newer is needed", trouble=Trouble.TOO_OLD)
