"""What lost answers leave open: whoever is silent where it would do badly looks better than it is."""

from aboveboard.evidence.records import Coverage, Measurement, Slice

ENOUGH = 0.9
"""The share of the answers asked for that must be scored for a promise to be kept, where it is not known how
far the lost ones could move the value."""


def answers_lost(coverage: Coverage) -> int:
    """How many were asked for, and failed or could not be read. Items that were not reached are not among
    them: nothing that the model said kept them out.
    """
    return coverage.unparsed + coverage.failed


def answers_asked(coverage: Coverage) -> int:
    """How many were asked for."""
    return coverage.scored + answers_lost(coverage)


def is_enough(coverage: Coverage) -> bool:
    """Whether few enough were lost for a promise to be kept on trust."""
    return coverage.scored >= ENOUGH * answers_asked(coverage)


def ends_of(part: Slice | Measurement) -> tuple[float, float]:
    """Between which values it lies whatever the lost answers would have said, as far as that is known."""
    return (
        part.low if part.least is None else part.least,
        part.high if part.most is None else part.most,
    )


def has_limits(part: Slice | Measurement) -> bool:
    """Whether `ends_of` takes account of the lost answers."""
    return part.least is not None and part.most is not None
