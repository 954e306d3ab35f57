"""lm-evaluation-harness on the same items: `python harness.py WEIGHTS ITEMS OUT BATCH`, in its own
environment."""

import json
import logging
import sys
import time
from pathlib import Path

import torch
from lm_eval.api.instance import Instance
from lm_eval.models.huggingface import HFLM


def main(weights: str, items_path: str, out: str, batch: str) -> None:
    torch.set_num_threads(1)
    logging.disable(logging.WARNING)
    items = json.loads(Path(items_path).read_text(encoding="utf-8"))
    model = HFLM(pretrained=weights, device="cpu", dtype="float32", batch_size=int(batch))
    asked = [
        Instance("loglikelihood", {}, (item["context"], text), number)
        for number, item in enumerate(items)
        for text in item["continuations"].values()
    ]
    model.loglikelihood([Instance("loglikelihood", {}, ("", "Warm up."), 0)], disable_tqdm=True)
    started, cpu = time.perf_counter(), time.process_time()
    found = iter(model.loglikelihood(asked, disable_tqdm=True))
    seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    scores = [{name: next(found)[0] for name in item["continuations"]} for item in items]
    Path(out).write_text(json.dumps({"seconds": seconds, "cpu": cpu, "scores": scores}), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
