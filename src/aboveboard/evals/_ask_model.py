"""One call to the model: an item in, an answer out; a failure is an answer that says so."""

import time
from collections.abc import Mapping
from dataclasses import replace
from itertools import islice

from aboveboard.errors import AboveboardError
from aboveboard.evals._errors import EvalError
from aboveboard.evals._item import Answer, Item
from aboveboard.evals._requests import request_of
from aboveboard.evals._services import EnergyMeter
from aboveboard.evals._stated_energy import stated_energy
from aboveboard.models import Candidates, ChatResponse, Model, Served, read_served
from aboveboard.values import Basis

TOP = 20
"""How many next tokens are asked for; OpenAI-compatible endpoints give no more."""

_LONGEST_TOKEN = 128
"""Characters of the longest tokens there are (runs of spaces, in vocabularies of 100,000 and more)."""

_MOST_CANDIDATES = 1000
"""Next tokens that are kept, for an endpoint that sends more than it was asked for."""

UNMEASURED = "unmeasured"
"""How the error of an answer begins whose energy could not be read: the model itself did not fail."""


async def ask_model(model: Model, item: Item, meter: EnergyMeter | None) -> Answer:
    """The model's answer to an item. A failure the provider reports becomes `Answer.error`."""
    started = time.perf_counter()
    try:
        answer = await _ask(model, item, meter)
    except EvalError as error:
        answer = Answer(error=f"{UNMEASURED}: {error.what}")
    except AboveboardError as error:
        answer = Answer(error=f"{type(error).__name__}: {error.what}")
    return replace(answer, seconds=time.perf_counter() - started)


async def _ask(model: Model, item: Item, meter: EnergyMeter | None) -> Answer:
    match item.mode:
        case "next-token":
            return _weighed(await model.next_token(request_of(item), top=TOP))
        case "generate":
            return await _generate(model, item)
        case "likelihood":
            raise EvalError("likelihoods are asked for all at once, see _ask_likelihoods.py")
        case "metered":
            return await _metered(model, item, meter)


async def _generate(model: Model, item: Item) -> Answer:
    return _read(await model.chat(request_of(item)), item)


def _read(response: ChatResponse, item: Item) -> Answer:
    usage, served = response.usage, read_served(response.raw)
    return Answer(
        # An endpoint that minds no limit would fill the disk, and hold up whoever reads the answer.
        text=response.text[: item.max_tokens * _LONGEST_TOKEN],
        prompt_tokens=usage.prompt_tokens,
        completion_tokens=usage.completion_tokens,
        served_by=served.model,
        fingerprint=served.fingerprint,
    )


def _weighed(chances: Mapping[str, float]) -> Answer:
    served = chances.served if isinstance(chances, Candidates) else Served()
    likeliest = islice(chances.items(), _MOST_CANDIDATES)
    told = {token: chance for token, chance in likeliest if len(token) <= _LONGEST_TOKEN}
    return Answer(logprobs=told, served_by=served.model, fingerprint=served.fingerprint)


async def _metered(model: Model, item: Item, meter: EnergyMeter | None) -> Answer:
    if meter is None:
        raise EvalError("no energy meter was given to this run")
    reading = meter.start()
    response = await model.chat(request_of(item))
    answer = _read(response, item)
    if response.headers:
        return _as_stated(answer, response.headers)
    costs = reading.costs(tokens=answer.completion_tokens)
    footprint = costs.footprint
    if footprint.basis is Basis.UNMEASURED:
        raise EvalError(f"the energy of this answer is unmeasured: {footprint.method}")
    return replace(
        answer,
        energy_wh=footprint.energy_wh,
        energy_basis=footprint.basis.value,
        carbon_g=footprint.carbon_g,
        water_ml=costs.water_ml,
        embodied_g=costs.embodied_g,
    )


def _as_stated(answer: Answer, headers: Mapping[str, str]) -> Answer:
    """An answer that came over HTTP was paid for by another process: a meter here would see the waiting."""
    stated = stated_energy(headers)
    if stated is None or stated[1] is Basis.UNMEASURED:
        raise EvalError("the model runs elsewhere, and its answers do not say what energy they took")
    return replace(answer, energy_wh=stated[0], energy_basis=stated[1].value)
