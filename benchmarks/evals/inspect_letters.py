"""Inspect on letter items: `python inspect_letters.py WEIGHTS BATCH`, in its own environment; then jobs.

Inspect has no likelihoods of given texts. By letter it writes one token and tells the likeliest ones beside
it, which is what is compared here; a letter that is not among them has no figure.
"""

import asyncio
import sys
from typing import Any

import torch
from inspect_ai.model import GenerateConfig, ModelOutput, get_model
from serving import Item, Scores, serve

_PLAIN = "{% for message in messages %}{{ message['content'] }}{% endfor %}"
"""The prompt as it stands: every subject reads the same tokens."""


def main(weights: str, batch: str) -> None:
    torch.set_num_threads(1)
    loop = asyncio.new_event_loop()
    model = loop.run_until_complete(_open(weights, int(batch)))
    serve(lambda items, _: loop.run_until_complete(_answer(model, items)))


async def _open(weights: str, batch: int) -> Any:
    model = get_model(
        "hf/local",
        model_path=weights,
        device="cpu",
        batch_size=batch,
        chat_template=_PLAIN,
        do_sample=False,
        dtype=torch.float32,
        config=GenerateConfig(max_tokens=1, logprobs=True, top_logprobs=20, max_connections=batch),
    )
    await model.generate("Warm up.")
    return model


async def _answer(model: Any, items: list[Item]) -> Scores:
    answers = await asyncio.gather(*(model.generate(item["context"]) for item in items))
    return [_letters(answer) for answer in answers]


def _letters(answer: ModelOutput) -> dict[str, float]:
    """Log p of each letter after a space, as far as it is among the likeliest tokens."""
    logprobs = answer.choices[0].logprobs
    listed = logprobs.content[0].top_logprobs if logprobs else None
    return {top.token.strip(" Ġ"): top.logprob for top in listed or () if top.token[:1] in " Ġ"}


if __name__ == "__main__":
    main(*sys.argv[1:])
