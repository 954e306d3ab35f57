"""One connection to the tables of access, shared between threads."""

from aboveboard.access._acts import Act
from aboveboard.access._errors import AccessStoreError, AlreadyThereError, OvertakenError
from aboveboard.access._tables import ACCESS, RESTORE
from aboveboard.database import DUPLICATES, Database, Location, SharedDatabase


class Store(SharedDatabase):
    """Reads, writes and transactions, one at a time; what the database complains of is AccessStoreError."""

    @classmethod
    def open(cls, where: Location) -> "Store":
        """Opens the tables, made on first use."""
        return cls(where, ACCESS, AccessStoreError, RESTORE)

    def keep(self, act: Act) -> None:
        """Does what an act says, once its record is in the evidence; tells every gateway that something is
        new. Raises AlreadyThereError, OvertakenError.
        """
        with self.transaction() as database:
            database.execute("UPDATE meta SET generation = generation + 1")
            try:
                _write(database, act)
            except DUPLICATES as error:
                raise AlreadyThereError(
                    f"{act.change.subject.partition(':')[0]}: there is one of this name already",
                    cure="choose another name",
                ) from error


def _write(database: Database, act: Act) -> None:
    first, *others = act.writes
    if not database.execute(*first).rowcount:
        raise OvertakenError(f"{act.change.subject} has changed meanwhile", cure="look at it again")
    for write in others:
        database.execute(*write)
