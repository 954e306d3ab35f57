"""lm-evaluation-harness on the same items: `python harness.py WEIGHTS BATCH`, in its own environment; then
jobs."""

import logging
import sys

import torch
from lm_eval.api.instance import Instance
from lm_eval.models.huggingface import HFLM
from serving import Item, Scores, serve


def main(weights: str, batch: str) -> None:
    torch.set_num_threads(1)
    logging.disable(logging.WARNING)
    model = HFLM(pretrained=weights, device="cpu", dtype="float32", batch_size=int(batch))
    model.loglikelihood([Instance("loglikelihood", {}, ("", "Warm up."), 0)], disable_tqdm=True)
    serve(lambda items, _: _answer(model, items))


def _answer(model: HFLM, items: list[Item]) -> Scores:
    asked = [
        Instance("loglikelihood", {}, (item["context"], text), number)
        for number, item in enumerate(items)
        for text in item["continuations"].values()
    ]
    found = iter(model.loglikelihood(asked, disable_tqdm=True))
    return [{name: next(found)[0] for name in item["continuations"]} for item in items]


if __name__ == "__main__":
    main(*sys.argv[1:])
