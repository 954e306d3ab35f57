"""What asking the questions of a suite cost: written into `run.json`, and what later forecasts start from."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from aboveboard.evals._item import Answer, Item


@dataclass(frozen=True, slots=True)
class SuiteCost:
    """Requests that were really made for a suite (none from the cache), most of them in `mode`.

    Tokens are those that answers told, `counted` how many did. `seconds` are by the clock, with as many
    requests at once as the run made; `energy_wh` is this machine's, None where nothing was metered.
    """

    suite: str
    mode: str
    requests: int
    counted: int
    prompt_tokens: int
    completion_tokens: int
    seconds: float
    energy_wh: float | None = None

    def __add__(self, other: "SuiteCost") -> "SuiteCost":
        """Both together: a run that was interrupted and taken up again."""
        energies = (self.energy_wh, other.energy_wh)
        known = [each for each in energies if each is not None]
        return SuiteCost(
            self.suite,
            (self if self.requests >= other.requests else other).mode,
            self.requests + other.requests,
            self.counted + other.counted,
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
            self.seconds + other.seconds,
            sum(known) if len(known) == len(energies) else None,
        )


@dataclass(slots=True)
class Tally:
    """Adds up what the requests of one suite cost while they are answered."""

    requests: int = 0
    counted: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    _modes: Counter[str] = field(default_factory=Counter)

    def add(self, item: Item, answer: Answer) -> None:
        """One request that was made, answered or not."""
        self.requests += 1
        self.counted += bool(answer.prompt_tokens)
        self.prompt_tokens += answer.prompt_tokens
        self.completion_tokens += answer.completion_tokens
        self._modes[item.mode] += 1

    def cost(self, suite: str, seconds: float, energy_wh: float | None) -> SuiteCost:
        """All of them."""
        mode = self._modes.most_common(1)[0][0] if self._modes else ""
        return SuiteCost(
            suite,
            mode,
            self.requests,
            self.counted,
            self.prompt_tokens,
            self.completion_tokens,
            round(seconds, 3),
            energy_wh,
        )


def added(earlier: Sequence[Mapping[str, Any]], costs: Sequence[SuiteCost]) -> tuple[dict[str, Any], ...]:
    """What `run.json` held, and what came to it, by suite."""
    found = {cost.suite: cost for each in earlier if (cost := cost_read(each)) is not None}
    for cost in costs:
        found[cost.suite] = found[cost.suite] + cost if cost.suite in found else cost
    return tuple(asdict(each) for each in found.values())


def cost_read(fields: Mapping[str, Any]) -> SuiteCost | None:
    """What `run.json` holds of one suite; None where it cannot be read."""
    try:
        cost = SuiteCost(**fields)
    except TypeError:
        return None
    return cost if _is_sound(cost) else None


def _is_sound(cost: SuiteCost) -> bool:
    counts = (cost.requests, cost.counted, cost.prompt_tokens, cost.completion_tokens)
    known = all(isinstance(each, int | float) and each >= 0 for each in (*counts, cost.seconds))
    return known and isinstance(cost.suite, str)
