"""Likelihoods beside lm-evaluation-harness and Inspect: same items, same weights, a process each, one thread.

    ABOVEBOARD_DATA=… python benchmarks/evals/compare.py [--set NAME …] [--items 100] [--rounds 3] [--ablate]

The subjects take turns; figures are CPU seconds without loading the weights (encoding included), the median
of the rounds and their range; ratios are taken within a round. The peers run with the batch that they have by
default, 1, and with 16.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from environments import ENVIRONMENTS, make_environment
from evals.items import SETS, sample

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
OURS = "ours"


@dataclass(frozen=True)
class Subject:
    """A program, its environment and what it is told; `sets` are the sets it can answer."""

    name: str
    script: str
    wanted: tuple[str, ...]
    arguments: tuple[str, ...] = ()
    sets: tuple[str, ...] = tuple(SETS)
    folder: str = ""


_TRAIN = (f"{ROOT}[train]",)
_HARNESS = ("lm-eval==0.4.13", "torch", "transformers>=5", "accelerate")
_INSPECT = ("inspect-ai==0.3.285", "torch", "transformers>=5", "accelerate")

SUBJECTS = (
    Subject(OURS, "ours.py", _TRAIN, folder="evals-ours"),
    Subject("lm-eval, batch 1", "harness.py", _HARNESS, ("1",), folder="lm-eval"),
    Subject("lm-eval, batch 16", "harness.py", _HARNESS, ("16",), folder="lm-eval"),
    Subject("inspect, batch 1", "inspect_letters.py", _INSPECT, ("1",), ("letters",), "inspect-ai"),
    Subject("inspect, batch 16", "inspect_letters.py", _INSPECT, ("16",), ("letters",), "inspect-ai"),
)
ABLATIONS = tuple(
    Subject(name, "ours.py", _TRAIN, switches, folder="evals-ours")
    for name, switches in {
        "without trunks": ("no-trunks",),
        "without shared beginnings": ("no-share", "no-trunks"),
        "with every row of logits": ("all-logits",),
        "one text a row": ("small-rows",),
        "without any": ("no-share", "no-trunks", "all-logits", "small-rows"),
    }.items()
)


@dataclass
class Runs:
    """The rounds of one subject on one set."""

    cpu: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    scores: Sequence[Mapping[str, float]] = ()

    def add(self, result: Mapping[str, Any]) -> None:
        self.cpu.append(result["cpu"])
        self.seconds.append(result["seconds"])
        self.scores = result["scores"]


def main() -> None:
    options = _options()
    subjects = [SUBJECTS[0], *(ABLATIONS if options.ablate else SUBJECTS[1:])]
    if options.only is not None:
        subjects = [one for one in subjects if one.name in (OURS, *options.only)]
    weights = _weights()
    for name in options.set:
        items = sample(name, options.items)
        print(_table(name, items, _run(name, items, subjects, weights, options.rounds)), flush=True)


def _options() -> argparse.Namespace:
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=form)
    parser.add_argument("--set", nargs="*", choices=sorted(SETS), default=list(SETS))
    parser.add_argument("--items", type=int, default=100, help="of each set, drawn by lot; 0: all")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--ablate", action="store_true", help="without each trick, in place of peers")
    parser.add_argument("--only", nargs="*", help="names of subjects, ours always")
    return parser.parse_args()


def _weights() -> Path:
    folder = ENVIRONMENTS / "smollm2-float32"
    if not (folder / ".ready").exists():
        _start(SUBJECTS[0], HERE / "weights.py", str(folder))
    return folder


def _run(
    name: str, items: Sequence[Any], subjects: Sequence[Subject], weights: Path, rounds: int
) -> dict[str, Runs]:
    runs = {subject.name: Runs() for subject in subjects if name in subject.sets}
    with tempfile.TemporaryDirectory() as folder:
        asked, out = Path(folder) / "items.json", Path(folder) / "out.json"
        asked.write_text(json.dumps(items), encoding="utf-8")
        for _ in range(rounds):
            for subject in subjects:
                if name in subject.sets:
                    script = HERE / subject.script
                    _start(subject, script, str(weights), str(asked), str(out), *subject.arguments)
                    runs[subject.name].add(json.loads(out.read_text(encoding="utf-8")))
    return runs


def _start(subject: Subject, script: Path, *arguments: str) -> None:
    python = make_environment(ENVIRONMENTS / subject.folder, subject.wanted)
    one = {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "HF_HUB_OFFLINE": "1", "TQDM_DISABLE": "1"}
    subprocess.run(
        [python, "-W", "ignore", script, *arguments],
        check=True,
        env={**os.environ, **one, "TOKENIZERS_PARALLELISM": "false"},
        stdout=subprocess.DEVNULL,
    )


def _table(name: str, items: Sequence[Any], runs: Mapping[str, Runs]) -> str:
    texts = sum(len(item["continuations"]) for item in items)
    ours = runs[OURS]
    lines = [
        f"\n{name}: {len(items)} items, {texts} texts",
        "| subject | CPU s | texts a CPU second | CPU ÷ ours | largest and mean difference of log p |",
        "|---|---|---|---|---|",
    ]
    for subject, run in runs.items():
        ratio = [theirs / mine for theirs, mine in zip(run.cpu, ours.cpu, strict=True)]
        rate = texts / statistics.median(run.cpu)
        lines.append(
            f"| {subject} | {_spread(run.cpu)} | {rate:.1f} | {_spread(ratio)} | {_difference(run, ours)} |"
        )
    return "\n".join(lines)


def _spread(values: Sequence[float]) -> str:
    return f"{statistics.median(values):.2f} ({min(values):.2f}–{max(values):.2f})"


def _difference(run: Runs, ours: Runs) -> str:
    found = [
        abs(theirs[name] - mine[name])
        for theirs, mine in zip(run.scores, ours.scores, strict=True)
        for name in mine
        if name in theirs
    ]
    if run is ours or not found:
        return "–"
    return f"{max(found):.1e}, {statistics.mean(found):.1e} over {len(found)}"


if __name__ == "__main__":
    main()
