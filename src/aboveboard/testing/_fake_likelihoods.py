"""A model whose likelihoods are a function of the texts: for tests of suites, without weights."""

import hashlib
import math
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterable, Mapping, Sequence
from typing import Any

from aboveboard.models import (
    ChatChunk,
    ChatRequest,
    ChatResponse,
    Detail,
    Likelihood,
    LikelihoodAnswer,
    LikelihoodRequest,
    LikelihoodResult,
    ModelInfo,
    ModelRefusedError,
    ModelUnsupportedError,
    open_model,
)

LogProbability = Callable[[str, str], float]
"""log p(continuation | context) in nats; the context is empty for a whole text."""


class FakeLikelihoods:
    """Tells likelihoods by `score(context, continuation)`; default: a number that depends on the text alone.

    A token is a word; the log-probability of a text is spread evenly over its tokens. A letter has to be one
    token here too. `offers` are the details it can tell; requests whose context contains `fails_on` fail.
    `asked` keeps what it was asked. Chats go to the scripted model with `options` (see FakeModel).
    """

    def __init__(
        self,
        score: LogProbability | None = None,
        *,
        offers: Iterable[Detail] = ("sum", "tokens", "moments"),
        fails_on: str = "",
        options: Mapping[str, Any] | None = None,
    ) -> None:
        self._score = score or by_hash
        self._offers = frozenset(offers)
        self._fails_on = fails_on
        self._inner = open_model("likely", "fake", options or {})
        self.asked: list[LikelihoodRequest] = []

    @property
    def info(self) -> ModelInfo:
        return self._inner.info

    async def check_likelihoods(self, details: Iterable[Detail] = ("sum",)) -> None:
        for detail in details:
            if detail not in self._offers:
                raise ModelUnsupportedError(f"likelihoods ({detail})", where="model 'likely'")

    async def likelihoods(
        self, requests: Sequence[LikelihoodRequest]
    ) -> AsyncGenerator[LikelihoodResult, None]:
        """From the last request to the first, so that nobody relies on their order."""
        for place in reversed(range(len(requests))):
            self.asked.append(requests[place])
            yield place, self._answer(requests[place])

    async def chat(self, request: ChatRequest) -> ChatResponse:
        return await self._inner.chat(request)

    def stream(self, request: ChatRequest) -> AsyncIterator[ChatChunk]:
        return self._inner.stream(request)

    async def next_token(self, request: ChatRequest, top: int = 20) -> Mapping[str, float]:
        return await self._inner.next_token(request, top)

    async def close(self) -> None:
        await self._inner.close()

    def _answer(self, request: LikelihoodRequest) -> LikelihoodAnswer | ModelRefusedError:
        if self._fails_on and self._fails_on in request.context:
            return ModelRefusedError("the scripted refusal", status=400, where="model 'likely'")
        told = {name: self._tell(request, text) for name, text in request.continuations.items()}
        if request.form == "letter" and any(one.tokens != 1 for one in told.values()):
            return ModelRefusedError("a letter is not one token", status=400, where="model 'likely'")
        words = len(request.context.split()) + sum(one.tokens for one in told.values())
        return LikelihoodAnswer(told, words)

    def _tell(self, request: LikelihoodRequest, text: str) -> Likelihood:
        logprob = self._score(request.context, text)
        tokens = max(1, len(text.split()))
        each = (logprob / tokens,) * tokens
        return Likelihood(
            logprob,
            tokens,
            is_greedy=logprob / tokens > math.log(0.5),
            token_logprobs=() if request.detail == "sum" else each,
            token_moments=((-2.0, 1.0),) * tokens if request.detail == "moments" else (),
        )


def by_hash(context: str, continuation: str) -> float:
    """Between −1 and −2 nats a word, the same for the same texts."""
    digest = hashlib.sha256(f"{context}\0{continuation}".encode("utf-8", "replace")).digest()
    return -max(1, len(continuation.split())) * (1 + digest[0] / 256)
