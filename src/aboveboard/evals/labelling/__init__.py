"""People label a sample of a run's answers, blind; their labels put the run's measure right."""

from aboveboard.evals.labelling._alone import judged_measurement
from aboveboard.evals.labelling._judged import JudgedRun, judge_run
from aboveboard.evals.labelling._powered import (
    LEAST,
    LabelledMeasure,
    estimate_from_labels,
    labelled_measurement,
)
from aboveboard.evals.labelling._question import Question, question_of
from aboveboard.evals.labelling._store import Label, LabelStore, check_labeller
from aboveboard.evals.labelling._tasks import Task, tasks_of, untouched

__all__ = [
    "LEAST",
    "JudgedRun",
    "Label",
    "LabelStore",
    "LabelledMeasure",
    "Question",
    "Task",
    "check_labeller",
    "estimate_from_labels",
    "judge_run",
    "judged_measurement",
    "labelled_measurement",
    "question_of",
    "tasks_of",
    "untouched",
]
