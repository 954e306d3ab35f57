"""What became of a promise."""

from dataclasses import dataclass

from aboveboard.charter import Promise
from aboveboard.evidence._counting import Counted, counted_in_groups
from aboveboard.evidence.records import Slice
from aboveboard.stats import Verdict


@dataclass(frozen=True, slots=True)
class PromiseStatus:
    """A promise and the evidence that settles it, or what is missing for that.

    `value` in [`low`, `high`] from `n` answers or cases (`counted`) is the figure that decided: of a promise
    over several attributes, the attribute that stands worst. `missing` says why a promise is undecided,
    `samples_needed` how many of them in all would decide were the value to stay, `note` how several figures
    were judged together, `caution` what to know before believing it: items lost, earlier runs that said
    otherwise.
    """

    promise: Promise
    verdict: Verdict
    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: int = 0
    record_id: str | None = None
    run: str | None = None
    missing: str = ""
    samples_needed: int | None = None
    slices: tuple[Slice, ...] = ()
    note: str = ""
    caution: str = ""

    @property
    def counted(self) -> Counted:
        """What `n` and `samples_needed` count."""
        return counted_in_groups(self.promise.measure) if self.promise.over else "answers"

    @property
    def refuses(self) -> bool:
        """Whether the promise is broken and its charter says that nobody is answered meanwhile."""
        return self.verdict is Verdict.BROKEN and self.promise.if_broken == "stop"
