"""What the gateway did with one request."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from aboveboard.evidence.records._footprint_entry import Footprint
from aboveboard.evidence.records._record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardOutcome:
    """One guard's verdict: categories and counts, never the values it matched.

    `action` is what it asked for (allow, annotate, mask, replace, hold, block, escalate); `error` is empty
    unless it failed (`exception`, `timeout`, `garbage`), and then `action` is what its `on_error` says.
    """

    guard: str
    mode: str
    action: str
    counts: Mapping[str, int] = field(default_factory=dict)
    error: str = ""
    milliseconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelAttempt:
    """A model that was asked or passed over, by its id in the charter.

    `outcome` is `answered`, `timeout`, `garbage`, `context-length`, `status-429` (what its endpoint
    said), `not-offered`, `abandoned` (nobody waited any more), `circuit-open` or `no-time-left` (not asked).
    The tokens are those that its endpoint counted for answers of no use: they may be billed all the same.
    """

    model: str
    outcome: str
    milliseconds: float = 0.0
    prompt_tokens: int = 0
    completion_tokens: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(Record):
    """One request through the gateway: model, charter, guards, outcome, cost, who answers for it.

    `key` is the public id of the key that asked, `tenant` the id of whose it is; both empty where no key is
    asked for.

    `outcome` is the strongest action taken. `human` says whether a person took part: `none`, `escalated`,
    `reviewed`.

    `request_digest` and `answer_digest` are HMAC-SHA256 of the *masked* texts (`hmac-sha256:` and hex; empty
    when nothing was given to a model, or nothing answered), under 32 random bytes of this record alone. Where
    the charter keeps payloads, that key is the encrypted attachment `digest-key`, and the texts that the
    digests prove are `prompt` and `answer`. Else the key is forgotten at once, so that nobody who reads a
    receipt can guess a text by trying.

    `requested` is the name of the model that the client asked for, `reason` why another was to answer.
    `attempts` are all that were made, in order; empty when the first was answered.
    `reuses` is the id of the decision whose answer was given again; no model was asked then. `reworded`: that
    one was asked in other words of courtesy.
    """

    kind: ClassVar[str] = "decision"

    endpoint: str
    streamed: bool
    model: str
    model_digest: str
    provider: str
    charter_digest: str
    system: str
    accountable: str
    guards: tuple[GuardOutcome, ...]
    outcome: str
    key: str = ""
    tenant: str = ""
    human: str = "none"
    finish_reason: str = ""
    prompt_tokens: int = 0
    completion_tokens: int = 0
    latency_ms: float = 0.0
    overhead_ms: float = 0.0
    footprint: Footprint | None = None
    request_digest: str = ""
    answer_digest: str = ""
    error: str = ""
    requested: str = ""
    reason: str = ""
    attempts: tuple[ModelAttempt, ...] = ()
    reuses: str = ""
    reworded: bool = False
