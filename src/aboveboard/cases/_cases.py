"""Opening, extending and deciding cases."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from aboveboard.cases._case import EXPIRED, MONTHS_EXTENDED, REVIEWER, Case, CaseKind, CaseStatus, due_after
from aboveboard.cases._checks import check_decision, check_extension, decided
from aboveboard.cases._hold_rule import HoldRule
from aboveboard.cases._months import end_of_day, months_after
from aboveboard.cases._recording import RecordOnce
from aboveboard.cases._records import appeal_of, extension_of, feedback_of, incident_of, request_of, review_of
from aboveboard.cases._register import Register
from aboveboard.cases._texts import identifier, label, words_within
from aboveboard.errors import UnknownNameError
from aboveboard.evidence.records import RIGHTS, Appeal, Feedback, Incident, Review, SubjectRequest
from aboveboard.values import format_time, new_id, parse_time

PERSON = "person"
GATEWAY = "gateway"
_TIMED_OUT = "Nobody decided about this answer in time, so it is not given."
_TIMED_OUT_OPEN = "Nobody decided about this answer in time; the charter says that it is then given."


class Cases(Register):
    """The cases of one state directory, and what may happen to them.

    What changes something returns the record of it; the caller hands that to the recorder, with the person's
    words as the attachment `words`. Nothing is recorded here, and no words are kept here. What is *drafted*
    is kept (`add`, `keep_decision`, `keep_extension`) only once its record is: cut off in between, keeping
    the record that is there again comes to the same.
    """

    def draft_appeal(
        self, decision: str, ground: str, words: str, *, actor: str = PERSON, data_subject: str = ""
    ) -> tuple[Case, Appeal]:
        """A person challenges the answer of a decision, on a ground (`wrong`, `unfair`, …), in their own
        words.

        Kept nowhere yet; the words are checked, attach them to the record. Raises CaseInputError.
        """
        words_within(words)
        opened = self._opened(CaseKind.APPEAL, label(ground, "ground"), decision, actor, REVIEWER)
        return opened, appeal_of(opened, data_subject)

    def draft_incident(
        self,
        category: str,
        *,
        decision: str = "",
        actor: str = GATEWAY,
        role: str = REVIEWER,
        data_subject: str = "",
    ) -> tuple[Case, Incident]:
        """Something a human has to look at: a crisis, a broken live promise, a failing guard. Kept nowhere
        yet.
        """
        opened = self._opened(CaseKind.INCIDENT, label(category, "category"), decision, actor, role)
        return opened, incident_of(opened, data_subject)

    def draft_hold(
        self,
        decision: str,
        category: str,
        *,
        actor: str = GATEWAY,
        tenant: str = "",
        rule: HoldRule | None = None,
    ) -> Case:
        """An answer is held until somebody of the rule's role decides.

        The decision itself is the record of it, so it has to be on record when this is added.
        """
        rule = rule or HoldRule()
        opened = self._opened(CaseKind.HOLD, label(category, "category"), decision, actor, rule.role)
        due = format_time(parse_time(opened.opened) + rule.deadline)
        return replace(opened, record=decision, due=due, tenant=tenant, on_timeout=rule.on_timeout)

    def draft_timeout(self, case: Case, *, releases: bool, data_subject: str = "") -> Review:
        """What the charter says of a held answer whose deadline has passed: the gateway's to decide, no
        person's. Its id is that of any decision on the case: the first recorded is the one.
        """
        outcome, reason = ("released", _TIMED_OUT_OPEN) if releases else (EXPIRED, _TIMED_OUT)
        return review_of(case, outcome, reason, actor=GATEWAY, data_subject=data_subject)

    def draft_request(
        self, right: str, data_subject: str, *, actor: str = PERSON, received: datetime | None = None
    ) -> tuple[Case, SubjectRequest]:
        """A person asks for a right of theirs (one of RIGHTS), now or when it was `received` on paper.

        It is due one month after that (GDPR Art. 12(3)). Kept nowhere yet: a case without its record would
        belong to nobody. Raises UnknownNameError for another right.
        """
        if right not in RIGHTS:
            raise UnknownNameError("right", right, RIGHTS)
        opened = self._opened(CaseKind.REQUEST, right, "", actor, "privacy-officer")
        if received:
            due = due_after(CaseKind.REQUEST, right, received)
            opened = replace(opened, opened=format_time(received), due=format_time(due))
        return opened, request_of(opened, data_subject)

    def draft_feedback(
        self, topic: str, words: str, *, decision: str = "", actor: str = PERSON, data_subject: str = ""
    ) -> tuple[Case, Feedback]:
        """Somebody tells something on a topic (`tone`, `praise`, …), about an answer or about no one.

        Kept nowhere yet, like a request; the words are checked, attach them to the record. Raises
        CaseInputError.
        """
        words_within(words)
        opened = self._opened(CaseKind.FEEDBACK, label(topic, "topic"), decision, actor, REVIEWER)
        return opened, feedback_of(opened, data_subject)

    def draft_extension(
        self, case_id: str, reason: str, actor: str, *, data_subject: str = ""
    ) -> SubjectRequest:
        """Gives a request two months more, with the reason the person has to be told (GDPR Art. 12(3)).

        Once, and only while the first month lasts: afterwards it is overdue, and saying so does not mend it.
        Raises CaseInputError, UnknownCaseError, and CaseDecidedError when it is decided. The record's id
        follows from the case's, so that of two extensions one is recorded.
        """
        case = self.get(case_id)
        due = format_time(end_of_day(months_after(parse_time(case.opened), MONTHS_EXTENDED)))
        check_extension(case, due, self._clock.now())
        words_within(reason)
        return extension_of(case, due, reason, actor=actor, data_subject=data_subject)

    def extend(self, extension: SubjectRequest, record: RecordOnce) -> Case:
        """Records a drafted extension and carries it out; another that was recorded first is carried out."""
        return self.keep_extension(record(extension, {}))

    def keep_extension(self, extension: SubjectRequest) -> Case:
        """Carries out an extension that is on record; done again, it comes to the same."""
        self._tables.execute(
            "UPDATE cases SET due = ? WHERE id = ? AND status = 'open'", (extension.due, extension.case)
        )
        return self.get(extension.case)

    def draft_decision(
        self, case_id: str, outcome: str, reason: str, actor: str, *, data_subject: str = ""
    ) -> Review:
        """A decision on an open case, with a reason the person will be given.

        Raises SelfReviewError when `actor` opened the case or it is about them, CaseDecidedError when it is
        decided, UnknownCaseError, and CaseInputError for an outcome its kind does not have. Pass the
        `data_subject` of the case's record. The review's id follows from the case's: of several decisions on
        one case the first recorded is the one.
        """
        case = self.get(case_id)
        check_decision(case, outcome, (actor, data_subject), self._clock.now())
        words_within(reason)
        return review_of(case, outcome, reason, actor=actor, data_subject=data_subject)

    def decide(
        self, review: Review, record: RecordOnce, attachments: Mapping[str, bytes] | None = None
    ) -> Case:
        """Records a drafted decision and carries it out.

        Raises CaseDecidedError when another was recorded first: that one is then carried out.
        """
        recorded = record(review, attachments or {})
        case = self.keep_decision(recorded)
        if recorded != review:
            raise decided(case)
        return case

    def keep_decision(self, review: Review) -> Case:
        """Carries out a decision that is on record; done again, it comes to the same.

        Raises CaseDecidedError when the case was decided by another.
        """
        self._tables.execute(
            "UPDATE cases SET status = 'decided', outcome = ?, review = ?, decided = ?"
            " WHERE id = ? AND status = 'open'",
            (review.outcome, review.id, review.time, review.case),
        )
        case = self.get(review.case)
        if case.status is CaseStatus.DECIDED and (case.review, case.outcome) != (review.id, review.outcome):
            raise decided(case)
        return case

    def _opened(self, kind: CaseKind, category: str, decision: str, actor: str, role: str) -> Case:
        now = self._clock.now()
        return Case(
            id=new_id(),
            kind=kind,
            category=category,
            status=CaseStatus.OPEN,
            opened=format_time(now),
            due=format_time(due_after(kind, category, now)),
            role=role,
            decision=identifier(decision),
            actor=actor,
            record=new_id(),
        )
