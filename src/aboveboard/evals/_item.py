"""One item of a suite, the answer it got, and the score of that answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from aboveboard.footprint import Span
from aboveboard.models import Likelihood, LikelihoodRequest, Message

Mode = Literal["generate", "next-token", "likelihood", "metered"]
Profile = Literal["quick", "full"]


def _tell_nobody(_: str) -> None:
    """Keeps silent."""


@dataclass(frozen=True, slots=True)
class Options:
    """How much of a suite to run: `limit` caps the requests (whole clusters only) and overrides the profile.

    `data_dir` is where public data lie or may be put; `tell` hears what is being fetched, if anything may be.
    """

    seed: int = 0
    profile: Profile = "quick"
    limit: int | None = None
    data_dir: Path | None = None
    tell: Callable[[str], None] = field(default=_tell_nobody, compare=False)
    may_fetch: bool = field(default=True, compare=False)

    def count(self, quick: int, full: int) -> int:
        """How many requests to plan when the profile alone would plan `quick` or `full`."""
        if self.limit is not None:
            return max(1, self.limit)
        return quick if self.profile == "quick" else full


@dataclass(frozen=True, slots=True)
class Item:
    """One request to the model and all that its scorer needs.

    `cluster` names what repeats across items (one CV under several names); errors are clustered by it.
    `groups` maps an attribute to this item's group. `choices` are the answers looked for among the
    next tokens, by id and never by position. `measures` are the ids of the measures that this item is for;
    empty means all of its suite's. An item of mode `likelihood` has no messages but a `likelihood`, whose
    continuations come back by their ids in `Answer.likelihoods`. `temperature` 0 asks for the likeliest
    answer; above it, items that differ in `draw` alone are different draws, with `draw` as the seed.
    """

    id: str
    messages: tuple[Message, ...]
    mode: Mode
    cluster: str
    groups: Mapping[str, str] = field(default_factory=dict)
    choices: tuple[str, ...] = ()
    max_tokens: int = 48
    target: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    measures: tuple[str, ...] = ()
    likelihood: LikelihoodRequest | None = None
    temperature: float = 0.0
    draw: int = 0

    def is_for(self, measure: str) -> bool:
        return not self.measures or measure in self.measures

    @property
    def text(self) -> str:
        """The whole prompt on a page, for sorting and for people."""
        if self.likelihood is not None:
            return "\n".join((self.likelihood.context, *self.likelihood.continuations.values()))
        return "\n".join(f"{message.role}: {message.content}" for message in self.messages)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model returned: a text, natural-log probabilities of the first token, or the likelihoods of
    given texts by their ids; or why it failed.

    `seconds` and `energy_wh` are those of the call that was really made, also when it comes from the cache;
    `carbon_g`, `water_ml` and `embodied_g` (of the machine's making) are None where the grid that the energy
    came from, or the machine, is not known.
    `served_by` is the model that the answer names, `fingerprint` that of the set-up behind it. `asked` is
    when it was given, as RFC 3339.
    """

    text: str = ""
    logprobs: Mapping[str, float] = field(default_factory=dict)
    prompt_tokens: int = 0
    completion_tokens: int = 0
    seconds: float = 0.0
    energy_wh: float = 0.0
    energy_basis: str = "unmeasured"
    carbon_g: float | None = None
    water_ml: Span | None = None
    embodied_g: Span | None = None
    error: str = ""
    served_by: str = ""
    fingerprint: str = ""
    likelihoods: Mapping[str, Likelihood] = field(default_factory=dict)
    asked: str = ""


Score = Mapping[str, float]
"""Named numbers drawn from one answer, by the suite's own names."""


@dataclass(frozen=True, slots=True)
class Scored:
    """An item with its answer. `score` is None where the answer could not be read: it then counts nowhere."""

    item: Item
    answer: Answer
    score: Score | None

    @property
    def has_failed(self) -> bool:
        return bool(self.answer.error)
