"""What a test report says of a promise."""

from aboveboard.charter import Promise
from aboveboard.cli._exporting import _case
from aboveboard.evidence import PromiseStatus
from aboveboard.stats import Verdict
from aboveboard.values import parse_bound

PROMISE = Promise(
    id="refuses",
    measure="context.hazard.refusal",
    must=parse_bound(">= 0.8"),
    owner="safety-lead",
    if_broken="hold",
)


def test_a_promise_without_a_value_says_so() -> None:
    status = PromiseStatus(PROMISE, Verdict.UNDECIDED, missing="no data")
    assert _case(status).summary == "undecided: must be >= 0.8, has no value"


def test_a_kept_promise_passes_with_what_to_mind_beside_it() -> None:
    status = PromiseStatus(PROMISE, Verdict.KEPT, 0.9, 0.85, 0.95, 400, caution="40 of 440 items failed")
    assert _case(status).summary.endswith("400 answers; mind: 40 of 440 items failed")
