"""Aboveboard's likelihoods of given items: `python ours.py WEIGHTS [plain]`, then jobs.

`plain` leaves weights and attention to PyTorch. Switches of a job take a trick away:
`no-share` (beginnings shared within a row), `no-trunks` (kept keys and values), `small-rows` (one text a
row), `whole-table` (logits by slices), `all-logits` (only the wanted rows of logits).
"""

import sys
from collections.abc import Sequence

from serving import Item, Scores, serve

from aboveboard.models import LikelihoodAnswer, LikelihoodRequest
from aboveboard.models.likelihoods import ROW_TOKENS, Options, read_source_at
from aboveboard.models.likelihoods._engine import Engine, open_engine
from aboveboard.models.likelihoods._torch_rows import Way


def main(weights: str, pace: str = "quick") -> None:
    engine = open_engine(read_source_at(weights), ROW_TOKENS, quick=pace == "quick")
    list(engine.tell([LikelihoodRequest("", {"x": "Warm up."})]))
    serve(lambda items, switches: _answer(engine, items, switches))


def _answer(engine: Engine, items: list[Item], switches: Sequence[str]) -> Scores:
    _switch(engine, switches)
    requests = [LikelihoodRequest(i["context"], i["continuations"], form=i["form"]) for i in items]
    results = dict(engine.tell(requests))
    told = [results[place] for place in range(len(items))]
    return [
        {name: one.logprob for name, one in each.likelihoods.items()}
        for each in told
        if isinstance(each, LikelihoodAnswer)
    ]


def _switch(engine: Engine, switches: Sequence[str]) -> None:
    engine.options = Options(
        tokens=1 if "small-rows" in switches else ROW_TOKENS,
        share="no-share" not in switches,
        trunks="no-trunks" not in switches,
    )
    engine.reader.way = Way(
        logits="all" if "all-logits" in switches else "wanted" if "whole-table" in switches else "slices"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
