"""The database behind a ledger: a writer's side, and what any number of readers may ask."""

from aboveboard.ledger.store._connection import is_begun, open_for_reading, open_for_writing, reading, writing
from aboveboard.ledger.store._growth import Edge, Growth, Segment, grow
from aboveboard.ledger.store._rows import (
    Head,
    index_of,
    read_bundle,
    read_head,
    read_tail,
    read_tile,
    read_vkey,
)
from aboveboard.ledger.store._schema import LEDGER
from aboveboard.ledger.store._writer import LogWriter

__all__ = [
    "LEDGER",
    "Edge",
    "Growth",
    "Head",
    "LogWriter",
    "Segment",
    "grow",
    "index_of",
    "is_begun",
    "open_for_reading",
    "open_for_writing",
    "read_bundle",
    "read_head",
    "read_tail",
    "read_tile",
    "read_vkey",
    "reading",
    "writing",
]
