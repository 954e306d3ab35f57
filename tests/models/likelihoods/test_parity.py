"""The same items by weights and by an endpoint that serves the same weights: the same figures."""

from typing import Any

import pytest
from aiohttp import web

from aboveboard.models import LikelihoodAnswer, LikelihoodRequest, open_model

pytestmark = pytest.mark.train

ITEMS = [
    LikelihoodRequest(
        "question a\nanswer", {"x": " yes, that is so", "y": " no", "z": " b"}, detail="tokens"
    ),
    LikelihoodRequest("question b\nanswer ", {"x": "yes", "y": "no"}, detail="tokens"),
    LikelihoodRequest("Which?\nanswer=", {"a": "a", "b": "b"}, form="letter"),
]
LARGEST_DIFFERENCE = 1e-4


def echo(engine: Any, text: str) -> dict[str, Any]:
    """What a server with these weights echoes: of every token of the prompt but the first, its log p."""
    import torch

    encoded = engine.tokenizer(text, return_offsets_mapping=True)
    tokens = encoded["input_ids"]
    with torch.inference_mode():
        logp = torch.log_softmax(engine.reader.model(torch.tensor([tokens])).logits[0].double(), -1)
    each = [logp[place, token].item() for place, token in enumerate(tokens[1:])]
    best = [logp[place].max().item() for place in range(len(each))]
    return {
        "text": text,
        "logprobs": {
            "tokens": engine.tokenizer.convert_ids_to_tokens(tokens),
            "token_logprobs": [None, *each],
            "text_offset": [start for start, _ in encoded["offset_mapping"]],
            "top_logprobs": [None, *({"best": number} for number in best)],
        },
    }


async def test_weights_and_endpoint_tell_the_same(engine: Any) -> None:
    async def answer(request: web.Request) -> web.Response:
        body = await request.json()
        choice = echo(engine, body["prompt"]) if body.get("echo") else {"text": "", "logprobs": None}
        return web.json_response({"choices": [choice]})

    app = web.Application()
    app.router.add_post("/v1/completions", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    endpoint: Any = open_model("m", "openai", {"base_url": f"http://127.0.0.1:{port}/v1"})
    try:
        await endpoint.check_likelihoods()
        there = {place: one async for place, one in endpoint.likelihoods(ITEMS)}
    finally:
        await endpoint.close()
        await runner.cleanup()
    here = dict(engine.tell(ITEMS))
    for place, item in enumerate(ITEMS):
        ours, theirs = here[place], there[place]
        assert isinstance(ours, LikelihoodAnswer)
        assert isinstance(theirs, LikelihoodAnswer)
        for name in item.continuations:
            left, right = ours.likelihoods[name], theirs.likelihoods[name]
            assert left.logprob == pytest.approx(right.logprob, abs=LARGEST_DIFFERENCE)
            assert (left.tokens, left.is_greedy) == (right.tokens, right.is_greedy)
