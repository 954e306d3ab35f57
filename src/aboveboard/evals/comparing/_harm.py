"""One direction for all measures: how far from good."""

from aboveboard.evals._measure import Direction


def harm(direction: Direction, value: float) -> float:
    """A number that is lower where the measure is better, in the measure's own unit."""
    match direction:
        case "lower":
            return value
        case "higher":
            return -value
        case "zero":
            return abs(value)
        case "parity":
            return abs(1.0 - value)
