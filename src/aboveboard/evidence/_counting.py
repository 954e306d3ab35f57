"""What the `n` of a figure counts: answers that could be scored, or the independent cases they are about."""

from typing import Literal

Counted = Literal["answers", "cases"]


def counted_in_groups(measure: str) -> Counted:
    """What is counted where a measure is told by group: an impact ratio compares cases, each seen under a
    name of every group; other measures count answers."""
    return "cases" if measure.endswith("impact_ratio") else "answers"
