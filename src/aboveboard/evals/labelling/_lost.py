"""Answers of a run that nobody has read: what they could say counts against a verdict here as well."""

from collections.abc import Collection, Sequence

from aboveboard.evals._finding import Lost
from aboveboard.evals.comparing import RecordedRun
from aboveboard.evals.estimates import Ends
from aboveboard.evals.labelling._question import Question
from aboveboard.stats import Estimate


def lost_of(run: RecordedRun, question: Question, read: Collection[str]) -> tuple[Lost, ...]:
    """What the run could not score at all, and what it scored of this measure and nobody has `read`."""
    return tuple(
        Lost(each["cluster"], each["groups"])
        for item, each in run.of_suite(question.suite).items()
        if item not in read and (each["score"] is None or question.score in each["score"])
    )


def ends_of_share(estimate: Estimate, read: int, lost: Sequence[Lost]) -> Ends:
    """Where the ends of a share of `read` answers lie with the `lost` ones at 0, and at 1: c·low and
    c·high + 1 − c, c of all being read (Horowitz and Manski 2000, JASA 95:77). None where none was lost.
    """
    if not lost:
        return None
    known = read / (read + len(lost))
    return known * estimate.low, max(estimate.high, 1.0 - known * (1.0 - estimate.high))
