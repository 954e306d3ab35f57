"""What was measured of the risk that rows are led back to people."""

from dataclasses import dataclass

from aboveboard.privacy.risk._advice import Advice
from aboveboard.privacy.risk._population import PopulationRisk
from aboveboard.privacy.risk._sensitive import SensitiveRisk


@dataclass(frozen=True, slots=True)
class SizeBand:
    """Classes of `low` to `high` rows (None: and more): how many, and how many rows are in them."""

    low: int
    high: int | None
    classes: int
    rows: int

    def __str__(self) -> str:
        name = (
            f"{self.low}"
            if self.low == self.high
            else f"{self.low}-{self.high}"
            if self.high
            else f"{self.low}+"
        )
        return f"{name:>9} rows: {self.classes:,} classes, {self.rows:,} rows"


@dataclass(frozen=True, slots=True)
class RiskReport:
    """Equivalence classes of the quasi-identifiers, and three attackers (El Emam, Guide to the
    De-Identification of Personal Health Information, 2013).

    `k` is the smallest class. A prosecutor knows that the target is in the data: his risk is 1/size of its
    class, at most `prosecutor_highest`, on average `prosecutor_average`, the share of rows that a marketer
    who matches all of them gets right when the data are the whole population. `small_share` is the share of
    rows in classes below `target`. `population` is there when the size of the population was given. All of
    it is about the quasi-identifiers named, and nothing else that an attacker may know.
    """

    rows: int
    quasi: tuple[str, ...]
    classes: int
    k: int
    sizes: tuple[SizeBand, ...]
    unique_share: float
    target: int
    small_share: float
    prosecutor_highest: float
    prosecutor_average: float
    population: PopulationRisk | None
    sensitive: tuple[SensitiveRisk, ...]
    advice: Advice | None

    @property
    def highest_risk(self) -> float:
        """The risk of the row most at risk, for the attacker who knows most: 1/k."""
        return self.prosecutor_highest

    def lines(self) -> list[str]:
        """The report as lines for a terminal."""
        head = [
            f"{self.rows:,} rows, {self.classes:,} classes of {', '.join(self.quasi)}",
            f"k = {self.k}; {self.unique_share:.1%} of the rows are unique; "
            f"{self.small_share:.1%} are in classes below {self.target}",
            *(f"  {band}" for band in self.sizes),
            f"prosecutor risk: highest {self.prosecutor_highest:.3f}, average {self.prosecutor_average:.3f}",
        ]
        return [*head, *self._population_lines(), *self._sensitive_lines(), *self._advice_lines(), _CAVEAT]

    def _population_lines(self) -> list[str]:
        found = self.population
        if found is None:
            return [
                f"marketer risk: {self.prosecutor_average:.3f}, if these rows are the whole population",
                "journalist risk: at most the prosecutor's; name the population's size for an estimate",
            ]
        match = (
            ""
            if found.unique_match is None
            else f"; a match with a unique row is right {found.unique_match:.1%}"
        )
        share = (
            ""
            if found.unique_share is None
            else f"; {found.unique_share:.2%} of the population are unique (estimate)"
        )
        return [
            f"as a simple random sample of {found.size:,}: "
            f"journalist risk at most {found.journalist_highest:.4f} (expected), "
            f"marketer risk {found.marketer:.4f}{match}{share}"
        ]

    def _sensitive_lines(self) -> list[str]:
        return [
            f"{item.column}: l = {item.diversity} (entropy {item.entropy_diversity:.2f}), "
            f"t = {item.closeness:.3f}, told by the class for {item.told:.1%} of the rows"
            for item in self.sensitive
        ]

    def _advice_lines(self) -> list[str]:
        if self.advice is None:
            return [f"no generalisation reaches k = {self.target}: there are fewer rows"]
        if not self.advice.steps:
            return [f"k = {self.advice.k} is reached{_dropping(self.advice)}"]
        steps = ", ".join(f"{column}: {what}" for column, what in self.advice.steps)
        return [f"to reach k = {self.advice.k}: {steps}{_dropping(self.advice)}"]


_CAVEAT = "counts only the columns named; what else an attacker knows is not in it"


def _dropping(advice: Advice) -> str:
    return f", and drop {advice.dropped:.2%} of the rows" if advice.dropped else ""
