"""Opening, finding and deciding cases."""

import hashlib
import secrets
import threading
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from types import TracebackType

from aboveboard.cases._case import MONTHS_EXTENDED, OUTCOMES, Case, CaseKind, CaseStatus, due_after
from aboveboard.cases._errors import CaseDecidedError, CaseInputError, SelfReviewError, UnknownCaseError
from aboveboard.cases._months import end_of_day, months_after
from aboveboard.cases._records import appeal_of, extension_of, feedback_of, incident_of, request_of
from aboveboard.cases._table import COLUMNS, case_of, open_table, plain_words
from aboveboard.cases._texts import identifier, label, words_within
from aboveboard.database import Database, Location
from aboveboard.errors import UnknownNameError, suggest
from aboveboard.evidence.records import RIGHTS, Appeal, Feedback, Incident, Review, SubjectRequest
from aboveboard.values import Clock, SystemClock, format_time, is_ulid, new_id, parse_time

PERSON = "person"
_ALL = 2**62


class Cases:
    """The cases of one state directory. Safe to share between threads.

    Each method that changes something returns the record of it; the caller hands that to the recorder, with
    the person's words as the attachment `words`. Nothing is recorded here, and no words are kept here.
    """

    def __init__(self, where: Location, connection: Database, clock: Clock) -> None:
        self._where = where
        self._connection = connection
        self._clock = clock
        self._lock = threading.RLock()

    @classmethod
    def open(cls, where: Location, clock: Clock | None = None) -> "Cases":
        """Opens the cases (`<state>/cases.db`, or a schema of PostgreSQL), made on first use; raises
        CaseStoreError.
        """
        return cls(where, open_table(where), clock or SystemClock())

    def open_appeal(
        self, decision: str, ground: str, words: str, *, actor: str = PERSON, data_subject: str = ""
    ) -> tuple[Case, Appeal]:
        """A person challenges the answer of a decision, on a ground (`wrong`, `unfair`, …), in their own
        words.

        The words are checked and not kept; attach them to the record. Raises CaseInputError.
        """
        words_within(words)
        opened = self._opened(CaseKind.APPEAL, label(ground, "ground"), decision, actor, "reviewer")
        return self._insert(opened), appeal_of(opened, data_subject)

    def open_incident(
        self,
        category: str,
        *,
        decision: str = "",
        actor: str = "gateway",
        role: str = "reviewer",
        data_subject: str = "",
    ) -> tuple[Case, Incident]:
        """Something a human has to look at: a crisis, a broken live promise, a failing guard."""
        opened = self._opened(CaseKind.INCIDENT, label(category, "category"), decision, actor, role)
        return self._insert(opened), incident_of(opened, data_subject)

    def open_hold(self, decision: str, category: str, *, actor: str = "gateway") -> Case:
        """An answer is held until a reviewer releases it. The decision itself is the record of it."""
        opened = self._opened(CaseKind.HOLD, label(category, "category"), decision, actor, "reviewer")
        return self._insert(replace(opened, record=decision))

    def add(self, case: Case) -> Case:
        """Keeps a case that was drafted, once its record is in the evidence."""
        return self._insert(case)

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
        opened = self._opened(CaseKind.FEEDBACK, label(topic, "topic"), decision, actor, "reviewer")
        return opened, feedback_of(opened, data_subject)

    def extend(self, case_id: str, reason: str, actor: str, *, data_subject: str = "") -> SubjectRequest:
        """Gives a request two months more, with the reason the person has to be told (GDPR Art. 12(3)).

        Once, and only while the first month lasts: afterwards it is overdue, and saying so does not mend it.
        Raises CaseInputError, UnknownCaseError, and CaseDecidedError when it is decided.
        """
        case = self.get(case_id)
        due = format_time(end_of_day(months_after(parse_time(case.opened), MONTHS_EXTENDED)))
        _check_extension(case, due, self._clock.now())
        words_within(reason)
        self._execute("UPDATE cases SET due = ? WHERE id = ? AND status = 'open'", (due, case.id))
        return extension_of(case, due, reason, actor=actor, data_subject=data_subject)

    def decide(
        self, case_id: str, outcome: str, reason: str, actor: str, *, data_subject: str = ""
    ) -> Review:
        """Decides an open case, with a reason the person will be given.

        Raises SelfReviewError when `actor` opened the case, CaseDecidedError when it is decided,
        UnknownCaseError, and CaseInputError for an outcome its kind does not have. Pass the `data_subject`
        of the case's record.
        """
        case = self.get(case_id)
        _check_decision(case, outcome, actor)
        words_within(reason)
        review = Review(
            subject=f"case:{case.id}",
            actor=actor,
            data_subject=data_subject,
            links=(case.record,),
            case=case.id,
            outcome=outcome,
            reason=reason,
        )
        changed = self._execute(
            "UPDATE cases SET status = 'decided', outcome = ?, review = ? WHERE id = ? AND status = 'open'",
            (outcome, review.id, case.id),
        )
        if not changed:
            raise _decided(case)
        return review

    def reopen(self, review: Review) -> Case:
        """Takes a decision back whose record could not be written; raises UnknownCaseError."""
        self._execute(
            "UPDATE cases SET status = 'open', outcome = '', review = '' WHERE id = ? AND review = ?",
            (review.case, review.id),
        )
        return self.get(review.case)

    def get(self, case_id: str) -> Case:
        """The case of this id; raises UnknownCaseError."""
        return self._one("id = ?", case_id if is_ulid(case_id) else "", "id")

    def by_reference(self, reference: str) -> Case:
        """The case of a reference given to a person when it was opened; raises UnknownCaseError."""
        return self._one("reference = ?", _digest(reference), "reference")

    def list(
        self,
        kind: CaseKind | str | None = None,
        status: CaseStatus | str | None = None,
        *,
        limit: int | None = 200,
    ) -> Sequence[Case]:
        """Cases of a kind and status, the soonest due first; all of them for a limit of None."""
        wanted: dict[str, str | None] = {"kind = ?": kind, "status = ?": status}
        given = {clause: str(value) for clause, value in wanted.items() if value is not None}
        where = " AND ".join(given) or "TRUE"
        query = f"SELECT {COLUMNS} FROM cases WHERE {where} ORDER BY due, id LIMIT ?"  # noqa: S608  # fixed clauses
        most = _ALL if limit is None else max(0, limit)
        return [case_of(row) for row in self._fetch(query, [*given.values(), most])]

    def decisions(self) -> Sequence[str]:
        """Every decision that a case is about."""
        rows = self._fetch("SELECT DISTINCT decision FROM cases WHERE decision <> ''", [])
        return [decision for (decision,) in rows]

    def of_records(self, records: Collection[str]) -> Sequence[str]:
        """The ids of the cases that these records opened, or that are about one of them."""
        wanted = set(records)
        rows = self._fetch("SELECT id, record, decision FROM cases ORDER BY id", [])
        return [case for case, *about in rows if not wanted.isdisjoint(about)]

    def counts(self) -> dict[tuple[str, str], int]:
        """How many cases there are, by kind and status."""
        rows = self._fetch("SELECT kind, status, count(*) FROM cases GROUP BY kind, status", [])
        return {(kind, status): int(count) for kind, status, count in rows}

    def forget(self, actor: str) -> int:
        """Replaces an actor that is a person's pseudonym, when they are erased; returns how many cases had
        it.
        """
        return self._forgotten("UPDATE cases SET actor = 'erased' WHERE actor = ?", actor)

    def forget_decision(self, decision: str) -> int:
        """Empties the cases about a decision that has been erased; returns how many there were."""
        return self._forgotten(
            "UPDATE cases SET decision = '', category = 'erased', actor = 'erased' WHERE decision = ?",
            decision,
        )

    def purge(self, before: str, spared: Collection[str] = ()) -> int:
        """Deletes decided cases opened before a moment (RFC 3339); returns how many. Open ones stay, and so
        do the `spared`, by id.
        """
        if not spared:
            return self._forgotten("DELETE FROM cases WHERE status = 'decided' AND opened < ?", before)
        rows = self._fetch("SELECT id FROM cases WHERE status = 'decided' AND opened < ?", [before])
        going = [each for (each,) in rows if each not in spared]
        return sum(self._forgotten("DELETE FROM cases WHERE id = ?", each) for each in going)

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def __enter__(self) -> "Cases":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

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

    def _insert(self, case: Case) -> Case:
        reference = secrets.token_urlsafe(18)
        row = tuple(str(getattr(case, column)) for column in COLUMNS.split(", "))
        marks = ", ".join("?" * (len(row) + 1))
        statement = f"INSERT INTO cases ({COLUMNS}, reference) VALUES ({marks})"  # noqa: S608  # constants
        self._execute(statement, (*row, _digest(reference)))
        return replace(case, reference=reference)

    def _one(self, condition: str, value: object, what: str) -> Case:
        rows = self._fetch(f"SELECT {COLUMNS} FROM cases WHERE {condition}", [value])  # noqa: S608  # fixed clauses
        if not rows:
            raise UnknownCaseError(f"no case has this {what}", cure=f"check the {what}; it is case-sensitive")
        return case_of(rows[0])

    def _fetch(self, query: str, values: Sequence[object]) -> Sequence[tuple[str, ...]]:
        with self._lock, plain_words(self._where):
            return self._connection.execute(query, values).fetchall()

    def _forgotten(self, statement: str, value: str) -> int:
        """How many rows a statement changed, whose old content is then out of the database's files too."""
        changed = self._execute(statement, (value,))
        if changed:
            with self._lock, plain_words(self._where):
                self._connection.scrub("cases")
        return changed

    def _execute(self, statement: str, values: Sequence[object]) -> int:
        with self._lock, plain_words(self._where):
            return self._connection.execute(statement, values).rowcount


def _check_extension(case: Case, due: str, now: datetime) -> None:
    if case.status is not CaseStatus.OPEN:
        raise _decided(case)
    if case.kind is not CaseKind.REQUEST:
        raise CaseInputError(f"{case.kind}: a term of its own", cure="only requests can be extended")
    if case.due[:10] == due[:10]:
        raise CaseInputError("this request was extended before", cure="it may be once, by two months")
    if case.is_overdue(now):
        raise CaseInputError(
            f"this request was due on {case.due[:10]}",
            cure="answer it now: the law lets it be extended only within its first month",
        )


def _check_decision(case: Case, outcome: str, actor: str) -> None:
    if case.status is not CaseStatus.OPEN:
        raise _decided(case)
    if outcome not in OUTCOMES[case.kind]:
        raise CaseInputError(
            f"{case.kind}: {outcome!r} is no outcome",
            cure=suggest(outcome, OUTCOMES[case.kind]),
        )
    if actor.strip().casefold() == case.actor.strip().casefold():
        raise SelfReviewError(
            f"{actor} opened this case and cannot decide it", cure="have somebody else of the role decide it"
        )


def _decided(case: Case) -> CaseDecidedError:
    return CaseDecidedError(f"case {case.id} is decided already", cure="open a new case about it")


def _digest(reference: str) -> bytes:
    return hashlib.sha256(reference.encode(errors="replace")).digest()
