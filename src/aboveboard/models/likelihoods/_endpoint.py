"""Likelihoods told by an endpoint: `echo` with `logprobs`, or vLLM's `prompt_logprobs`.

Sources: the OpenAI API reference, "Completions" (legacy: `echo`, `logprobs`, `text_offset`), and vLLM's
documentation, "OpenAI-compatible server" (`prompt_logprobs`). Which of them an endpoint has is found out by
one tiny request before anything else is asked; one that has neither, or ignores them silently, is refused.

The border is told by characters here, since the tokenizer is not ours: a token that begins before the end of
the context belongs to the context. Where a token crosses the border that is one token more or less than by
our rule for weights; elsewhere it is the same.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from aboveboard.models._errors import ModelError, ModelRefusedError, ModelUnsupportedError
from aboveboard.models._likelihood import (
    Detail,
    Likelihood,
    LikelihoodAnswer,
    LikelihoodRequest,
    LikelihoodResult,
)
from aboveboard.models.likelihoods._encoding import moved
from aboveboard.models.likelihoods._wire import FORMS, Form, Token, read_tokens

_PATH = "/completions"
_PROBE = "One two three"

Read = Callable[[Any, Mapping[str, str]], list[Token]]


class Ask(Protocol):
    """Asks the endpoint once; `aboveboard.models._remote.Remote.ask` is one."""

    def __call__(self, path: str, body: Mapping[str, Any], read: Read) -> Awaitable[list[Token]]: ...


class EndpointLikelihoods:
    """What an endpoint tells of given texts; `width` requests are asked at once."""

    def __init__(self, ask: Ask, model: str, where: str, width: int) -> None:
        self._ask = ask
        self._model = model
        self._where = where
        self._width = width
        self._form: Form | None = None

    async def check(self, details: Iterable[Detail]) -> None:
        """Raises ModelUnsupportedError when the endpoint has no likelihoods, or not in this detail."""
        if "moments" in details:
            raise ModelUnsupportedError("likelihoods of the whole vocabulary (moments)", where=self._where)
        if self._form is None:
            self._form = await self._found()

    async def tell(self, requests: Sequence[LikelihoodRequest]) -> AsyncGenerator[LikelihoodResult, None]:
        """Requests that begin alike are asked one after the other, so that the endpoint's cache serves
        them."""
        await self.check(dict.fromkeys(request.detail for request in requests))
        order = iter(sorted(range(len(requests)), key=lambda place: requests[place].context))
        told: asyncio.Queue[LikelihoodResult | BaseException] = asyncio.Queue()
        workers = [asyncio.create_task(self._work(requests, order, told)) for _ in range(self._width)]
        try:
            for _ in requests:
                result = await told.get()
                if isinstance(result, BaseException):
                    raise result
                yield result
        finally:
            for worker in workers:
                worker.cancel()
            await asyncio.gather(*workers, return_exceptions=True)

    async def _work(
        self,
        requests: Sequence[LikelihoodRequest],
        order: Iterator[int],
        told: "asyncio.Queue[LikelihoodResult | BaseException]",
    ) -> None:
        for place in order:
            try:
                told.put_nowait((place, await self._answer(requests[place])))
            except ModelError as error:
                told.put_nowait((place, error))
            except Exception as error:  # noqa: BLE001  (told to whoever waits, who would wait for ever)
                told.put_nowait(error)

    async def _answer(self, request: LikelihoodRequest) -> LikelihoodAnswer:
        found: dict[str, Likelihood] = {}
        before = 0
        by_text: dict[str, list[Token]] = {}
        for name, continuation in request.continuations.items():
            context, rest = moved(request.context, continuation)
            if context + rest not in by_text:
                by_text[context + rest] = await self._tokens(context + rest)
            tokens = by_text[context + rest]
            found[name] = self._likelihood(request, name, tokens, len(context))
            before = max(before, len(tokens) - found[name].tokens)
        return LikelihoodAnswer(found, before + sum(one.tokens for one in found.values()))

    def _likelihood(
        self, request: LikelihoodRequest, name: str, tokens: Sequence[Token], border: int
    ) -> Likelihood:
        scored = [token for token in tokens if token.start >= border and not token.is_first]
        if any(token.logprob is None for token in scored):
            raise self._wrong("the endpoint tells nothing of the first token of a text; give it a context")
        if not scored or (request.form == "letter" and len(scored) != 1):
            raise self._wrong(f"continuation {name!r} is {len(scored)} tokens after this context")
        each = tuple(token.logprob for token in scored if token.logprob is not None)
        return Likelihood(
            sum(each),
            len(each),
            all(token.is_greedy for token in scored),
            each if request.detail == "tokens" else (),
        )

    async def _tokens(self, text: str) -> list[Token]:
        assert self._form is not None, "check comes first"
        return await self._asked(self._form, text)

    async def _asked(self, form: Form, text: str) -> list[Token]:
        body = {"model": self._model, "prompt": text, "temperature": 0, **form.fields}
        return await self._ask(_PATH, body, lambda raw, _: read_tokens(raw, form, text, self._where))

    async def _found(self) -> Form:
        for form in FORMS:
            try:
                tokens = await self._asked(form, _PROBE)
            except ModelRefusedError as error:
                if error.retryable or error.status in (401, 403):
                    raise
                continue
            if len(tokens) > 1 and all(token.logprob is not None for token in tokens[1:]):
                return form
        raise ModelUnsupportedError("likelihoods of given texts (echo, prompt_logprobs)", where=self._where)

    def _wrong(self, what: str) -> ModelRefusedError:
        return ModelRefusedError(what, status=400, where=self._where)
