"""One case as a reviewer sees it: what was asked, what was answered, what may be decided."""

import json
from dataclasses import dataclass
from datetime import datetime

from aboveboard.cases import OUTCOMES, Case, CaseKind, CaseStatus
from aboveboard.console._services import ConsoleServices
from aboveboard.errors import AboveboardError
from aboveboard.evidence.records import Decision, Record, Review
from aboveboard.gateway import words_of
from aboveboard.values import parse_time

_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_TWO_DAYS = 2 * _DAY
_HIDDEN = "erased"  # what a case of an erased person ends as; nobody's to choose

OUTCOME_WORDS = {
    "released": "Give it as it is",
    "edited": "Give other words",
    "withheld": "Do not give it",
    "granted": "The person is right",
    "partly-granted": "They are right in part",
    "refused": "The answer stands",
    "acted-on": "Something was done about it",
    "noted": "Noted",
    "mitigated": "It was dealt with",
    "reported": "It was reported to an authority",
    "unfounded": "There was nothing",
}
"""What a decision says, for whoever takes it."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Something that somebody said."""

    role: str
    text: str


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case, the words it is about as they are kept (masked), and what was decided.

    `full` is what was put aside with nothing masked, or what a person wrote in their own words: there only
    when it was asked for. `has_full` says whether there is any; `said` is the latter masked.
    """

    case: Case
    status: str
    turns: tuple[Turn, ...]
    answers: tuple[str, ...]
    has_full: bool
    data_subject: str
    decision: Decision | None
    review: Review | None
    edited: str = ""
    full: str | None = None
    said: str = ""

    @property
    def is_open(self) -> bool:
        return self.case.status is CaseStatus.OPEN

    @property
    def outcomes(self) -> dict[str, str]:
        """What may be decided, with words for it; nothing for requests, which want more than a word."""
        if self.case.kind is CaseKind.REQUEST:
            return {}
        found = OUTCOMES[self.case.kind]
        return {each: OUTCOME_WORDS.get(each, each) for each in found if each != _HIDDEN}


def case_view(services: ConsoleServices, case: Case, *, in_full: bool = False) -> CaseView:
    """What there is to know about a case; raises AboveboardError."""
    if case.kind is CaseKind.HOLD:
        return _hold_view(services, case, in_full=in_full)
    record = _record(services, case.record)
    about = case.decision or case.record
    words = _attached(services, case.record, "words")
    return CaseView(
        case=case,
        status=case.outcome or case.status,
        turns=_turns(_attached(services, about, "prompt")),
        answers=_answers(_attached(services, about, "answer")),
        has_full=words is not None,
        data_subject=record.data_subject if record else "",
        decision=_decision(services, case.decision),
        review=_review(services, case),
        full=_text(words) if in_full and words is not None else None,
        said=services.masked(_text(words)) if words else "",
    )


def _hold_view(services: ConsoleServices, case: Case, *, in_full: bool) -> CaseView:
    hold = services.holds.get(case.id)
    decision = _decision(services, case.record)
    return CaseView(
        case=hold.case,
        status=hold.status,
        turns=_turns(_attached(services, case.record, "prompt")) if hold.held else (),
        answers=_answers(_attached(services, case.record, "answer")) if hold.held else (),
        has_full=hold.held is not None,
        data_subject=decision.data_subject if decision else "",
        decision=decision,
        review=hold.review,
        edited=hold.text,
        full=words_of(hold.held) if in_full and hold.held is not None else None,
    )


def time_left(case: Case, now: datetime) -> str:
    """`3 h 12 min left`, `overdue by 2 days`; empty once it is decided."""
    if case.status is not CaseStatus.OPEN:
        return ""
    seconds = (parse_time(case.due) - now).total_seconds()
    return f"overdue by {_length(-seconds)}" if case.is_overdue(now) else f"{_length(seconds)} left"


def _length(seconds: float) -> str:
    whole = max(0, int(seconds))
    if whole >= _TWO_DAYS:
        return f"{whole // _DAY} days"
    if whole >= _HOUR:
        return f"{whole // _HOUR} h {whole % _HOUR // _MINUTE} min"
    return f"{whole // _MINUTE} min"


def _record(services: ConsoleServices, record_id: str) -> Record | None:
    try:
        return services.reader.get(record_id) if record_id else None
    except AboveboardError:
        return None


def _decision(services: ConsoleServices, record_id: str) -> Decision | None:
    found = _record(services, record_id)
    return found if isinstance(found, Decision) else None


def _review(services: ConsoleServices, case: Case) -> Review | None:
    found = _record(services, case.review)
    return found if isinstance(found, Review) else None


def _attached(services: ConsoleServices, record_id: str, name: str) -> bytes | None:
    try:
        return services.reader.attachment(record_id, name) if record_id else None
    except AboveboardError:
        return None


def _turns(prompt: bytes | None) -> tuple[Turn, ...]:
    return tuple(Turn(each["role"], each["text"]) for each in json.loads(prompt or b"[]"))


def _answers(answer: bytes | None) -> tuple[str, ...]:
    """The texts of an answer, one for each choice."""
    return tuple(_said(choice) for choice in json.loads(answer or b"[]"))


def _said(choice: dict[str, object]) -> str:
    return "\n".join(str(text) for name, text in choice.items() if name != "index" and text)


def _text(words: bytes) -> str:
    return words.decode(errors="replace")
