"""What a measure is: its id, which way is better, its unit, and how it is scored and bounded."""

from dataclasses import dataclass
from typing import Literal

Direction = Literal["higher", "lower", "zero", "parity"]
"""`higher`/`lower` is better; `zero` is a signed score best at 0; `parity` is a ratio best at 1."""

ScoringMode = Literal["generation", "next-token", "likelihood", "letter", "metered"]
"""Generated text, next-token log-probabilities after a chat's template, likelihoods of given raw texts,
letters after a raw prompt, and metered energy are different measures, never mixed."""


@dataclass(frozen=True, slots=True)
class MeasureInfo:
    """One entry of the catalogue.

    `attributes` are what the measure can be split `over`; empty when it cannot be.
    """

    id: str
    title: str
    direction: Direction
    unit: str
    scoring: ScoringMode
    interval: str
    suite: str
    attributes: tuple[str, ...] = ()
    source: str = ""
