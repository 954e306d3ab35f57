"""The queue of cases, and one case: looked at, and decided."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from aboveboard.cases import Case, CaseDecidedError, CaseInputError, CaseKind, CaseStatus, SelfReviewError
from aboveboard.console._case_view import OUTCOME_WORDS, CaseView, case_view, time_left
from aboveboard.console._errors import PageError, status_of
from aboveboard.console._forms import Form
from aboveboard.console._pages import HEADERS, page
from aboveboard.console._paging import PAGE, Paged
from aboveboard.console._services import ConsoleServices
from aboveboard.console._visitor import VISITOR
from aboveboard.evidence.records import Viewing

_NOTES = {
    CaseDecidedError: "It was decided meanwhile, so what you sent was not carried out. Below is what holds.",
    SelfReviewError: "It is about yourself, or you opened it: somebody else of the role has to decide it.",
}


@dataclass(frozen=True, slots=True)
class CasePages:
    """Cases of every kind. Words are shown to whom they are for, in full once that is on record."""

    services: ConsoleServices

    def queue(self, request: Request) -> Response:
        """What waits, the soonest due first, and what was decided."""
        now, visitor = datetime.now(UTC), VISITOR.get()
        cases, counts = self.services.cases, self.services.cases.counts()
        waiting, decided = (
            Paged.of(request, name, sum(n for (_, status), n in counts.items() if status == name))
            for name in (CaseStatus.OPEN, CaseStatus.DECIDED)
        )
        context = {
            "waiting": cases.list(status=CaseStatus.OPEN, limit=PAGE, skip=waiting.skip),
            "decided": cases.list(
                status=CaseStatus.DECIDED, limit=PAGE, skip=decided.skip, newest_first=True
            ),
            "pages": {"open": waiting, "decided": decided},
            "is_overdue": lambda case: case.is_overdue(now),
            "left": lambda case: time_left(case, now),
            "may_read": visitor.may_read,
            "outcome_words": OUTCOME_WORDS,
        }
        return page("cases.html.j2", "Cases", context)

    def show(self, request: Request) -> Response:
        """One case, its words masked."""
        return self._page(case_view(self.services, self._case(request)))

    def show_in_full(self, request: Request) -> Response:
        """The same with nothing masked, once it is on record who looks."""
        case = self._case(request)
        view = case_view(self.services, case, in_full=True)
        if view.full is None:
            raise PageError(404, "There is nothing more to show", "It was erased, or is older than is kept.")
        self.services.record(_viewing(view), {})
        return self._page(view)

    def decide(self, request: Request) -> Response:
        """A decision with its reason; whatever forbids it is said on the page of the case."""
        case, form = self._case(request), request.state.form
        if not VISITOR.get().may_decide(case):
            raise PageError(403, "This case is not yours to decide", f"It is for the role {case.role}.")
        try:
            self._decide(case, form)
        except (CaseDecidedError, SelfReviewError, CaseInputError) as error:
            note = _NOTES.get(type(error)) or f"{error.what}: {error.cure}"
            view = case_view(self.services, self.services.cases.get(case.id))
            return self._page(view, note, {name: form.text(name) for name in _FIELDS}, status_of(error))
        return RedirectResponse(f"/console/cases/{case.id}", status_code=303, headers=HEADERS)

    def _decide(self, case: Case, form: Form) -> None:
        services, visitor = self.services, VISITOR.get()
        outcome, reason = form.text("outcome"), form.text("reason")
        view = case_view(services, case)
        if outcome not in view.outcomes:
            raise CaseInputError("no decision was chosen", cure="choose one of those below")
        self._check_others(view)
        if case.kind is CaseKind.HOLD:
            services.holds.decide(case.id, outcome, reason, visitor.actor, text=form.text("text"))
            return
        person = view.data_subject
        review = services.cases.draft_decision(case.id, outcome, reason, visitor.actor, data_subject=person)
        services.cases.decide(review, services.holds.record)

    def _check_others(self, view: CaseView) -> None:
        """Raises SelfReviewError for who is, by name, the person that a case is of."""
        own = self.services.pseudonym(VISITOR.get().name)
        if view.is_open and own in (view.data_subject, view.case.actor):
            raise SelfReviewError("this case is about yourself", cure="have somebody else decide it")

    def _case(self, request: Request) -> Case:
        """The case of a page; raises UnknownCaseError, PageError."""
        case = self.services.cases.get(request.path_params["case"])
        if not VISITOR.get().may_read(case):
            raise PageError(403, "This case is not for you", f"Its words are for the role {case.role}.")
        return case

    def _page(
        self, view: CaseView, note: str = "", given: Mapping[str, str] | None = None, status: int = 200
    ) -> Response:
        now = datetime.now(UTC)
        context: dict[str, Any] = {
            "view": view,
            "case": view.case,
            "left": time_left(view.case, now),
            "is_overdue": view.case.is_overdue(now),
            "may_decide": view.is_open and VISITOR.get().may_decide(view.case),
            "note": note,
            "given": given or dict.fromkeys(_FIELDS, ""),
            "outcome_words": OUTCOME_WORDS,
        }
        return page("review.html.j2", f"Case {view.case.id}", context, status)


_FIELDS = ("outcome", "reason", "text")


def _viewing(view: CaseView) -> Viewing:
    case = view.case
    return Viewing(
        subject=f"case:{case.id}",
        actor=VISITOR.get().actor,
        data_subject=view.data_subject,
        links=(case.record,),
        case=case.id,
        what="answer" if case.kind is CaseKind.HOLD else "words",
    )
