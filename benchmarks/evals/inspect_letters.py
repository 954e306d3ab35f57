"""Inspect on letter items: `python inspect_letters.py WEIGHTS ITEMS OUT BATCH`, in its own environment.

Inspect has no likelihoods of given texts. By letter it writes one token and tells the likeliest ones beside
it, which is what is compared here; a letter that is not among them has no figure.
"""

import asyncio
import json
import sys
import time
from pathlib import Path
from typing import Any

import torch
from inspect_ai.model import GenerateConfig, ModelOutput, get_model

_PLAIN = "{% for message in messages %}{{ message['content'] }}{% endfor %}"
"""The prompt as it stands: every subject reads the same tokens."""


def main(weights: str, items_path: str, out: str, batch: str) -> None:
    torch.set_num_threads(1)
    items = json.loads(Path(items_path).read_text(encoding="utf-8"))
    result = asyncio.run(_ask(items, weights, int(batch)))
    Path(out).write_text(json.dumps(result), encoding="utf-8")


async def _ask(items: list[dict[str, Any]], weights: str, batch: int) -> dict[str, Any]:
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
    started, cpu = time.perf_counter(), time.process_time()
    answers = await asyncio.gather(*(model.generate(item["context"]) for item in items))
    seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    scores = [_letters(answer) for answer in answers]
    return {"seconds": seconds, "cpu": cpu, "scores": scores}


def _letters(answer: ModelOutput) -> dict[str, float]:
    """Log p of each letter after a space, as far as it is among the likeliest tokens."""
    logprobs = answer.choices[0].logprobs
    listed = logprobs.content[0].top_logprobs if logprobs else None
    return {top.token.strip(" Ġ"): top.logprob for top in listed or () if top.token[:1] in " Ġ"}


if __name__ == "__main__":
    main(*sys.argv[1:])
