"""What metered answers spent, by what it rests on."""

from collections.abc import Sequence

from aboveboard.evals._item import Answer, Scored
from aboveboard.footprint import Span, believed
from aboveboard.values import Basis

_ESTIMATED = (
    "estimated from processor time: the interval reaches to half and to twice, the error of the power model"
)
_STATED = "stated by the endpoint that answered, and not checked here"


def energy_of(answer: Answer) -> Span:
    """Watt-hours of an answer, and between what they lie."""
    return believed(answer.energy_wh, Basis(answer.energy_basis))


def bases_of(answers: Sequence[Answer]) -> list[str]:
    """What the energies rest on: `estimated`, `measured`, or both, and whether they are only stated."""
    found = {each.energy_basis + (" (as stated)" if _is_stated(each) else "") for each in answers}
    return sorted(found)


def energy_notes(answers: Sequence[Answer]) -> tuple[str, ...]:
    """What to know of an energy that is estimated, or that the endpoint states of itself."""
    is_estimated = any(each.energy_basis == Basis.ESTIMATED.value for each in answers)
    found = {_ESTIMATED: is_estimated, _STATED: any(map(_is_stated, answers))}
    return tuple(note for note, holds in found.items() if holds)


def _is_stated(answer: Answer) -> bool:
    """Whether it was not metered here: a meter here knows the grid too."""
    return answer.carbon_g is None


def why_none(scored: Sequence[Scored], otherwise: str) -> str:
    """Why there is no value: how the answers failed, where any did."""
    failures = [each.answer.error for each in scored if each.has_failed]
    return failures[0] if failures else otherwise
