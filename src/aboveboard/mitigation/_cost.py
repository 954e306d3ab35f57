"""What answers cost: time, tokens, energy."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from aboveboard.evals import Scored


@dataclass(frozen=True, slots=True)
class Cost:
    """Means of one answer. `tokens` is None where the model counts none (next-token scoring), `energy_wh`
    where some answers were there before, so that the meter did not see them made.
    """

    seconds: float
    tokens: float | None
    energy_wh: float | None


def cost_of(scored: Sequence[Scored], energy_wh: float | None) -> Cost:
    """The mean cost of the answers that came; seconds are those of the call that was made, cached or not."""
    answers = [each.answer for each in scored if not each.has_failed]
    if not answers:
        return Cost(0.0, None, None)
    tokens = [each.prompt_tokens + each.completion_tokens for each in answers]
    return Cost(
        seconds=fmean(each.seconds for each in answers),
        tokens=fmean(tokens) if any(tokens) else None,
        energy_wh=None if energy_wh is None else energy_wh / len(answers),
    )
