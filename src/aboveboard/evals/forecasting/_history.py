"""What a model took before, here: the costs of earlier runs of the same weights or endpoint."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from aboveboard.evals._cost import SuiteCost, cost_read
from aboveboard.evals._run_state import list_runs
from aboveboard.evals.forecasting._range import Range
from aboveboard.evals.pages import Recorded

_MOST_RUNS = 50
_ENOUGH = 3
"""Requests that must have been made before a rate of a suite is believed."""

_HERE, _ELSEWHERE = 2.0, 4.0
"""How much faster or slower it may be this time: other load, other lengths, a cold start; another machine."""

Figure = Callable[[SuiteCost], float | None]
"""One figure of a cost; None where it is not known."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Something for each request, and what that is known from."""

    each: Range
    basis: str


@dataclass(frozen=True, slots=True)
class History:
    """Costs of suites on one model, newest first: `where` says whose, `doubt` by what factor they may err."""

    costs: Sequence[SuiteCost] = ()
    where: str = "earlier runs of this model here"
    doubt: float = _HERE

    def rate_of(self, suite: str, of: Figure) -> Rate | None:
        """What `of` tells, for each request of a suite."""
        return self._rate([each for each in self.costs if each.suite == suite], of, "")

    def rate_by(self, mode: str, of: Figure) -> Rate | None:
        """The same of all suites that ask in one way."""
        alike = [each for each in self.costs if _kind(each.mode) == _kind(mode)]
        return self._rate(alike, of, f", other suites by {_kind(mode)}")

    def _rate(self, costs: Sequence[SuiteCost], of: Figure, beyond: str) -> Rate | None:
        known = [(each, value) for each in costs if (value := of(each)) is not None]
        requests = sum(each.requests for each, _ in known)
        if requests < _ENOUGH:
            return None
        rates = [value / each.requests for each, value in known if each.requests >= _ENOUGH]
        mean = sum(value for _, value in known) / requests
        low, high = min([mean, *rates]) / self.doubt, max([mean, *rates]) * self.doubt
        return Rate(Range(low, mean, high), f"{self.where}{beyond} ({requests:,} requests)")


def _kind(mode: str) -> str:
    """A metered answer is a generated one."""
    return "generate" if mode == "metered" else mode


def earlier_runs(state: Path, model_digest: str) -> History:
    """What the last runs of a state directory took, of one model."""
    runs = [view for view in list_runs(state)[:_MOST_RUNS] if view.model_digest == model_digest]
    costs = [cost_read(fields) for view in runs for fields in view.costs]
    return History([each for each in costs if each is not None and each.requests])


def recorded_runs(recorded: Recorded, model_digest: str, modes: dict[str, str]) -> History:
    """What the suites took on the reference machine, where it is the same model; `modes` by suite."""
    costs = [
        SuiteCost(
            suite=name,
            mode=modes.get(name, ""),
            requests=each.requests,
            counted=each.requests if each.prompt_tokens else 0,
            prompt_tokens=each.prompt_tokens,
            completion_tokens=each.completion_tokens,
            seconds=each.cpu_seconds,
        )
        for name, each in recorded.suites.items()
        if each.model_digest == model_digest and each.requests
    ]
    return History(costs, f"what was recorded on {recorded.machine}", _ELSEWHERE)
