"""Why this answer: provenance in plain words, and the button that challenges it."""

from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from aboveboard.console._ending import ending_of
from aboveboard.console._forms import SMALL, is_same_origin, read_form
from aboveboard.console._overview import OUTCOMES
from aboveboard.console._pages import HEADERS, page, problem
from aboveboard.console._services import ConsoleServices
from aboveboard.errors import AboveboardError
from aboveboard.evidence.records import Decision, Record, Review
from aboveboard.values import is_ulid

GROUNDS = {
    "wrong": "It is wrong",
    "unfair": "It treats me or others unfairly",
    "private": "It reveals something private",
    "harmful": "It is harmful",
    "other": "Something else",
}
_MOST_WORDS = 4000
_MOST_OPEN = 10  # challenges of one answer: whoever has its address may send one


@dataclass(frozen=True, slots=True)
class AnswerPages:
    """One answer's page, and the challenge that opens a case."""

    services: ConsoleServices

    def show(self, request: Request) -> Response:
        """The short layer for the person, the expert layer below it."""
        decision = self.decision(request.path_params["record"])
        if decision is None:
            return _unknown_answer()
        index, log = self.services.reader.index(decision.id), self.services.log()
        shown = {"decision": decision, "charter": self.services.charter(), "index": index, "log": log}
        shown |= {"grounds": GROUNDS, "outcomes": OUTCOMES, "ending": ending_of(self.services, decision)}
        return page("answer.html.j2", "Why this answer", shown)

    async def challenge(self, request: Request) -> Response:
        """Opens a case about the answer and shows the person where to follow it."""
        if not is_same_origin(request):
            return problem(
                403, "This form was not sent from here", "Open the answer's page and send it again."
            )
        decision = await run_in_threadpool(self.decision, request.path_params["record"])
        if decision is None:
            return _unknown_answer()
        form = await read_form(request, SMALL)
        ground, words = form.text("ground"), form.text("words")
        if ground not in GROUNDS or len(words) > _MOST_WORDS:
            return problem(
                400,
                "The challenge is incomplete or too long",
                f"Choose a reason; at most {_MOST_WORDS} characters.",
            )
        if await run_in_threadpool(self.services.cases.waiting_about, decision.id) >= _MOST_OPEN:
            return problem(
                429,
                "This answer is being looked at already",
                f"{_MOST_OPEN} challenges of it wait for a person; send yours once one of them is decided.",
            )
        reference = await run_in_threadpool(self._open_case, decision, ground, words)
        return RedirectResponse(f"/cases/{reference}", status_code=303, headers=HEADERS)

    def _open_case(self, decision: Decision, ground: str, words: str) -> str:
        """The reference of the new case, once the appeal is durable (so not on the event loop)."""
        person = decision.data_subject
        said = words if words.strip() else str(GROUNDS[ground])  # words of one's own are optional here
        case, appeal = self.services.cases.draft_appeal(decision.id, ground, said, data_subject=person)
        self.services.record(appeal, {"words": words.encode()} if words else {})
        return self.services.cases.add(case).reference

    def case(self, request: Request) -> Response:
        """Where a person follows the case they opened: only who has the reference finds it."""
        try:
            case = self.services.cases.by_reference(request.path_params["reference"])
        except AboveboardError:
            return problem(404, "There is no such case", "Check that the whole address was copied.")
        found = self._record(case.review) if case.review else None
        review = found if isinstance(found, Review) else None
        is_answer = self.decision(case.decision) is not None  # else a step of the misuse ladder, or erased
        context = {"case": case, "review": review, "charter": self.services.charter(), "is_answer": is_answer}
        return page("case.html.j2", "Your case", context)

    def decision(self, record_id: str) -> Decision | None:
        """The decision of that id, or None when it is no decision, unknown or erased."""
        record = self._record(record_id)
        return record if isinstance(record, Decision) else None

    def _record(self, record_id: str) -> Record | None:
        try:
            return self.services.reader.get(record_id) if is_ulid(record_id) else None
        except AboveboardError:
            return None


def _unknown_answer() -> Response:
    return problem(
        404, "There is no such answer here", "It may have been erased, or the address was cut short."
    )
