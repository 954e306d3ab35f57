"""Every query, each in one place."""

from collections.abc import Mapping
from dataclasses import dataclass

from aboveboard.database import Database
from aboveboard.ledger.store._growth import Growth, Segment
from aboveboard.ledger.tree import HASH_BYTES, TILE_WIDTH

_LEVEL_BITS = 48

_WRITE_HEAD = (
    "INSERT INTO head VALUES (1, ?, ?)"
    " ON CONFLICT (id) DO UPDATE SET size = excluded.size, note = excluded.note"
)
_WRITE_TILE = "INSERT INTO tile VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET hashes = excluded.hashes"


@dataclass(frozen=True, slots=True)
class Head:
    """The newest committed state: the size, and the checkpoint as the log signed it."""

    size: int
    note: bytes


def read_head(connection: Database) -> Head | None:
    row = connection.execute("SELECT size, CAST(note AS BLOB) FROM head").fetchone()
    return Head(*row) if row else None


def write_head(connection: Database, head: Head) -> None:
    connection.execute(_WRITE_HEAD, (head.size, head.note))


def read_vkey(connection: Database) -> str | None:
    row = connection.execute("SELECT vkey FROM key").fetchone()
    return str(row[0]) if row else None


def write_vkey(connection: Database, vkey: str) -> None:
    connection.execute("INSERT INTO key VALUES (1, ?)", (vkey,))


def index_of(connection: Database, leaf: bytes) -> int | None:
    """The index of the entry with this leaf hash."""
    row = connection.execute("SELECT entry FROM leaf WHERE hash = ?", (leaf,)).fetchone()
    return int(row[0]) if row else None


def read_tile(connection: Database, level: int, number: int, width: int) -> bytes | None:
    """The first `width` hashes of a tile, or None when fewer are there."""
    row = connection.execute("SELECT hashes FROM tile WHERE id = ?", (_tile_id(level, number),)).fetchone()
    hashes: bytes | None = row[0] if row else None
    if hashes is None and level == 0:
        hashes = b"".join(segment.hashes for segment in _tail_of(connection, number))
    if hashes is None or len(hashes) < width * HASH_BYTES:
        return None
    return hashes[: width * HASH_BYTES]


def read_bundle(connection: Database, number: int) -> bytes | None:
    """The entries of a bundle as far as there are any, or None."""
    row = connection.execute("SELECT entries FROM bundle WHERE id = ?", (number,)).fetchone()
    if row:
        return bytes(row[0])
    return b"".join(segment.entries for segment in _tail_of(connection, number)) or None


def read_tail(connection: Database) -> list[Segment]:
    """What came after the last full bundle, in order."""
    return [
        Segment(*row) for row in connection.execute("SELECT start, hashes, entries FROM tail ORDER BY start")
    ]


def write_growth(connection: Database, growth: Growth) -> None:
    """The tiles, bundles and tail of a batch."""
    if growth.bundles:
        connection.execute("DELETE FROM tail")
        connection.executemany("INSERT INTO bundle VALUES (?, ?)", growth.bundles)
        tiles = [(_tile_id(level, number), hashes) for level, number, hashes in growth.tiles]
        connection.executemany(_WRITE_TILE, tiles)
    if growth.segment:
        row = (growth.segment.start, growth.segment.hashes, growth.segment.entries)
        connection.execute("INSERT INTO tail VALUES (?, ?, ?)", row)


def write_leaves(connection: Database, places: Mapping[bytes, int]) -> None:
    """The index of each new leaf hash; one of DUPLICATES when one is there already.

    In order of hash, so that the pages of the table are touched in order.
    """
    connection.executemany("INSERT INTO leaf VALUES (?, ?)", sorted(places.items()))


def _tail_of(connection: Database, number: int) -> list[Segment]:
    """The tail, when it belongs to bundle `number`: it never reaches over a bundle's edge."""
    tail = read_tail(connection)
    return tail if tail and tail[0].start // TILE_WIDTH == number else []


def _tile_id(level: int, number: int) -> int:
    return (level << _LEVEL_BITS) + number
