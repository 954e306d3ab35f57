"""What is written down about a request, gathered while it runs."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from aboveboard.evidence.records import GuardOutcome
from aboveboard.footprint import Share
from aboveboard.gateway.accounting._keeping import Answers
from aboveboard.gateway.telemetry import Trace
from aboveboard.gateway.upstreams import Trail
from aboveboard.guards import Action, Segment
from aboveboard.models import Model, Usage


@dataclass(slots=True)
class Reuse:
    """What makes a request the same as another, and the decision that answered that one (`source`).

    `words` is the keyed hash of its very words, where others may be meant too; `is_reworded`: that decision
    was asked in others. `raws` are the model's own JSON objects: the answer if it `is_whole`, or its pieces.
    """

    tag: bytes
    words: bytes = b""
    source: str = ""
    is_reworded: bool = False
    raws: list[Mapping[str, Any]] = field(default_factory=list)
    is_whole: bool = False


@dataclass(slots=True)
class Account:
    """One request so far. `waited`: seconds spent on the model; `prompt`: what it was given, masked;
    `held`: what is put aside for a reviewer; `allowed`: the models that the key is for, empty: all;
    `attached`: what else is kept, encrypted, beside the record; `checked`, `first_text`: seconds from the
    start until the input was checked, and until the first streamed text.
    """

    endpoint: str
    started: float
    cpu: Share
    id: str
    time: str
    streamed: bool
    data_subject: str = ""
    key: str = ""
    tenant: str = ""
    model: Model | None = None
    trail: Trail = field(default_factory=Trail)
    allowed: Collection[str] = ()
    reuse: Reuse | None = None
    attached: dict[str, bytes] = field(default_factory=dict)
    prompt: Sequence[Segment] = ()
    answers: Answers = field(default_factory=dict)
    held: bytes = b""
    waited: float = 0.0
    usage: Usage = field(default_factory=Usage)
    finish_reason: str = ""
    human: str = "none"
    action: Action = Action.ALLOW
    guards: Sequence[GuardOutcome] = ()
    error: str = ""
    energy_wh: float = 0.0
    checked: float = 0.0
    first_text: float = 0.0
    trace: Trace | None = None
    is_sealed: bool = False

    @property
    def reused(self) -> str:
        """The decision whose answer is given again; empty for a new one."""
        return self.reuse.source if self.reuse else ""

    @property
    def size(self) -> int:
        """Characters of the answers."""
        return sum(len(text) for texts in self.answers.values() for text in texts.values())
