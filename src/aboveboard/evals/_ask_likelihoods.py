"""Likelihoods of given texts: the items of a suite in one question to the model, answers as they are known.

A suite asks by items of mode `likelihood`:

    Item(id="7", messages=(), mode="likelihood", cluster="7",
         likelihood=LikelihoodRequest("Q: …\\nA:", {"true": " Peru.", "false": " Chile."}))

and its scorer reads `answer.likelihoods["true"].logprob`. Its measures say `scoring="likelihood"` (or, for
`letters`, "letter"), since such a figure is another measure than the same question answered in words.
"""

import time
from collections.abc import AsyncGenerator, Iterable, Mapping, Sequence
from contextlib import aclosing

from aboveboard.evals._errors import ModelUnusableError
from aboveboard.evals._item import Answer, Item
from aboveboard.evals._requests import Call
from aboveboard.models import (
    LikelihoodAnswer,
    LikelihoodModel,
    LikelihoodRequest,
    LikelihoodResult,
    Model,
    ModelError,
    ModelUnsupportedError,
)

NEEDS_LIKELIHOODS = "cannot be asked of this model (needs likelihoods of given texts)"


async def check_likelihoods(model: Model, items: Iterable[Item]) -> None:
    """Raises ModelUnusableError, before anything is asked, when the model cannot tell what the items ask."""
    details = dict.fromkeys(item.likelihood.detail for item in items if item.likelihood is not None)
    if not details:
        return
    if not isinstance(model, LikelihoodModel):
        raise _unusable(model, "this model gives no likelihoods of given texts")
    try:
        await model.check_likelihoods(tuple(details))
    except ModelUnsupportedError as error:
        raise _unusable(model, error.what) from error


async def unaskable(model: Model, items: Mapping[str, Iterable[Item]]) -> dict[str, str]:
    """The suites (of `items` by suite) whose items this model cannot tell, each with the reason."""
    found: dict[str, str] = {}
    for suite, each in items.items():
        try:
            await check_likelihoods(model, each)
        except ModelUnusableError as error:
            found[suite] = f"{NEEDS_LIKELIHOODS}: {error.what}; {error.cure}"
    return found


def cannot_tell(reason: str) -> bool:
    """Whether this is why a suite was left out: the model, and not what was missing besides."""
    return reason.startswith(NEEDS_LIKELIHOODS)


async def ask_likelihoods(model: Model, calls: Sequence[Call]) -> AsyncGenerator[tuple[Call, Answer], None]:
    """Each call with its answer, in the order in which the model finishes them."""
    if not isinstance(model, LikelihoodModel):
        raise _unusable(model, "this model gives no likelihoods of given texts")
    requests = [_asked(call.item) for call in calls]
    before = time.perf_counter()
    async with aclosing(_as_generator(model, requests)) as results:
        async for place, result in results:
            now = time.perf_counter()
            yield calls[place], _answer(result, now - before)
            before = time.perf_counter()


async def _as_generator(
    model: LikelihoodModel, requests: Sequence[LikelihoodRequest]
) -> AsyncGenerator[LikelihoodResult, None]:
    """The model's results; given up early, the model hears of it at once where it can."""
    results = model.likelihoods(requests)
    try:
        async for result in results:
            yield result
    finally:
        if isinstance(results, AsyncGenerator):
            await results.aclose()


def _asked(item: Item) -> LikelihoodRequest:
    assert item.likelihood is not None, "only items of mode likelihood come here"
    return item.likelihood


def _answer(result: LikelihoodAnswer | ModelError, seconds: float) -> Answer:
    if isinstance(result, ModelError):
        return Answer(error=f"{type(result).__name__}: {result.what}", seconds=seconds)
    return Answer(likelihoods=result.likelihoods, prompt_tokens=result.prompt_tokens, seconds=seconds)


def _unusable(model: Model, what: str) -> ModelUnusableError:
    return ModelUnusableError(
        what,
        where=f"model {model.info.id!r}",
        cure="assess it by suites that generate text, or open the same weights with `provider: transformers` "
        '(pip install "aboveboard[train]"), or serve them by vLLM (`prompt_logprobs`) or an endpoint whose '
        "completions have `echo`",
    )
