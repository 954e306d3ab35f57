"""Likelihoods from endpoints: both forms give the same, and one that has neither is refused at once."""

import re
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from aiohttp import web

from aboveboard.models import (
    LikelihoodAnswer,
    LikelihoodModel,
    LikelihoodRequest,
    ModelRefusedError,
    ModelUnsupportedError,
    letters,
    open_model,
    whole_text,
)

Reply = Callable[[str], dict[str, Any]]


def tokens(text: str) -> list[str]:
    return re.findall(r"\s?\S+|\s+", text)


def chance(token: str, place: int) -> float:
    """log p that a server here gives: it depends on the token and its place."""
    return -round(1 + (sum(map(ord, token)) % 97) / 100 + place / 1000, 6)


def is_best(token: str) -> bool:
    return len(token) % 2 == 0


def echo(text: str, offset: int = 0) -> dict[str, Any]:
    """As OpenAI's legacy completions: columns, nothing for the first token, one token generated."""
    found = [*tokens(text), " more"]
    starts = [offset + sum(map(len, found[:place])) for place in range(len(found))]
    numbers = [None if place == 0 else chance(token, place) for place, token in enumerate(found)]
    tops = [
        None if number is None else ({token: number} if is_best(token) else {" x": number + 0.5})
        for token, number in zip(found, numbers, strict=True)
    ]
    told = {"tokens": found, "token_logprobs": numbers, "text_offset": starts, "top_logprobs": tops}
    return {"text": text + " more", "logprobs": told}


def prompted(text: str) -> dict[str, Any]:
    """As vLLM: a mapping for each place after the first, here with a likelier token before the prompt's."""
    places: list[dict[str, Any] | None] = [None]
    for place, token in enumerate(tokens(text)[1:], 1):
        number, rank = chance(token, place), 1 if is_best(token) else 2
        own = {"7": {"logprob": number, "rank": rank, "decoded_token": token}}
        other = {"1": {"logprob": number + 0.5, "rank": 1, "decoded_token": "†"}}
        places.append(own if is_best(token) else other | own)
    return {"text": " more", "prompt_logprobs": places}


def begun(reply: Reply) -> Reply:
    """A server whose tokenizer puts a first token before every text."""

    def with_first(text: str) -> dict[str, Any]:
        choice = reply("<" + text)
        if "prompt_logprobs" in choice:
            (first,) = tokens(text)[:1]
            one = {"logprob": chance(first, 0), "rank": 2, "decoded_token": first}
            return choice | {"prompt_logprobs": [None, {"7": one}, *choice["prompt_logprobs"][1:]]}
        told = choice["logprobs"]
        (first,) = tokens(text)[:1]
        offsets = [0, 0, *(start - 1 for start in told["text_offset"][1:])]
        numbers = [None, chance(first, 0), *told["token_logprobs"][1:]]
        columns = {
            "tokens": ["<s>", first, *told["tokens"][1:]],
            "token_logprobs": numbers,
            "text_offset": offsets,
            "top_logprobs": [None, {" x": -0.1}, *told["top_logprobs"][1:]],
        }
        return {"text": text + " more", "logprobs": columns}

    return with_first


def silent(text: str) -> dict[str, Any]:
    """A server that leaves out what it does not know."""
    del text
    return {"text": " more", "logprobs": None}


@pytest.fixture
async def serve() -> AsyncIterator[Any]:
    """Starts an endpoint with echo, prompt_logprobs or neither; returns a model and what it was asked."""
    runners = []

    async def start(echoes: Reply | None = None, prompts: Reply | None = None, status: int = 200) -> Any:
        asked: list[dict[str, Any]] = []

        async def answer(request: web.Request) -> web.Response:
            body = await request.json()
            asked.append(body)
            reply = (
                echoes if body.get("echo") else prompts if "prompt_logprobs" in body else silent
            ) or silent
            if reply is silent and status != 200:
                return web.json_response({"error": {"message": "unknown field"}}, status=status)
            return web.json_response({"choices": [{"index": 0, **reply(body["prompt"])}]})

        app = web.Application()
        app.router.add_post("/v1/completions", answer)
        runner = web.AppRunner(app)
        await runner.setup()
        runners.append(runner)
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = runner.addresses[0][1]
        options = {"base_url": f"http://127.0.0.1:{port}/v1", "retries": 0}
        return open_model("m", "openai", options), asked

    yield start
    for runner in runners:
        await runner.cleanup()


async def told(model: LikelihoodModel, *requests: LikelihoodRequest) -> dict[int, Any]:
    await model.check_likelihoods(("tokens",))
    return {place: result async for place, result in model.likelihoods(requests)}


ASKED = LikelihoodRequest(
    "Q: where is Lima? A:", {"true": " in Peru.", "false": " in Chile."}, detail="tokens"
)


@pytest.mark.parametrize(
    "form",
    [
        {"echoes": echo},
        {"echoes": lambda text: echo(text, offset=12)},
        {"prompts": prompted},
        {"echoes": begun(echo)},
        {"prompts": begun(prompted)},
    ],
    ids=["echo", "offsets from 12", "prompt_logprobs", "echo, first token", "prompt_logprobs, first token"],
)
async def test_the_tokens_after_the_context_are_told(serve: Any, form: dict[str, Reply]) -> None:
    model, _ = await serve(**form)
    found = (await told(model, ASKED))[0]
    await model.close()
    assert isinstance(found, LikelihoodAnswer)
    for name, text in ASKED.continuations.items():
        each = [chance(token, place) for place, token in enumerate(tokens(ASKED.context + text))][5:]
        assert found.likelihoods[name].token_logprobs == pytest.approx(each)
        assert found.likelihoods[name].logprob == pytest.approx(sum(each))
        assert found.likelihoods[name].tokens == 2
        assert not found.likelihoods[name].is_greedy


async def test_the_most_likely_tokens_are_told_as_such(serve: Any) -> None:
    for form in ({"echoes": echo}, {"prompts": prompted}):
        model, _ = await serve(**form)
        found = (await told(model, LikelihoodRequest("a", {"yes": " bbb", "no": " cc"})))[0]
        await model.close()
        assert (found.likelihoods["yes"].is_greedy, found.likelihoods["no"].is_greedy) == (True, False)


async def test_letters_must_be_one_token(serve: Any) -> None:
    model, _ = await serve(echoes=echo)
    wrong = LikelihoodRequest("Answer:", {"A": " A", "B": " B b"}, form="letter")
    found = await told(model, letters("Answer:", ("A", "B")), wrong)
    await model.close()
    assert found[0].likelihoods["B"].logprob == pytest.approx(chance(" B", 1))
    assert isinstance(found[1], ModelRefusedError)


async def test_a_whole_text_needs_a_first_token_and_is_refused_without(serve: Any) -> None:
    asked = whole_text({"x": "one two"})
    model, _ = await serve(echoes=begun(echo))
    found = (await told(model, asked))[0]
    await model.close()
    assert found.likelihoods["x"].tokens == 2
    model, _ = await serve(echoes=echo)
    found = (await told(model, asked))[0]
    await model.close()
    assert isinstance(found, ModelRefusedError)
    assert "first token" in found.what


@pytest.mark.parametrize("status", [200, 400, 404, 422])
async def test_an_endpoint_that_tells_nothing_is_refused_before_anything_is_asked(
    serve: Any, status: int
) -> None:
    model, asked = await serve(status=status)
    with pytest.raises(ModelUnsupportedError, match="likelihoods of given texts"):
        await model.check_likelihoods()
    await model.close()
    assert [body["prompt"] for body in asked] == ["One two three"] * 2


async def test_moments_are_refused_without_a_request(serve: Any) -> None:
    model, asked = await serve(echoes=echo)
    with pytest.raises(ModelUnsupportedError, match="moments"):
        await model.check_likelihoods(("sum", "moments"))
    await model.close()
    assert asked == []


@pytest.mark.parametrize(
    "garbage",
    [
        {"tokens": ["One"], "token_logprobs": [], "text_offset": [0]},
        {"tokens": ["One", " two"], "token_logprobs": [None, 0.5], "text_offset": [0, 3]},
        {"tokens": ["One", " two"], "token_logprobs": [None, "x"], "text_offset": [0, 3]},
        {"tokens": ["One", " two"], "token_logprobs": [None, -1.0], "text_offset": ["a", 3]},
        [],
        7,
    ],
)
async def test_garbage_is_no_answer(serve: Any, garbage: Any) -> None:
    model, _ = await serve(echoes=lambda text: {"text": text, "logprobs": garbage})
    with pytest.raises(ModelUnsupportedError):
        await model.check_likelihoods()
    await model.close()


async def test_an_endpoint_that_echoes_another_text_is_not_believed(serve: Any) -> None:
    model, _ = await serve(echoes=lambda text: echo(text.upper() if "Q" in text else text))
    found = (await told(model, ASKED))[0]
    await model.close()
    assert isinstance(found, ModelRefusedError)


async def test_texts_that_occur_twice_in_a_request_are_asked_once(serve: Any) -> None:
    model, asked = await serve(echoes=echo)
    await told(model, LikelihoodRequest("A:", {"mc1/0": " x", "mc2/3": " x", "mc2/4": " y"}))
    await model.close()
    assert sorted(body["prompt"] for body in asked if body["prompt"] != "One two three") == ["A: x", "A: y"]
