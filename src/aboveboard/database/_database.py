"""What a store may ask of its database, whichever engine it is."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol


class Cursor(Protocol):
    """The rows of a query, or how many a statement changed."""

    @property
    def rowcount(self) -> int: ...

    def fetchone(self) -> Any: ...

    def fetchall(self) -> list[Any]: ...

    def __iter__(self) -> Iterator[Any]: ...


class Database(Protocol):
    """One connection to the tables of one store: standard SQL with `?` for each value, bytes as BLOB.

    Outside a transaction each statement is one of its own. Statements raise one of ENGINE_ERRORS. Both
    engines understand `INSERT … ON CONFLICT (…) DO NOTHING | DO UPDATE SET …`; what is different in the two
    (upper limits, blobs of zeros, times) is computed in Python and given as a value.
    """

    def execute(self, statement: str, values: Sequence[Any] = ..., /) -> Cursor: ...

    def executemany(self, statement: str, rows: Iterable[Sequence[Any]], /) -> object: ...

    @property
    def in_transaction(self) -> bool: ...

    @property
    def may_hold_old_pages(self) -> bool:
        """Whether a reader may have been in the way of an earlier `scrub`, so that it is due on opening."""

    def begin(self, *, is_durable: bool = True) -> None:
        """Begins to write, after whoever writes now.

        A commit that is not durable may be undone by a power cut, which ends this process too; where it would
        not, on a server, every commit is durable.
        """

    def begin_reading(self) -> None:
        """Begins to read one committed state, whatever is written meanwhile."""

    def commit(self) -> None: ...

    def rollback(self) -> None:
        """Ends a transaction without a trace; harmless outside one."""

    def change(self) -> int:
        """Within a transaction that writes: a number that changes exactly when another connection has
        committed such a transaction.
        """

    def version(self) -> int:
        """The version of the tables, 0 when there are none; raises ForeignError."""

    def migrate(self) -> None:
        """Brings the tables up to date, within a transaction."""

    def is_sound(self) -> bool:
        """Whether a look at every row finds no damage. Only for small databases."""

    def scrub(self, *tables: str) -> tuple[str, ...]:
        """Makes deleted and changed rows of these tables unreadable in the files too, outside a transaction.

        Returns what remains elsewhere, in words for the record of an erasure.
        """

    def close(self) -> None: ...
