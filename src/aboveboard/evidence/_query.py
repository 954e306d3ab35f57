"""What `find` asks of the database: a page of records in order of time."""

from dataclasses import dataclass
from datetime import datetime

from aboveboard.evidence._rows import milliseconds


@dataclass(frozen=True, slots=True)
class Query:
    """Conditions on records that the ledger has. Each combination runs along one index."""

    kind: str | None = None
    subject: bytes | None = None
    since: str | datetime | None = None
    after: str | None = None
    newest_first: bool = True
    owner: bytes | None = None

    @property
    def text(self) -> str:
        """The page, with its payloads; the last value is the limit."""
        order = "DESC" if self.newest_first else "ASC"
        return (
            "SELECT seq, id, log_index, tag, wrapped, owners.name, sealed"  # noqa: S608  # fixed clauses
            " FROM records JOIN payloads ON place = seq * 64 JOIN owners USING (owner)"
            f" WHERE {self.condition} ORDER BY time {order}, seq {order} LIMIT ?"
        )

    @property
    def condition(self) -> str:
        """A WHERE clause over `records`; `values` fills its marks."""
        earlier = "<" if self.newest_first else ">"
        clauses = {
            "kind = ?": self.kind,
            "subject = ?": self.subject,
            "time >= ?": self.since,
            # The organisation's own records are no person's; saying so lets the partial index be used.
            "owner <> 1 AND owner = (SELECT owner FROM owners WHERE tag = ?)": self.owner,
            f"(time, seq) {earlier} (SELECT time, seq FROM records WHERE id = ?)": self.after,  # noqa: S608  # fixed
        }
        return " AND ".join(
            ["log_index IS NOT NULL", *(text for text, value in clauses.items() if value is not None)]
        )

    def values(self) -> list[object]:
        since = None if self.since is None else milliseconds(self.since)
        return [each for each in (self.kind, self.subject, since, self.owner, self.after) if each is not None]
