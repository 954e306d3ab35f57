"""How likely a model finds given texts: what is asked, what comes back, and who can answer.

Three forms of the same question, all in raw text (no chat template is put around it) and in nats:

- a continuation after a context: `LikelihoodRequest("Q: Where is Lima?\\nA:", {"yes": " In Peru."})`;
- a whole text from the beginning-of-text: `whole_text({"stereo": "…", "anti": "…"})`, which has no context;
- a choice by letter: `letters("…\\nAnswer:", ("A", "B"))`: each letter must be one token after the prompt.

Continuations go by id and come back by id. Those that share a context are one request, so that a model reads
the context once. The border between context and continuation follows lm-evaluation-harness
(docs/model_guide.md): trailing white space of the context belongs to the continuation, both are encoded as
one text, and the tokens after as many as the context alone encodes to are the continuation's. Without a
context the model's beginning-of-text token (else its end-of-text) stands in its place.
"""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

from aboveboard.models._errors import ModelError

Form = Literal["text", "letter"]
"""`letter` promises that every continuation is one token; a model refuses those that are not."""

Detail = Literal["sum", "tokens", "moments"]
"""Sums only; each token's log-probability too; or, with these, the moments of log p over the vocabulary."""


@dataclass(frozen=True, slots=True)
class LikelihoodRequest:
    """Texts by id that may follow `context`; with an empty context each is a whole text by itself."""

    context: str
    continuations: Mapping[str, str]
    form: Form = "text"
    detail: Detail = "sum"


@dataclass(frozen=True, slots=True)
class Likelihood:
    """log p(continuation | context) in nats, over `tokens` tokens.

    `is_greedy`: each of them was the most likely one. `token_logprobs` is filled from detail `tokens` on.
    `token_moments` (detail `moments`) are, for each place, mean and standard deviation of log p over the
    vocabulary under p, as Min-K%++ wants them (Zhang et al. 2024, equation 3).
    """

    logprob: float
    tokens: int
    is_greedy: bool
    token_logprobs: tuple[float, ...] = ()
    token_moments: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class LikelihoodAnswer:
    """The likelihood of each continuation by its id, and how many tokens context and continuations have."""

    likelihoods: Mapping[str, Likelihood]
    prompt_tokens: int = 0


LikelihoodResult = tuple[int, LikelihoodAnswer | ModelError]
"""The place of a request in what was asked, with its answer, or with what went wrong with this one alone."""


@runtime_checkable
class LikelihoodModel(Protocol):
    """A model that tells how likely given texts are."""

    async def check_likelihoods(self, details: Iterable[Detail] = ("sum",)) -> None:
        """Raises ModelUnsupportedError, before anything is asked, when the model cannot tell these."""
        ...

    def likelihoods(self, requests: Sequence[LikelihoodRequest]) -> AsyncIterator[LikelihoodResult]:
        """Every request's answer exactly once, as soon as it is known, in the order that suits the model.

        Give all requests at once: they are planned together. What concerns one request only (it is too long,
        a letter is two tokens) is its result; what concerns all (no connection, closed) is raised.
        """
        ...


def whole_text(texts: Mapping[str, str], detail: Detail = "sum") -> LikelihoodRequest:
    """Asks how likely whole texts are, each from the beginning-of-text."""
    return LikelihoodRequest("", texts, detail=detail)


def letters(prompt: str, names: Sequence[str]) -> LikelihoodRequest:
    """Asks for log p of each letter as the next token after `prompt`; the letter is both id and text.

    A prompt that ends in a space gets the bare letter; any other gets a space before it (" A").
    """
    space = "" if prompt[-1:].isspace() else " "
    return LikelihoodRequest(prompt, {name: space + name for name in names}, form="letter")
