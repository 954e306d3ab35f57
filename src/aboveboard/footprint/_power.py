"""The stated power model: from CPU time to energy, where no counter can be read.

Watts of one busy hardware thread: 3.85, the mean of the full-load figures that Cloud Carbon Footprint derives
per virtual CPU from SPECpower_ssj2008 for Haswell 5.99, Broadwell 3.54, Skylake 4.05, Cascade Lake 3.80 and
EPYC Milan 1.87. They cover the whole server's power shared among its threads. The true figure of a machine
may be half or twice that: this is an estimate, and is labelled one.
"""

from dataclasses import dataclass

from aboveboard.footprint._errors import FootprintError
from aboveboard.footprint._span import Span

MODEL_ERROR = Span(0.5, 1.0, 2.0)
"""How far the truth may be from an estimate: the five processors lie between 0.49 and 1.56 of their mean."""


@dataclass(frozen=True, slots=True)
class PowerModel:
    """`watts_per_thread` when busy; `pue` multiplies it for cooling and losses (1: the machine alone).

    `joules_per_token` is used only when no time was taken at all; the default is the bundled model's, 1 CPU
    second for 90 tokens.
    """

    watts_per_thread: float = 3.85
    pue: float = 1.0
    joules_per_token: float = 3.85 / 90
    source: str = "Cloud Carbon Footprint from SPECpower_ssj2008, mean of five server processors"

    def __post_init__(self) -> None:
        if not (self.watts_per_thread > 0 and self.pue >= 1 and self.joules_per_token > 0):
            raise FootprintError(
                "a power model needs watts above 0 and a PUE of at least 1", where="footprint"
            )

    def by_cpu(self, cpu_seconds: float) -> float:
        """Joules of CPU time."""
        return max(cpu_seconds, 0.0) * self.watts_per_thread * self.pue

    def by_tokens(self, tokens: int) -> float:
        """Joules of tokens, when nothing else is known."""
        return max(tokens, 0) * self.joules_per_token * self.pue

    @property
    def words(self) -> str:
        """For the method of a figure."""
        return f"{self.watts_per_thread:g} W per busy thread ({self.source}), PUE {self.pue:g}"


DEFAULT_POWER = PowerModel()
