"""Which database a setting means, and whether it is fit for use."""

import sqlite3
from pathlib import Path

from aboveboard.database._connecting import connect, postgres_words
from aboveboard.database._errors import DatabaseError
from aboveboard.database._location import Location, Schema, shown
from aboveboard.database._tables import Tables
from aboveboard.database._words import plain_words

_FACTS = """
SELECT current_setting('server_version'), current_setting('fsync'), current_user,
       pg_is_in_recovery(), to_regnamespace($1) IS NOT NULL,
       has_database_privilege(current_database(), 'CREATE')
"""


def describe(where: Location) -> str:
    """One line about a database that can be used; raises DatabaseError when it cannot, with the cure."""
    if isinstance(where, Path):
        return f"SQLite {sqlite3.sqlite_version}, files in {where.parent}"
    with plain_words(where, DatabaseError):
        return _described(where)


def _described(schema: Schema) -> str:
    connection = connect(schema, Tables("doctor", ()), only_reads=True)
    try:
        with postgres_words(schema):
            facts = connection.execute(_FACTS.encode(), (schema.name,)).fetchone()
    finally:
        connection.close()
    version, fsync, user, is_standby, is_there, may_create = facts or ("", "", "", False, False, False)
    if is_standby:
        raise DatabaseError("this server is a standby and takes no writes", cure="name the primary server")
    if not (is_there or may_create):
        raise DatabaseError(
            f"the user {user} may not make the tables",
            cure=f"as the database's owner: GRANT CREATE ON DATABASE … TO {user}",
        )
    if fsync != "on":
        raise DatabaseError(
            "the server does not sync to disk, so a power cut loses what was acknowledged",
            cure="set fsync = on in postgresql.conf and reload the server",
        )
    begun = "" if is_there else ", nothing in it yet"
    return f"PostgreSQL {version.split()[0]} at {shown(schema.address)}, reachable as {user}{begun}"
