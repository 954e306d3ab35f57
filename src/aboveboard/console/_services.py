"""What the pages read from and hand to; wired by the composition root."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from aboveboard.access import Access
from aboveboard.cases import Cases, Holds
from aboveboard.charter import Charter
from aboveboard.documents import LogFacts
from aboveboard.evidence import PromiseStatus
from aboveboard.evidence.records import Record
from aboveboard.misuse import Ladder
from aboveboard.monitoring import LiveView


class Reader(Protocol):
    """The read side of the evidence, as much of it as pages need."""

    def get(self, record_id: str) -> Record: ...

    def find(
        self,
        kind: str | None = None,
        *,
        subject: str | None = None,
        limit: int = 1000,
        newest_first: bool = True,
    ) -> Sequence[Record]: ...

    def index(self, record_id: str) -> int: ...

    def receipt(self, record_id: str) -> dict[str, Any]: ...

    def attachment(self, record_id: str, name: str) -> bytes | None: ...


@dataclass(frozen=True, slots=True)
class ConsoleServices:
    """Everything a page may touch.

    `record` hands a record and its attachments to the recorder and returns when they are durable.
    `statuses` and `log` are asked anew for each page. `hosts` are the names the console answers to. `access`
    is None where the charter asks nobody to log in; then, if the address `is_open` to others, only this
    machine may look. `pseudonym` is how evidence knows a person by the name that an application gives them.
    `live` is how what is watched stands.
    `misuse` is the ladder, where the charter has one. `masked` has the charter's guards mask a text.
    """

    charter: Callable[[], Charter]
    statuses: Callable[[], Sequence[PromiseStatus]]
    reader: Reader
    cases: Cases
    record: Callable[[Record, Mapping[str, bytes]], None]
    log: Callable[[], LogFacts]
    runs: Path
    hosts: tuple[str, ...]
    holds: Holds
    pseudonym: Callable[[str], str]
    access: Access | None = None
    is_open: bool = False
    live: Callable[[], LiveView | None] = lambda: None
    misuse: Ladder | None = None
    masked: Callable[[str], str] = lambda _: ""
