"""What became of a held answer, for who has its record's id: no reviewer's name, no word of the answer."""

from dataclasses import dataclass

from aboveboard.cases import Case
from aboveboard.console._services import ConsoleServices
from aboveboard.errors import AboveboardError
from aboveboard.evidence.records import Decision, Review

_WORDS = {
    "released": "It was given as it is.",
    "edited": "Other words were given in its place.",
    "withheld": "It was not given.",
    "expired": "It was not given.",
}
_BY_NOBODY = "gateway"  # the actor of what a deadline decides


@dataclass(frozen=True, slots=True)
class Ending:
    """A held answer's case, and the decision about it once there is one."""

    case: Case
    review: Review | None

    @property
    def is_decided(self) -> bool:
        return self.review is not None

    @property
    def is_by_person(self) -> bool:
        """Whether a person decided; else the deadline did, or nobody yet."""
        return self.review is not None and self.review.actor != _BY_NOBODY

    @property
    def words(self) -> str:
        """What was decided, in a sentence; empty before."""
        return _WORDS.get(self.review.outcome, "") if self.review else ""


def ending_of(services: ConsoleServices, decision: Decision) -> Ending | None:
    """None for an answer that was not held, and where nothing is known of it any more."""
    hold = services.holds.about(decision.id) if decision.outcome == "hold" else None
    return Ending(hold.case, _review(services, hold.case)) if hold else None


def _review(services: ConsoleServices, case: Case) -> Review | None:
    """The record that decided a case; it outlives the words that were held."""
    try:
        found = services.reader.get(case.review) if case.review else None
    except AboveboardError:
        return None
    return found if isinstance(found, Review) else None
