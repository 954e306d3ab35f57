"""The stages that a growing answer passes, each holding back as little as its guard allows.

Every stage cuts the text at places that only the text decides, never the pieces it came in: any split of the
same text leaves a stage as the same text. One kind of stage a file: `_incremental.py`, `_piecewise.py`,
`_observing.py`, `_restoring.py`.
"""

from typing import Protocol

from aboveboard.guards._guard import GuardContext
from aboveboard.guards._tally import Tally
from aboveboard.guards._trial import ConfiguredGuard, check
from aboveboard.guards._verdict import Action, Segment, SegmentRole, Verdict

HELD_AT_MOST = 8192
"""No stage holds back more code points than this; what is then released was judged without what follows."""


class Stage(Protocol):
    """Text in, text out. `has_ended` once a guard has stopped the answer: nothing comes out any more."""

    has_ended: bool

    def feed(self, text: str) -> str: ...

    def last(self, text: str) -> str:
        """All that comes after `text` was fed: what goes out in the end. `finish` is not called then."""
        ...

    def finish(self) -> str: ...


class Watch:
    """What every checking stage needs: its guard, whose exchange it is, and where to count."""

    __slots__ = ("configured", "context", "role", "tally")

    def __init__(
        self, configured: ConfiguredGuard, context: GuardContext, tally: Tally, role: SegmentRole
    ) -> None:
        self.configured = configured
        self.context = context
        self.tally = tally
        self.role = role

    def verdict(self, text: str) -> Verdict:
        """The guard's verdict on a piece, counted."""
        trial = check(self.configured, Segment(self.role, text), self.context)
        self.tally.add(self.configured.name, self.context.mode, trial)
        return trial.verdict

    def first_look(self, text: str) -> Verdict:
        """The guard's verdict on a text that will be judged in parts: not counted yet."""
        return check(self.configured, Segment(self.role, text), self.context).verdict


def ends_answer(verdict: Verdict) -> bool:
    """Whether nothing may follow. What is held goes on to its end: a person has to see all of it."""
    return verdict.action is Action.BLOCK


def released(verdict: Verdict, text: str) -> str:
    """What of a judged piece goes out: up to the first finding when it ends the answer, else all, or its new
    text.
    """
    if ends_answer(verdict):
        return text[: min((finding.start for finding in verdict.findings), default=0)]
    return text if verdict.text is None else verdict.text
