"""Aboveboard's likelihoods of given items: `python ours.py WEIGHTS ITEMS OUT [switch …]`.

Switches take a trick away: `no-share` (beginnings shared within a row), `no-trunks` (kept keys and values),
`small-rows` (one text a row), `all-logits` (every row of logits).
"""

import json
import sys
import time
from pathlib import Path

from aboveboard.models import LikelihoodAnswer, LikelihoodRequest
from aboveboard.models.likelihoods import Options, read_source_at
from aboveboard.models.likelihoods._engine import Engine, open_engine


def main(weights: str, items_path: str, out: str, *switches: str) -> None:
    items = json.loads(Path(items_path).read_text(encoding="utf-8"))
    requests = [LikelihoodRequest(i["context"], i["continuations"], form=i["form"]) for i in items]
    engine = open_engine(read_source_at(weights), 256)
    _switch(engine, switches)
    list(engine.tell([LikelihoodRequest("", {"x": "Warm up."})]))
    started, cpu = time.perf_counter(), time.process_time()
    results = dict(engine.tell(requests))
    seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    told = [results[place] for place in range(len(items))]
    scores = [
        {name: one.logprob for name, one in each.likelihoods.items()}
        for each in told
        if isinstance(each, LikelihoodAnswer)
    ]
    Path(out).write_text(json.dumps({"seconds": seconds, "cpu": cpu, "scores": scores}), encoding="utf-8")


def _switch(engine: Engine, switches: tuple[str, ...]) -> None:
    engine.options = Options(
        tokens=1 if "small-rows" in switches else engine.options.tokens,
        share="no-share" not in switches,
        trunks="no-trunks" not in switches,
    )
    engine.reader.all_logits = "all-logits" in switches


if __name__ == "__main__":
    main(*sys.argv[1:])
