"""Acting on one person's rights: the person by pseudonym, the request as a case, all of it on record."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from aboveboard.cases import Case, CaseDecidedError, CaseKind, Cases, CaseStatus, finish
from aboveboard.cli._purgers import open_cases
from aboveboard.cli._settings import Settings
from aboveboard.cli._workspace import open_evidence, require_state
from aboveboard.errors import AboveboardError
from aboveboard.evidence import ErasedRecordError, Evidence, UnknownRecordError, every, record_once
from aboveboard.evidence.records import Record, SubjectRequest
from aboveboard.values import Clock, SystemClock, parse_time

if TYPE_CHECKING:
    from aboveboard.evidence import Reader

OFFICER = "role:privacy-officer"
ERASED = "erased"
_GONE = "The person has been erased; nothing is held any more."
_THEIRS = (CaseKind.REQUEST, CaseKind.FEEDBACK, CaseKind.APPEAL)
R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that is open while somebody deals with a person's request."""

    settings: Settings
    evidence: Evidence
    cases: Cases
    clock: Clock = field(default_factory=SystemClock)

    @property
    def reader(self) -> "Reader":
        return self.evidence.reader

    def person(self, name: str) -> str:
        """The pseudonym of a name as the application sends it; raises AboveboardError for an empty one."""
        if not name.strip():
            raise AboveboardError("no name given", cure="name the person as your application does")
        return self.evidence.pseudonym(name)

    def is_known(self, person: str) -> bool:
        """Whether anything is held about a person."""
        return bool(self.reader.find(data_subject=person, limit=1))

    def request(self, right: str, person: str, received: datetime | None = None) -> Case:
        """The person's open request for a right, or a new one, on record before this returns."""
        waiting = next((each for each in self.open_requests(person) if each.category == right), None)
        if waiting is not None:
            return waiting
        case, request = self.cases.draft_request(right, person, received=received)
        self.evidence.recorder.record(request)
        return self.cases.add(case)

    def open_requests(self, person: str) -> list[Case]:
        """The person's requests that wait for an answer."""
        found = every(self.reader, "subject-request", data_subject=person)
        ids = [each.case for each in found if isinstance(each, SubjectRequest) and each.stage == "received"]
        waiting = {case.id: case for case in self.cases.list("request", CaseStatus.OPEN, limit=None)}
        return [waiting[each] for each in ids if each in waiting]  # one cut off at its record has no case

    def take_feedback(self, person: str, topic: str, words: str, answer: str = "") -> Case:
        """A new case of what a person tells, the words sealed with their key; raises AboveboardError."""
        if answer:
            self.reader.index(answer)
        case, feedback = self.cases.draft_feedback(topic, words, decision=answer, data_subject=person)
        self.evidence.recorder.record(feedback, {"words": words.encode()})
        return self.cases.add(case)

    def whose(self, case: Case) -> str:
        """The pseudonym of the person that a case is of; empty once they are erased."""
        return "" if self.reader.is_erased(case.record) else self.reader.get(case.record).data_subject

    def close(self, case: Case, outcome: str, reason: str, person: str = "", actor: str = OFFICER) -> None:
        """Decides a case, with the reason on record; without a `person` once they are forgotten.

        Raises AboveboardError, and leaves the case open, when the reason cannot be recorded.
        """
        review = self.cases.draft_decision(case.id, outcome, reason, actor, data_subject=person)
        self.cases.decide(review, self.record_once)

    def extend(self, case: Case, reason: str) -> Case:
        """Gives a request two months more, with the reason on record; raises AboveboardError."""
        whose = self.whose(case)
        extension = self.cases.draft_extension(case.id, reason, OFFICER, data_subject=whose)
        return self.cases.extend(extension, self.record_once)

    def record_once(self, record: R, attachments: Mapping[str, bytes]) -> R:
        """Records something, or returns what was recorded under its id first."""
        return record_once(self.evidence.recorder, self.reader, record, attachments)

    def close_settled(self) -> None:
        """Decides what waits of people who have been forgotten: their request to be erased is fulfilled, and
        nothing is left to answer anything else of theirs with.
        """
        for case in [each for kind in _THEIRS for each in self.cases.list(kind, CaseStatus.OPEN, limit=None)]:
            if self._is_forgotten(case):
                self._end(case, "fulfilled" if _is_to_erase(case) else ERASED)

    def _end(self, case: Case, outcome: str) -> None:
        """Another may have ended it, or a decision of which a crash left only the erased record."""
        with suppress(CaseDecidedError):
            review = self.cases.draft_decision(case.id, outcome, _GONE, OFFICER)
            try:
                self.cases.decide(review, self.record_once)
            except ErasedRecordError:
                self.cases.keep_decision(review)

    def _is_forgotten(self, case: Case) -> bool:
        """A case whose record was never written, by a process that was cut off, is nobody's."""
        try:
            return self.reader.is_forgotten(case.record)
        except UnknownRecordError:
            return False


def _is_to_erase(case: Case) -> bool:
    return case.kind is CaseKind.REQUEST and case.category == "erasure"


@contextmanager
def open_desk(settings: Settings) -> Iterator[Desk]:
    """Raises AboveboardError when nothing has been recorded yet."""
    require_state(settings)
    with open_evidence(settings) as evidence, open_cases(settings) as cases:
        finish(cases, evidence.reader)
        yield Desk(settings, evidence, cases)


def moment_of(text: str, *, is_end: bool = False) -> datetime:
    """A day (its beginning, or its end, in UTC) or an RFC 3339 moment; raises AboveboardError."""
    try:
        if len(text) == len("2027-01-31"):
            day = datetime.fromisoformat(text).replace(tzinfo=UTC)
            return day + timedelta(hours=23, minutes=59, seconds=59) if is_end else day
        return parse_time(text)
    except ValueError as error:
        raise AboveboardError(
            f"not a day or moment: {text!r}", cure="write 2027-01-31, or 2027-01-31T12:00:00Z"
        ) from error
