"""Labelling in the browser: one answer of a run at a time, without what the rule read in it."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from aboveboard.console._errors import PageError
from aboveboard.console._forms import Form
from aboveboard.console._pages import HEADERS, page
from aboveboard.console._services import ConsoleServices
from aboveboard.console._visitor import VISITOR
from aboveboard.errors import AboveboardError
from aboveboard.evals.comparing import RecordedRun, open_run
from aboveboard.evals.labelling import LabelStore, Question, question_of, tasks_of, untouched
from aboveboard.values import is_ulid

SAMPLE = 60
"""Answers that one person is asked to label of a measure: as many as `aboveboard label answers` asks for."""

_SAID = {"yes": True, "no": False, "untellable": None}


@dataclass(frozen=True, slots=True)
class LabelPages:
    """What can be labelled of a run, and the next answer to label."""

    services: ConsoleServices

    def show(self, request: Request) -> Response:
        """The next answer that this person has not labelled; without a measure, which ones there are."""
        run = self._run(request)
        measure = request.query_params.get("measure", "")
        if not measure:
            return _page(run=run.id, question=None, questions=_questions(run))
        question = _question(run, measure)
        tasks = tasks_of(run, question)
        mine = LabelStore(run.folder).of_measure(measure).get(VISITOR.get().actor, {})
        left = untouched(tasks, set(mine), SAMPLE)
        wanted = min(SAMPLE, len(tasks))
        task = left[0] if left else None
        return _page(run=run.id, question=question, task=task, done=wanted - len(left), wanted=wanted)

    def keep(self, request: Request) -> Response:
        """Keeps what was said of an answer, and shows the next one."""
        run, form = self._run(request), _form(request)
        question = _question(run, form.text("measure"))
        item, said = form.text("item"), form.text("said")
        if said not in _SAID or item not in {task.item for task in tasks_of(run, question)[:SAMPLE]}:
            raise PageError(422, "This is no label of an answer drawn here", "Open the page again.")
        LabelStore(run.folder).add(question.measure, item, VISITOR.get().actor, _SAID[said])
        target = f"/console/runs/{run.id}/label?measure={question.measure}"
        return RedirectResponse(target, status_code=303, headers=HEADERS)

    def _run(self, request: Request) -> RecordedRun:
        """The run of the address; raises PageError."""
        name = request.path_params["run"]
        if not is_ulid(name):
            raise PageError(404, "There is no such run", "See the list of runs.")
        try:
            return open_run(self.services.runs.parent, str(self.services.runs / name))
        except AboveboardError as error:
            raise PageError(404, "There is no such run", "See the list of runs.") from error


def _page(**context: object) -> Response:
    return page("label.html.j2", "Label answers", context)


def _form(request: Request) -> Form:
    form: Form = request.state.form
    return form


def _question(run: RecordedRun, measure: str) -> Question:
    """The question of a measure that the run has a value of; raises PageError."""
    found = next((each for each in _questions(run) if each.measure == measure), None)
    if found is None:
        raise PageError(404, "This run has no answers to label for that", "Choose a measure of the run.")
    return found


def _questions(run: RecordedRun) -> list[Question]:
    """Of the run's measures, those whose answers people can label one at a time."""
    found = []
    for measured in run.view.measurements:
        try:
            found.append(question_of(measured["measure"]))
        except AboveboardError:
            continue
    return found
