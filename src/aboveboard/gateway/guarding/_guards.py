"""The guards of one exchange, as the gateway uses them."""

from collections.abc import Sequence
from dataclasses import dataclass

from aboveboard.evidence.records import GuardOutcome
from aboveboard.gateway.dialects import Call
from aboveboard.gateway.guarding._headers import header
from aboveboard.gateway.http import BlockedError, GuardTimeoutError, Header
from aboveboard.guards import (
    Action,
    Exchange,
    OutputStream,
    Pipeline,
    RestoringGuard,
    Segment,
    SegmentRole,
)

WITHHELD = "[withheld]"
_WITHIN_THE_ANSWER = ("prepend", "append")


@dataclass(slots=True)
class GuardedExchange:
    """One exchange's guards. `refused`: something other than a guard has stopped it.

    `promises` are the broken ones that have its answer held, `closed` the guards whose failure stops an
    exchange; `param` is the field that holds the texts.
    """

    exchange: Exchange
    closed: frozenset[str] = frozenset()
    param: str = "messages"
    refused: bool = False
    promises: tuple[str, ...] = ()

    def check_input(self, call: Call) -> str | None:
        """Masks the call in place; the supportive text if that is the answer. Raises BlockedError."""
        checked = self.exchange.check_input(call.segments)
        if checked.supportive_text is not None:
            return checked.supportive_text
        if checked.action is Action.BLOCK:
            raise self.blocked("input")
        call.rewrite(checked.segments)
        return None

    def output(self, choice: int, role: SegmentRole) -> OutputStream:
        """The guards of one text of the answer."""
        return self.exchange.output(choice, role)

    def blocked(self, side: str) -> BlockedError:
        """What to say of the guard that asked for the strongest action, last. Out of time is no verdict."""
        blocking = [outcome for outcome in self.outcomes if outcome.action == "block"]
        guard = blocking[-1].guard if blocking else ""
        if blocking and all(map(self._is_out_of_time, blocking)):
            return GuardTimeoutError(guard, side, self.param)
        return BlockedError(guard, side, self.param)

    def escalated(self) -> BlockedError:
        """What to say where there is no answer in words: a guard found a person in need in there."""
        found = [outcome.guard for outcome in self.outcomes if outcome.action in ("escalate", "replace")]
        return BlockedError(found[-1] if found else "", "input", self.param)

    def _is_out_of_time(self, outcome: GuardOutcome) -> bool:
        return outcome.error == "timeout" and outcome.guard in self.closed

    @property
    def notices(self) -> list[Header]:
        """What guards want said beside the answer, as headers (`ai-notice`: `X-Aboveboard-Ai-Notice`)."""
        said = self.exchange.annotations.items()
        return [header(name, text) for name, text in said if name not in _WITHIN_THE_ANSWER]

    @property
    def outcomes(self) -> Sequence[GuardOutcome]:
        """What the guards did, and the broken promises that have the answer held."""
        held = [GuardOutcome(guard=each, mode="promise", action="hold") for each in self.promises]
        return [*self.exchange.outcomes, *held]

    @property
    def is_held(self) -> bool:
        """Whether a person has to see the answer before anybody else does. Asked for each frame."""
        return self.exchange.is_held or bool(self.promises)

    @property
    def holding(self) -> list[str]:
        """The guards and promises that have the answer held."""
        return list(dict.fromkeys(each.guard for each in self.outcomes if each.action == "hold"))

    @property
    def action(self) -> Action:
        if self.refused:
            return Action.BLOCK
        return max(self.exchange.action, Action.HOLD) if self.promises else self.exchange.action


def guarded_exchange(pipeline: Pipeline, param: str = "messages") -> GuardedExchange:
    """A new exchange."""
    return GuardedExchange(pipeline.start(), pipeline.closed, param)


def has_masked_input(outcomes: Sequence[GuardOutcome]) -> bool:
    """Whether something was masked on the way in, so that it may have been restored on the way out."""
    return any(one.mode == "input" and one.action in ("mask", "replace") for one in outcomes)


def reads_answers(pipeline: Pipeline) -> bool:
    """Whether every guard that masks what goes in also masks what comes out."""
    masking = [each for each in pipeline.guards if isinstance(each.guard, RestoringGuard)]
    return all("output" in each.modes for each in masking)


def masked_texts(pipeline: Pipeline, segments: Sequence[Segment]) -> list[str]:
    """The segments as a model would have been given them; what a guard would stop is withheld."""
    checked = pipeline.start().check_input(segments)
    if checked.action is Action.BLOCK:
        return [WITHHELD for _ in segments]
    return [segment.text for segment in checked.segments]
