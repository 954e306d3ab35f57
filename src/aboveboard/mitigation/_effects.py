"""Whether the other promises fare no worse."""

from collections.abc import Sequence

from aboveboard.charter import Charter, Promise
from aboveboard.evals import Scored, suite_of
from aboveboard.evals.comparing import Coverage, Difference, coverage
from aboveboard.mitigation._arm import Arm
from aboveboard.mitigation._report import Effect, SideEffect
from aboveboard.mitigation._tested import figure_at_worst, figure_of


def side_effects(
    charter: Charter, repaired: str, arms: tuple[Arm, Arm], margin: float, confidence: float
) -> list[SideEffect]:
    """What becomes of every promise but the repaired one.

    No worse: the one-sided interval of the harm at `confidence` lies below the margin (non-inferiority, one
    of the two tests of Schuirmann 1987), also with the answers that the candidate lost at their worst; left
    open where the value leaves the promise's own bound. Worse: it does not lie there, and the harm is above 0
    at that confidence. As every promise has to pass, no correction is needed (intersection-union: Berger
    1982, Technometrics 24).
    """
    others = [promise for promise in charter.promises if promise.id != repaired]
    return [_effect(promise, arms, margin, confidence) for promise in others]


def _effect(promise: Promise, arms: tuple[Arm, Arm], margin: float, confidence: float) -> SideEffect:
    suite = suite_of(promise.measure)
    mode = next(each.scoring for each in suite.measures if each.id == promise.measure)
    if mode == "metered":
        return _none(promise, margin, "energy is no property of single answers")
    first, second = (arm.scored.get(suite.id, []) for arm in arms)
    # A two-sided interval at 1 − 2α has the one-sided limits at 1 − α.
    figures = figure_of(promise, first, second, 2 * confidence - 1)
    if not figures:
        return _none(promise, margin, "one of the two has no value")
    found = max(figures, key=lambda each: each.harm_high)
    room = margin * max(1.0, abs(found.side.first))
    effect = _judged(found, room)
    if effect != "no worse":
        return SideEffect(promise.id, promise.measure, effect, room, found)
    shown, doubt = _doubted(promise, figures) or _hidden(promise, (first, second), confidence, room)
    return SideEffect(
        promise.id, promise.measure, "undecided" if doubt else effect, room, shown or found, doubt
    )


def _doubted(promise: Promise, figures: Sequence[Difference]) -> tuple[Difference, str] | None:
    """Within the margin, and out of what is promised: whether it was kept before is not certain either."""
    left = [each for each in figures if _leaves(promise, each)]
    return (left[0], "its value leaves the bound") if left else None


def _hidden(
    promise: Promise, sides: tuple[Sequence[Scored], Sequence[Scored]], confidence: float, room: float
) -> tuple[Difference | None, str]:
    """What the answers that can be read no more would make of it, where that is not "no worse"."""
    read = coverage(promise.measure, *sides)
    if not read.lost:
        return None, ""
    worst = figure_at_worst(promise, *sides, 2 * confidence - 1)
    found = max(worst, key=lambda each: each.harm_high, default=None)
    if found and _judged(found, room) == "no worse":
        return None, ""
    return found, f"{lost_words(read)}; at their worst it may be worse"


def lost_words(read: Coverage) -> str:
    """`12 of 40 answers can be read no more`."""
    return f"{read.lost} of {read.n} answers can be read no more"


def _leaves(promise: Promise, figure: Difference) -> bool:
    """Whether the figure is as promised before, and is not after."""
    return promise.must.is_met_by(figure.side.first) and not promise.must.is_met_by(figure.side.second)


def _judged(found: Difference, margin: float) -> Effect:
    if found.harm_high < margin:
        return "no worse"
    return "worse" if found.harm_low > 0 else "undecided"


def _none(promise: Promise, margin: float, reason: str) -> SideEffect:
    return SideEffect(promise.id, promise.measure, "not compared", margin, reason=reason)
