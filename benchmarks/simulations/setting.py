"""One cell of the table: what is simulated, and what is claimed of it."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

Random = np.random.Generator


@dataclass(frozen=True, slots=True)
class Setting:
    """One cell of the table: `trial` says of one simulated data set whether the event happened.

    `claim`: `>=` coverage is at least nominal − slack; `~` within slack of nominal; `<=` an error rate is at
    most nominal; `shown` nothing is claimed, the figure is there as a warning.
    """

    method: str
    case: str
    trial: Callable[[Random], bool]
    claim: str = ">="
    nominal: float = 0.95
    slack: float = 0.0
    cost: int = 1  # runs are divided by this


@dataclass(frozen=True, slots=True)
class Row:
    setting: Setting
    observed: float
    runs: int

    @property
    def tolerance(self) -> float:
        c = self.setting.nominal
        return 4 * math.sqrt(c * (1 - c) / self.runs)

    @property
    def is_as_claimed(self) -> bool:
        off, room = self.observed - self.setting.nominal, self.setting.slack + self.tolerance
        return {">=": off >= -room, "<=": off <= room, "~": abs(off) <= room, "shown": True}[
            self.setting.claim
        ]


def measure(setting: Setting, runs: int, seed: int) -> Row:
    """Runs one setting; the same seed gives the same row, whatever other settings there are."""
    generator = np.random.default_rng([seed, *f"{setting.method} {setting.case}".encode()])
    count = max(25, runs // setting.cost)
    return Row(setting, sum(setting.trial(generator) for _ in range(count)) / count, count)


def filled(trial: Callable[..., bool], *fixed: object) -> Callable[[Random], bool]:
    """The trial with its setting filled in."""
    return lambda generator: trial(generator, *fixed)


def rates_words(rates: tuple[float, ...]) -> str:
    return f"{len(rates)} × {rates[0]}" if len(set(rates)) == 1 else " ".join(map(str, rates))
