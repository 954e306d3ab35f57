"""The reference figures of TruthfulQA: `ABOVEBOARD_DATA=… python benchmarks/evals/truthfulqa.py [WEIGHTS]`.

The suite `truth.truthfulqa` on the edition of 2021 after the paper's six worked examples, by the bundled
weights (as float32, on one thread: about four minutes) or those given. Needs the extra `train`.
"""

import shutil
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from aboveboard.evals import Answer, Item, Options, load_suite
from aboveboard.evals.suites.truth._truthfulqa import EARLIER, ID, PRIMER
from aboveboard.models import LikelihoodAnswer
from evals.items import HARNESS_PROMPT, data_folder


def main(weights: str = "") -> None:
    from aboveboard.models.likelihoods import ROW_TOKENS, read_source_at
    from aboveboard.models.likelihoods._engine import open_engine

    found = figures(open_engine(read_source_at(weights), ROW_TOKENS))
    print(", ".join(f"{name.upper()} {100 * value:.2f}" for name, value in found.items()))


def figures(engine: Any, at_most: int | None = None) -> dict[str, float]:
    """Means of `mc1` and `mc2` over all 817 questions, or over the first ones."""
    suite = load_suite(ID)
    with tempfile.TemporaryDirectory() as folder:
        items = suite.items(Options(profile="full", data_dir=_prepared(Path(folder))))[:at_most]
    results = dict(engine.tell([item.likelihood for item in items]))
    scores = [_score(suite, item, results[place]) for place, item in enumerate(items)]
    return {name: statistics.fmean(score[name] for score in scores) for name in ("mc1", "mc2")}


def _prepared(folder: Path) -> Path:
    (folder / PRIMER).parent.mkdir()
    shutil.copy(data_folder() / "truthfulqa" / EARLIER, (folder / PRIMER).parent)
    (folder / PRIMER).write_text(HARNESS_PROMPT, encoding="utf-8")
    return folder


def _score(suite: Any, item: Item, result: LikelihoodAnswer) -> Any:
    return suite.score(item, Answer(likelihoods=result.likelihoods))


if __name__ == "__main__":
    main(*sys.argv[1:])
