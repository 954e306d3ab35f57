"""Whether a case may be decided or extended, and by whom."""

from datetime import datetime

from aboveboard.cases._case import OUTCOMES, Case, CaseKind, CaseStatus
from aboveboard.cases._errors import CaseDecidedError, CaseInputError, SelfReviewError
from aboveboard.errors import suggest


def check_extension(case: Case, due: str, now: datetime) -> None:
    """Raises CaseDecidedError, or CaseInputError where the law has no extension."""
    if case.status is not CaseStatus.OPEN:
        raise decided(case)
    if case.kind is not CaseKind.REQUEST:
        raise CaseInputError(f"{case.kind}: a term of its own", cure="only requests can be extended")
    if case.due[:10] == due[:10]:
        raise CaseInputError("this request was extended before", cure="it may be once, by two months")
    if case.is_overdue(now):
        raise CaseInputError(
            f"this request was due on {case.due[:10]}",
            cure="answer it now: the law lets it be extended only within its first month",
        )


def check_decision(case: Case, outcome: str, who: tuple[str, str], now: datetime) -> None:
    """Raises CaseDecidedError, CaseInputError or SelfReviewError. `who`: the actor, and the data subject."""
    actor, person = who
    if case.status is not CaseStatus.OPEN:
        raise decided(case)
    if outcome not in OUTCOMES[case.kind]:
        raise CaseInputError(
            f"{case.kind}: {outcome!r} is no outcome",
            cure=suggest(outcome, OUTCOMES[case.kind]),
        )
    if case.kind is CaseKind.HOLD and case.is_overdue(now):
        raise CaseDecidedError(
            f"case {case.id} was due at {case.due}, and what the charter says of that holds",
            cure="decide held answers in time, or give them more in the charter's `oversight`",
        )
    if _same(actor, case.actor) or (case.kind is CaseKind.HOLD and _same(actor, person)):
        raise SelfReviewError(
            f"{actor} opened this case and cannot decide it", cure="have somebody else of the role decide it"
        )


def decided(case: Case) -> CaseDecidedError:
    """What to say of a case that is."""
    return CaseDecidedError(f"case {case.id} is decided already", cure="open a new case about it")


def _same(one: str, other: str) -> bool:
    return bool(one.strip()) and one.strip().casefold() == other.strip().casefold()
