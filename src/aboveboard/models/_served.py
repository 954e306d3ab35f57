"""Who gave an answer, in the endpoint's own words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Served:
    """The `model` that an answer names and its `system_fingerprint`, which changes with the set-up behind it
    (OpenAI API reference, "The chat completion object"); empty where the endpoint says nothing.
    """

    model: str = ""
    fingerprint: str = ""


class Candidates(dict[str, float]):
    """Log-probabilities of a first token by its text, and who gave them."""

    def __init__(self, found: Mapping[str, float], served: Served) -> None:
        super().__init__(found)
        self.served = served


def read_served(raw: Any) -> Served:
    """What an answer in OpenAI's format says of its model."""
    told = raw if isinstance(raw, Mapping) else {}
    return Served(_word(told.get("model")), _word(told.get("system_fingerprint")))


def _word(value: Any) -> str:
    """Shown to people, in terminals too: what cannot be printed is not kept."""
    return "".join(filter(str.isprintable, value[:_LONGEST])) if isinstance(value, str) else ""
