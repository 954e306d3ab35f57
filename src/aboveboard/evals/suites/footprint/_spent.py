"""What metered answers spent, by what it rests on."""

from collections.abc import Sequence

from aboveboard.evals._item import Answer, Scored
from aboveboard.footprint import Span, believed
from aboveboard.values import Basis

_ESTIMATED = (
    "estimated from processor time: the interval reaches to half and to twice, the error of the power model"
)


def energy_of(answer: Answer) -> Span:
    """Watt-hours of an answer, and between what they lie."""
    return believed(answer.energy_wh, Basis(answer.energy_basis))


def bases_of(answers: Sequence[Answer]) -> list[str]:
    """What the energies rest on: `estimated`, `measured`, or both."""
    return sorted({each.energy_basis for each in answers})


def energy_notes(answers: Sequence[Answer]) -> tuple[str, ...]:
    """What to know of an energy that is estimated."""
    return (_ESTIMATED,) if Basis.ESTIMATED in bases_of(answers) else ()


def why_none(scored: Sequence[Scored], otherwise: str) -> str:
    """Why there is no value: how the answers failed, where any did."""
    failures = [each.answer.error for each in scored if each.has_failed]
    return failures[0] if failures else otherwise
