"""Assessment: suites that measure, a runner that can be stopped at any time, results with their doubt."""

from aboveboard.evals._about import About
from aboveboard.evals._ask_likelihoods import cannot_tell
from aboveboard.evals._assess import AssessmentResult, assess
from aboveboard.evals._assignment import Assignment, assign, preregister
from aboveboard.evals._batch import Batch
from aboveboard.evals._cache import empty_answers
from aboveboard.evals._errors import (
    BatchError,
    DataUnavailableError,
    EvalError,
    LogDamagedError,
    ModelUnusableError,
    RunNotFoundError,
    SuiteDataError,
)
from aboveboard.evals._finding import Ask, Conclusions, Finding, Gap, Lost
from aboveboard.evals._item import Answer, Item, Options, Scored
from aboveboard.evals._item_log import count_items, is_in_use, read_items, verify_log
from aboveboard.evals._measure import MeasureInfo
from aboveboard.evals._plan import (
    AssessmentPlan,
    failure_gaps,
    for_charter,
    measures_of,
    plan_charter,
    plan_suite,
)
from aboveboard.evals._run_state import RunView, list_runs, read_run
from aboveboard.evals._services import EnergyMeter, Progress, Services, StopRules
from aboveboard.evals._suite import Suite, catalogue, load_suite, suite_names, suite_of

__all__ = [
    "About",
    "Answer",
    "Ask",
    "AssessmentPlan",
    "AssessmentResult",
    "Assignment",
    "Batch",
    "BatchError",
    "Conclusions",
    "DataUnavailableError",
    "EnergyMeter",
    "EvalError",
    "Finding",
    "Gap",
    "Item",
    "LogDamagedError",
    "Lost",
    "MeasureInfo",
    "ModelUnusableError",
    "Options",
    "Progress",
    "RunNotFoundError",
    "RunView",
    "Scored",
    "Services",
    "StopRules",
    "Suite",
    "SuiteDataError",
    "assess",
    "assign",
    "cannot_tell",
    "catalogue",
    "count_items",
    "empty_answers",
    "failure_gaps",
    "for_charter",
    "is_in_use",
    "list_runs",
    "load_suite",
    "measures_of",
    "plan_charter",
    "plan_suite",
    "preregister",
    "read_items",
    "read_run",
    "suite_names",
    "suite_of",
    "verify_log",
]
