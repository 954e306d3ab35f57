"""Which people an assessment's answers go back to, by way of the eval cases made from their data."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aboveboard.evals import Assignment
    from aboveboard.evidence import Evidence

EVAL_CASE = "eval-case"


def note_origins(evidence: "Evidence", assignment: "Assignment") -> None:
    """Notes that the run's log and the cache of answers come from the cases of its plan that somebody's data
    were made into, so that forgetting them reaches both. Before anything is asked: a crash leaves no answer
    of which the lineage does not know.
    """
    cases = known_cases(evidence, assignment)
    if cases:
        evidence.lineage.made_from(assignment.run, cases, kind="run", purger="runs")
        evidence.lineage.made_from("answers", cases, kind="cache", purger="answers")


def known_cases(evidence: "Evidence", assignment: "Assignment") -> list[str]:
    """Items of the plan (`eval-case:<suite>/<item>`) and suites (`eval-case:<suite>`) the lineage has."""
    planned = {f"{EVAL_CASE}:{suite}" for suite in assignment.items}
    planned |= {
        f"{EVAL_CASE}:{suite}/{item.id}" for suite, items in assignment.items.items() for item in items
    }
    return [each.name for each in evidence.lineage.of_kind(EVAL_CASE) if each.name in planned]
