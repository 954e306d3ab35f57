"""The same question asked twice for a person who differs in name only, and shown to nobody."""

from dataclasses import dataclass
from typing import ClassVar

from aboveboard.evidence.records._footprint_entry import Footprint
from aboveboard.evidence.records._record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeAnswer:
    """One variant's answer in numbers: `refused` is 0 or 1, `sentiment` −1 to 1, `warmth` 0 to 1."""

    group: str
    refused: float
    words: int
    sentiment: float
    warmth: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe(Record):
    """A counterfactual probe: a shadow request in two variants, to the same model with the same parameters.

    `source` is `traffic` (the masked words of the decision in `links`, with stand-in names) or `requests`
    (one of our own). `by` is the attribute that the names differ in. `answers` holds both variants, or none
    where one failed (`error`): then neither counts. Its words are kept nowhere; `footprint` is its cost.
    """

    kind: ClassVar[str] = "probe"

    source: str
    by: str
    model: str
    model_digest: str
    provider: str
    charter_digest: str
    answers: tuple[ProbeAnswer, ...] = ()
    max_tokens: int = 0
    temperature: float = 0.0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    footprint: Footprint | None = None
    error: str = ""
