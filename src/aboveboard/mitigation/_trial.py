"""What is asked of a trial."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from aboveboard.charter import Charter, Promise
from aboveboard.evals import Options, suite_of
from aboveboard.mitigation._candidates import Candidate


@dataclass(frozen=True, slots=True)
class Trial:
    """What is to be repaired, by what, and how sure one has to be. `margin` is how much worse another promise
    may fare: in the unit of a share, or as a share of a value above 1. `patched` gives the charter that a
    candidate would be adopted by, whose promises its measurements then settle.
    """

    charter: Charter
    promise: Promise
    candidates: Sequence[Candidate]
    patched: Callable[[Candidate], Charter]
    options: Options
    margin: float = 0.1
    confidence: float = 0.95

    @property
    def suite(self) -> str:
        return suite_of(self.promise.measure).id
