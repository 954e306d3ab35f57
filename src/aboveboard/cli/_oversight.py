"""Held answers under a charter."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeVar

from aboveboard.cases import Cases, HoldRule, Holds
from aboveboard.charter import Charter
from aboveboard.errors import AboveboardError
from aboveboard.evidence import Evidence, PromiseStatus, record_once
from aboveboard.evidence.records import Record
from aboveboard.stats import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

R = TypeVar("R", bound=Record)


def holds_of(
    charter: Charter,
    evidence: Evidence,
    cases: Cases,
    statuses: "Callable[[], Sequence[PromiseStatus]]" = tuple,
) -> Holds:
    """The held answers under a charter. `statuses` say how its promises stand when a deadline has passed."""

    def record(drafted: R, attachments: Mapping[str, bytes]) -> R:
        return record_once(evidence.recorder, evidence.reader, drafted, attachments)

    plan = charter.oversight.hold
    rule = HoldRule(plan.role, plan.deadline, plan.on_timeout, plan.most)
    return Holds(cases, evidence.reader, record, lambda: rule, lambda: _is_ordered(statuses))


def _is_ordered(statuses: "Callable[[], Sequence[PromiseStatus]]") -> bool:
    """Whether a broken promise says that answers are held, or none are given; if that is not known, too."""
    try:
        found = statuses()
    except AboveboardError:
        return True
    return any(
        each.verdict is Verdict.BROKEN and each.promise.if_broken in ("hold", "stop") for each in found
    )
