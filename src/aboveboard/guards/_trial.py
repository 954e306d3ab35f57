"""One call of one guard, from which nothing can escape: no exception, no hang, no nonsense."""

from dataclasses import dataclass, field
from time import perf_counter
from typing import Literal, NamedTuple

from aboveboard.guards._guard import Guard, GuardContext
from aboveboard.guards._stopwatch import begin, worked_since
from aboveboard.guards._validity import is_valid
from aboveboard.guards._verdict import ALLOW, Action, Mode, Segment, Verdict
from aboveboard.guards._worker import HungError, Worker

OnError = Literal["closed", "open"]
_BLOCK = Verdict(Action.BLOCK)
_LENGTH = 8192


@dataclass(frozen=True, slots=True)
class ConfiguredGuard:
    """A guard with what the charter says about it. `action` None leaves the choice to the guard."""

    guard: Guard
    modes: tuple[Mode, ...]
    action: Action | None = None
    on_error: OnError = "closed"
    timeout_ms: float = 100.0
    worker: Worker = field(default_factory=lambda: Worker("guard"))
    is_inline: bool = field(init=False)
    """Whether it is called in the caller's own thread: ours, whose time is linear in the text, are."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "is_inline", bool(getattr(self.guard, "is_inline", False)))

    @property
    def name(self) -> str:
        return self.guard.name


class Trial(NamedTuple):
    """What came of one call; `error` is empty, `exception`, `timeout` or `garbage`. `spent` is what counts
    against the guard's time (milliseconds).
    """

    verdict: Verdict
    error: str
    milliseconds: float
    spent: float = 0.0


def check(configured: ConfiguredGuard, segment: Segment, context: GuardContext) -> Trial:
    """The guard's verdict on a segment, or on its failure what its `on_error` says. Never raises."""
    is_inline = configured.is_inline
    began = begin() if is_inline else perf_counter()
    verdict, error = ALLOW, ""
    try:
        verdict = (
            configured.guard.check(segment, context) if is_inline else _ask(configured, segment, context)
        )
        if verdict is not ALLOW and not is_valid(verdict, segment):
            error = "garbage"
    except HungError:
        error = "timeout"
    except Exception:  # noqa: BLE001 - a guard may raise anything, and its message may hold the text
        error = "exception"
    milliseconds = (perf_counter() - began) * 1000
    # A guard in the caller's thread is held to its own CPU time: a starved process is not its fault.
    spent = worked_since(began) * 1000 if is_inline else milliseconds
    if not error and spent > allowance(configured, len(segment.text)):
        error = "timeout"
    if error:
        return Trial(failed(configured), error, milliseconds, spent)
    if verdict is not ALLOW:
        verdict = _as_configured(configured, verdict, context.mode)
    return Trial(verdict, "", milliseconds, spent)


def allowance(configured: ConfiguredGuard, length: int) -> float:
    """How long (milliseconds) the guard may take for so many code points: its limit for each 8,192 begun."""
    return configured.timeout_ms * (1 if length <= _LENGTH else -(-length // _LENGTH))


def _ask(configured: ConfiguredGuard, segment: Segment, context: GuardContext) -> Verdict:
    """The verdict of a guard that is asked in a thread of its own."""
    verdict: Verdict = configured.worker.call(
        lambda: configured.guard.check(segment, context), allowance(configured, len(segment.text)) / 1000
    )
    return verdict


def out_of_time(configured: ConfiguredGuard) -> Trial:
    """What comes of a guard that is no longer asked, since it took all its time already."""
    return Trial(failed(configured), "timeout", 0.0)


def failed(configured: ConfiguredGuard) -> Verdict:
    """What a failure of this guard amounts to."""
    return _BLOCK if configured.on_error == "closed" else ALLOW


def _as_configured(configured: ConfiguredGuard, verdict: Verdict, mode: Mode) -> Verdict:
    """The verdict with the charter's action in the place of the guard's own, where it acted at all.

    A guard that would have masked a request hands the masked text on when it holds: the model is asked all
    the same, and has no more need of the values.
    """
    action = configured.action
    if action is None or verdict.action <= Action.ANNOTATE or action == verdict.action:
        return verdict
    if action in (Action.MASK, Action.REPLACE, Action.ESCALATE):
        return (
            verdict
            if verdict.text is None
            else Verdict(action, verdict.findings, verdict.text, verdict.annotations)
        )
    is_masked = mode == "input" and (action, verdict.action) == (Action.HOLD, Action.MASK)
    return Verdict(action, verdict.findings, verdict.text if is_masked else None, verdict.annotations)
