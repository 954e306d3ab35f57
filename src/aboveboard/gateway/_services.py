"""What a gateway needs from the floors below and beside it; the composition root fills it in."""

from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, Protocol

from aboveboard.access import Access
from aboveboard.charter import Charter
from aboveboard.evidence import PromiseStatus
from aboveboard.evidence.records import Footprint, Record
from aboveboard.gateway.http import Limits
from aboveboard.gateway.telemetry import Gauge, Vitals
from aboveboard.guards import Pipeline
from aboveboard.misuse import Ladder, Standing
from aboveboard.models import Circuits, Model
from aboveboard.values import Clock, SystemClock


class DecisionRecorder(Protocol):
    """Where decisions go. The future is resolved once the record is durable."""

    def submit(self, record: Record, attachments: Mapping[str, bytes] = ...) -> Future[Any]: ...


class ReceiptReader(Protocol):
    """Where receipts come from; raises UnknownRecordError for an id that it does not know."""

    def receipt(self, record_id: str) -> Mapping[str, Any]: ...


class IncidentOpener(Protocol):
    """Opens a case for a human and returns its id; may block (it runs outside the event loop).

    `category` is the guard's name (`crisis`), `decision` the id of the answer's record.
    """

    def __call__(self, *, category: str, decision: str, data_subject: str) -> str: ...


class OpenedHold(Protocol):
    """A hold that was just opened. `reference` is told to who asked and to nobody else; `due`: RFC 3339;
    `role` decides.
    """

    @property
    def reference(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def due(self) -> str: ...


class HeldAnswer(Protocol):
    """A held answer as it stands.

    `status`: `pending`, `released`, `edited`, `withheld`, `expired` or `gone`. `held` is what was attached to
    the decision as `held`, `text` a reviewer's in its place, `message` what the person is told, `human` is
    `reviewed` if a person decided. `tenant` may ask for it, where keys are required.
    """

    @property
    def status(self) -> str: ...
    @property
    def deadline(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def tenant(self) -> str: ...
    @property
    def held(self) -> bytes | None: ...
    @property
    def text(self) -> str: ...
    @property
    def message(self) -> str: ...
    @property
    def human(self) -> str: ...


class HoldKeeper(Protocol):
    """Where held answers wait; may block (it runs outside the event loop)."""

    def open(
        self, *, decision: str, category: str, actor: str = ..., tenant: str = ..., by_promise: bool = ...
    ) -> OpenedHold:
        """A case for a reviewer, about a decision that is on record; raises AboveboardError."""
        ...

    def look(self, reference: str) -> HeldAnswer | None:
        """The held answer of a reference; None where nobody was given it."""
        ...


class AnswerMemory(Protocol):
    """Where answers are that may be given again. Every call may block, and raise AboveboardError."""

    def tag(self, text: str) -> bytes:
        """A keyed hash of what makes two requests the same."""
        ...

    def find(self, tag: bytes) -> tuple[str, bytes] | None:
        """The decision that answered, and its answer."""
        ...

    def keep(self, tag: bytes, decision: str) -> None:
        """Notes which decision answered."""
        ...


class AppealOpener(Protocol):
    """Opens a case about where somebody stands on the misuse ladder; may block.

    Returns the reference by which they follow it, once their words are on record; an empty text while another
    appeal of theirs waits. Raises AboveboardError for words that cannot be taken.
    """

    def __call__(self, standing: Standing, words: str) -> str: ...


class FootprintOf(Protocol):
    """What an answer cost, from CPU seconds of this process, wall seconds and tokens."""

    def __call__(self, *, cpu_seconds: float, seconds: float, tokens: int) -> Footprint: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewayServices:
    """One gateway's collaborators.

    `models` are by the id that clients ask for, the primary first; `fallback` is the id of the one with that
    role. `access` knows the keys, where the charter asks for them. `holds` keeps held answers.
    `pseudonym` turns an end user's name into an id that only a key can reproduce. `status` says how the
    promises stand (it may be slow: it runs off the hot path, and is asked again every
    `limits.status_seconds`), `fit` which models of `routing.auto` keep them all, as slowly. `memory` has
    answers to give again, `misuse` where keys and people stand that misused the gateway, and `open_appeal`
    takes what they say to that. `circuits` leave models alone that keep failing. `ledger_size` is shown at
    `/metrics`, and so are `gauges`. Each of `obstacles` says why this gateway should get no requests, or an
    empty text; `/readyz` asks them, outside the event loop. `vitals` outlive this charter: gateways that
    replace each other in one process share them.
    """

    charter: Charter
    models: Mapping[str, Model]
    pipeline: Pipeline
    recorder: DecisionRecorder
    reader: ReceiptReader
    footprint: FootprintOf
    open_incident: IncidentOpener
    pseudonym: Callable[[str], str]
    holds: HoldKeeper | None = None
    status: Callable[[], Sequence[PromiseStatus]] = tuple
    fit: Callable[[], Collection[str]] = tuple
    ledger_size: Callable[[], int] | None = None
    fallback: str | None = None
    access: Access | None = None
    memory: AnswerMemory | None = None
    misuse: Ladder | None = None
    open_appeal: AppealOpener | None = None
    circuits: Circuits = field(default_factory=Circuits)
    clock: Clock = field(default_factory=SystemClock)
    version: str = ""
    limits: Limits = field(default_factory=Limits)
    gauges: Sequence[Gauge] = ()
    obstacles: Sequence[Callable[[], str]] = ()
    vitals: Vitals = field(default_factory=Vitals)

    @property
    def chosen_name(self) -> str:
        """The name that stands for a choice of models; empty without one."""
        auto = self.charter.routing.auto
        return auto.id if auto else ""

    @property
    def known(self) -> list[str]:
        """All names that clients can ask for."""
        return [*self.models, *filter(None, [self.chosen_name])]

    @property
    def keeps_payloads(self) -> bool:
        """Whether the charter has texts kept (in their masked form); `payloads: 0d` says no."""
        return bool(self.charter.retention.get("payloads"))
