"""Likelihoods beside lm-evaluation-harness and Inspect: same items, same weights, a process each, one thread.

    ABOVEBOARD_DATA=… python benchmarks/evals/compare.py [--set NAME …] [--items N] [--rounds 3] [--ablate]

The subjects keep running and take turns; figures are CPU seconds without loading the weights (encoding
included), the median of the rounds and their range; ratios are taken within a round. The peers run with the
batch that they have by default, 1, and with 16. Items are drawn by lot, with a fixed seed.
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


_LETTERS = ("letters", "letters_five", "bbq")


@dataclass(frozen=True)
class Subject:
    """A program, its environment and what it is told; `sets` are the sets it can answer.

    `in_words`: it is asked the items' other form. `switches` are told with each job.
    """

    name: str
    script: str
    folder: str
    arguments: tuple[str, ...] = ()
    sets: tuple[str, ...] = tuple(SETS)
    in_words: bool = False
    switches: tuple[str, ...] = ()


WANTED = {
    "evals-ours": (f"{ROOT}[train]",),
    "lm-eval": ("lm-eval==0.4.13", "torch", "transformers>=5", "accelerate"),
    "inspect-ai": ("inspect-ai==0.3.285", "torch", "transformers>=5", "accelerate"),
}
"""What each environment holds."""

SUBJECTS = (
    Subject(OURS, "ours.py", "evals-ours"),
    *(Subject(f"lm-eval, batch {n}", "harness.py", "lm-eval", (n,)) for n in ("1", "16")),
    *(
        Subject(f"lm-eval, 12 continuations, batch {n}", "harness.py", "lm-eval", (n,), ("bbq",), True)
        for n in ("1", "16")
    ),
    *(
        Subject(f"inspect, batch {n}", "inspect_letters.py", "inspect-ai", (n,), _LETTERS)
        for n in ("1", "16")
    ),
)
_ALL_SWITCHES = ("no-share", "no-trunks", "all-logits", "small-rows")
ABLATIONS = (
    *(
        Subject(name, "ours.py", "evals-ours", switches=switches)
        for name, switches in {
            "without trunks": ("no-trunks",),
            "without shared beginnings": ("no-share", "no-trunks"),
            "with whole tables of logits": ("whole-table",),
            "with every row of logits": ("all-logits",),
            "one text a row": ("small-rows",),
        }.items()
    ),
    Subject("with PyTorch's own products and attention", "ours.py", "evals-ours", ("plain",)),
    Subject("without any", "ours.py", "evals-ours", ("plain",), switches=_ALL_SWITCHES),
)


class Crew:
    """Processes by script and arguments, each started when first asked."""

    def __init__(self, weights: Path) -> None:
        self._weights = weights
        self._running: dict[tuple[str, ...], subprocess.Popen[str]] = {}

    def ask(self, subject: Subject, items: Path) -> dict[str, Any]:
        process = self._running.get(key := (subject.script, *subject.arguments))
        if process is None:
            process = self._running[key] = self._start(subject)
            _line(process)
        assert process.stdin is not None
        print(json.dumps({"items": str(items), "switches": subject.switches}), file=process.stdin, flush=True)
        answer: dict[str, Any] = json.loads(_line(process))
        return answer

    def close(self) -> None:
        for process in self._running.values():
            process.communicate()

    def _start(self, subject: Subject) -> "subprocess.Popen[str]":
        command = _command(subject.folder, HERE / subject.script, str(self._weights), *subject.arguments)
        return subprocess.Popen(
            command, env=_ENVIRONMENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )


def _line(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    if line := process.stdout.readline():
        return line
    raise SystemExit(f"{process.args!r} ended with {process.wait()}")


_ENVIRONMENT = {
    **os.environ,
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "HF_HUB_OFFLINE": "1",
    "TQDM_DISABLE": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "TOKENIZERS_PARALLELISM": "false",
}


def _command(folder: str, script: Path, *arguments: str) -> list[str]:
    python = make_environment(ENVIRONMENTS / folder, WANTED[folder])
    return [str(python), "-W", "ignore", str(script), *arguments]


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
    crew = Crew(_weights())
    for name in options.set:
        items = sample(name, options.items)
        asked = [one for one in subjects if name in one.sets]
        print(_table(name, items, _run(items, asked, crew, options.rounds)), flush=True)
    crew.close()


def _options() -> argparse.Namespace:
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=form)
    parser.add_argument("--set", nargs="*", choices=sorted(SETS), default=list(SETS))
    parser.add_argument("--items", type=int, help="of each set, drawn by lot; 0: all")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--ablate", action="store_true", help="without each trick, in place of peers")
    parser.add_argument("--only", nargs="*", help="names of subjects, ours always")
    return parser.parse_args()


def _weights() -> Path:
    folder = ENVIRONMENTS / "smollm2-float32"
    if not (folder / ".ready").exists():
        subprocess.run(_command("evals-ours", HERE / "weights.py", str(folder)), check=True, env=_ENVIRONMENT)
    return folder


def _run(items: Sequence[Any], subjects: Sequence[Subject], crew: Crew, rounds: int) -> dict[str, Runs]:
    runs = {subject.name: Runs() for subject in subjects}
    with tempfile.TemporaryDirectory() as folder:
        asked, in_words = Path(folder) / "items.json", Path(folder) / "words.json"
        asked.write_text(json.dumps(items), encoding="utf-8")
        in_words.write_text(json.dumps([item.get("words") for item in items]), encoding="utf-8")
        for _ in range(rounds):
            for subject in subjects:
                runs[subject.name].add(crew.ask(subject, in_words if subject.in_words else asked))
    return runs


def _table(name: str, items: Sequence[Any], runs: Mapping[str, Runs]) -> str:
    texts = sum(len(item["continuations"]) for item in items)
    ours = runs[OURS]
    lines = [
        f"\n{name}: {len(items)} items, {texts} texts",
        "| subject | CPU s | wall s | CPU ÷ ours | largest and mean difference of log p |",
        "|---|---|---|---|---|",
    ]
    for subject, run in runs.items():
        ratio = [theirs / mine for theirs, mine in zip(run.cpu, ours.cpu, strict=True)]
        lines.append(
            f"| {subject} | {_spread(run.cpu)} | {statistics.median(run.seconds):.2f} | {_spread(ratio)} "
            f"| {_difference(run, ours)} |"
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
