"""Held answers: opened, looked up, decided by a person or by their deadline, exactly once."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from aboveboard.cases._case import Case, CaseKind, CaseStatus
from aboveboard.cases._cases import GATEWAY, Cases
from aboveboard.cases._editing import edited
from aboveboard.cases._errors import CaseInputError, UnknownCaseError
from aboveboard.cases._finishing import on_record
from aboveboard.cases._hold_rule import HoldRule
from aboveboard.cases._recording import RecordOnce
from aboveboard.cases._records import review_id
from aboveboard.evidence import ErasedRecordError, Reader, UnknownRecordError
from aboveboard.evidence.records import Review
from aboveboard.values import Clock, SystemClock, format_time

HELD, EDITED = "held", "edited"
SHOWN = ("prompt", "answer")
PENDING, GONE = "pending", "gone"


@dataclass(frozen=True, slots=True)
class Hold:
    """A held answer as it stands.

    `status`: `pending`, `released`, `edited`, `withheld`, `expired`, or `gone` once what was held is erased.
    `held` is what the gateway put aside (JSON of its own), there while it may be seen; `text` a reviewer's
    in its place. `review` is who decided, and why.
    """

    case: Case
    status: str
    held: bytes | None = field(default=None, repr=False)
    text: str = field(default="", repr=False)
    review: Review | None = None

    @property
    def deadline(self) -> str:
        """Until when it has to be decided (RFC 3339)."""
        return self.case.due

    @property
    def role(self) -> str:
        """Who has to decide it."""
        return self.case.role

    @property
    def tenant(self) -> str:
        """Whose keys may ask for it; empty where none are required."""
        return self.case.tenant

    @property
    def message(self) -> str:
        """Why it was decided so, for the person."""
        return self.review.reason if self.review else ""

    @property
    def human(self) -> str:
        """`reviewed` if a person decided, `none` if the deadline did, `escalated` while it waits."""
        if self.review is None:
            return "escalated"
        return "none" if self.review.actor == GATEWAY else "reviewed"


@dataclass(frozen=True, slots=True)
class Holds:
    """The held answers of one state directory.

    What was decided is what is on record: a review's id follows from its case, so that of several reviewers,
    gateways and deadlines the first recorded decides, and whoever looks next carries out what a crash kept
    back. `rule` is asked anew for each answer. While `is_ordered` (a broken promise says that answers are
    held or not given) no deadline releases anything. `notify` is told of each case that is opened or decided,
    perhaps twice.
    """

    cases: Cases
    reader: Reader
    record: RecordOnce
    rule: Callable[[], HoldRule] = HoldRule
    is_ordered: Callable[[], bool] = lambda: False
    clock: Clock = field(default_factory=SystemClock)
    notify: Callable[[Case], None] = lambda _: None

    def open(
        self,
        *,
        decision: str,
        category: str,
        actor: str = GATEWAY,
        tenant: str = "",
        by_promise: bool = False,
    ) -> Case:
        """A case about an answer that is on record with what is `held` attached; its `reference` is the only
        time told. What a broken promise holds (`by_promise`) no deadline releases.

        Raises CaseInputError while as many wait as may: a queue that nobody can work off helps nobody.
        """
        rule = self.rule()
        if self.cases.waiting(CaseKind.HOLD) >= rule.most:
            raise CaseInputError(f"{rule.most} held answers wait", cure="decide some, or raise the limit")
        if by_promise:
            rule = replace(rule, on_timeout="withhold")
        drafted = self.cases.draft_hold(decision, category, actor=actor, tenant=tenant, rule=rule)
        opened = self.cases.add(drafted)
        self.notify(opened)
        return opened

    def look(self, reference: str) -> Hold | None:
        """The held answer of a reference, its deadline carried out; None where nobody was given it."""
        try:
            return self._seen(self.cases.by_reference(reference))
        except UnknownCaseError:
            return None

    def get(self, case_id: str) -> Hold:
        """The held answer of a case; raises UnknownCaseError."""
        return self._seen(self.cases.get(case_id))

    def about(self, decision: str) -> Hold | None:
        """The held answer of a decision; None where none is known, or no longer."""
        case = self.cases.about(decision, CaseKind.HOLD)
        return self._seen(case) if case else None

    def decide(self, case_id: str, outcome: str, reason: str, actor: str, *, text: str = "") -> Hold:
        """A reviewer's decision, carried out: `released`, `edited` (with the `text` in its place) or
        `withheld`. The reason is told to the person who asked.

        Raises SelfReviewError, CaseDecidedError, CaseInputError and UnknownCaseError.
        """
        hold = self.get(case_id)
        person = self._person(hold.case)
        review = self.cases.draft_decision(case_id, outcome, reason, actor, data_subject=person)
        if hold.held is None:
            raise CaseInputError("what was held is gone", cure="it was erased, or is older than is kept")
        attachments = {EDITED: edited(text, hold.held, self._shown(hold.case))} if outcome == EDITED else {}
        case = self.cases.decide(review, self.record, attachments)
        self.notify(case)
        return self._seen(case)

    def carry_out(self) -> int:
        """Does what the charter says with every answer whose deadline has passed; returns how many."""
        due = self.cases.overdue(CaseKind.HOLD, format_time(self.clock.now()))
        return sum(self._settled(case).status is CaseStatus.DECIDED for case in due)

    def _seen(self, case: Case) -> Hold:
        if case.kind is not CaseKind.HOLD:
            raise UnknownCaseError("no held answer has this id", cure="check the id; it is case-sensitive")
        case = self._settled(case)
        held = self._attached(case.record, HELD)
        if held is None:
            return Hold(case, GONE)
        if case.status is CaseStatus.OPEN:
            return Hold(case, PENDING, held)
        review = self._review(case)
        if review is None:
            return Hold(case, GONE)
        text = (self._attached(review.id, EDITED) or b"").decode()
        return Hold(case, case.outcome, held, text, review)

    def _settled(self, case: Case) -> Case:
        """The case once what is on record about it, or what its deadline demands, has been carried out."""
        if case.status is not CaseStatus.OPEN:
            return case
        review = self._review(case)
        if review is None and case.is_overdue(self.clock.now()):
            review = self._timed_out(case)
        if review is None:
            return case
        case = self.cases.keep_decision(review)
        self.notify(case)
        return case

    def _timed_out(self, case: Case) -> Review | None:
        may_release = "release" == case.on_timeout == self.rule().on_timeout
        releases = may_release and not self.is_ordered()
        review = self.cases.draft_timeout(case, releases=releases, data_subject=self._person(case))
        try:
            return self.record(review, {})
        except ErasedRecordError:
            return None

    def _review(self, case: Case) -> Review | None:
        found = on_record(self.reader, case.review or review_id(case))
        return found if isinstance(found, Review) else None

    def _shown(self, case: Case) -> list[bytes]:
        """What a reviewer reads of it, masked."""
        found = (self._attached(case.record, name) for name in SHOWN)
        return [each for each in found if each is not None]

    def _attached(self, record: str, name: str) -> bytes | None:
        try:
            return self.reader.attachment(record, name)
        except UnknownRecordError:
            return None

    def _person(self, case: Case) -> str:
        """Whose answer it is; nobody's once they are erased."""
        record = on_record(self.reader, case.record)
        return record.data_subject if record else ""
