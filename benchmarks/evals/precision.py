"""How far float32 is from float64: our log p of CrowS-Pairs' sentences, and those of a plain reading.

    ABOVEBOARD_DATA=… python benchmarks/evals/precision.py [--items 60] [--containing TEXT]

Each sentence is read by `transformers` by itself, in float32 and in float64 (slow), and by the engine with
all others. Needs the extra `train`.
"""

import argparse
import statistics
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from transformers import AutoModelForCausalLM

sys.path.insert(0, str(Path(__file__).parents[1]))

from aboveboard.models import LikelihoodAnswer, whole_text
from aboveboard.models.likelihoods import ROW_TOKENS, read_source_at
from aboveboard.models.likelihoods._engine import Engine, open_engine
from evals.items import sample


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--items", type=int, default=60, help="pairs drawn by lot; 0: all")
    parser.add_argument("--containing", default="", help="only sentences with this text, of all pairs")
    options = parser.parse_args()
    items = sample("crows_pairs", 0 if options.containing else options.items)
    texts = [text for item in items for text in item["continuations"].values() if options.containing in text]
    engine = open_engine(read_source_at(""), ROW_TOKENS)
    single, double = (_plainly(engine, texts, dtype) for dtype in (torch.float32, torch.float64))
    print(f"{len(texts)} sentences; distance of log p: largest, mean")
    ours = _ours(engine, texts)
    for name, (first, second) in {
        "ours from float64": (ours, double),
        "plain float32 from float64": (single, double),
        "ours from plain float32": (ours, single),
    }.items():
        apart = [abs(one - other) for one, other in zip(first, second, strict=True)]
        print(f"{name}: {max(apart):.1e}, {statistics.fmean(apart):.1e}")


def _ours(engine: Engine, texts: Sequence[str]) -> list[float]:
    found = dict(engine.tell([whole_text({"text": text}) for text in texts]))
    answers = [found[place] for place in range(len(texts))]
    return [one.likelihoods["text"].logprob for one in answers if isinstance(one, LikelihoodAnswer)]


def _plainly(engine: Engine, texts: Sequence[str], dtype: Any) -> list[float]:
    weights = read_source_at("").files
    model = AutoModelForCausalLM.from_pretrained(
        weights.parent, gguf_file=weights.name, dtype=dtype, local_files_only=True
    ).eval()
    return [_alone(model, [engine.limits.first, *tokens]) for tokens in engine.encode_all(texts)]


def _alone(model: Any, tokens: list[int]) -> float:
    with torch.inference_mode():
        logits = model(torch.tensor([tokens])).logits[0, :-1].double().log_softmax(-1)
    found: float = logits.gather(1, torch.tensor(tokens[1:])[:, None]).sum().item()
    return found


if __name__ == "__main__":
    main()
