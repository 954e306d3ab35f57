"""A full assessment of the bundled model, raw and behind the gateway, and the page about it.

    [ABOVEBOARD_DATA=…] python benchmarks/assessment/assess.py [--state build/assessment] [--page]

Raw first, then through a gateway with the default guards on the same items, then by the likelihoods of given
texts where torch is installed. What was done is not done again: stopped, the same command goes on.
"""

import argparse
import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from aboveboard.cli._charters import open_charter
from aboveboard.documents import write_comparison
from aboveboard.evals import suite_of
from assessment import page
from assessment.sides import decisions, finished, read_side

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CHARTER, LIKELIHOODS = HERE / "charter.yaml", HERE / "likelihoods.yaml"
_UNSETTLED = (0, 1, 2)
"""Exit codes of `assess` that are verdicts: kept, broken, undecided."""


@dataclass(frozen=True)
class Job:
    """Where everything lies, and how much is asked."""

    state: Path
    out: Path
    profile: str
    limit: int | None
    seed: int
    port: int

    @property
    def size(self) -> list[str]:
        limit = ["--limit", str(self.limit)] if self.limit else []
        return ["--profile", self.profile, "--seed", str(self.seed), *limit]

    @property
    def gateway(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def command(self, state: str, charter: Path, *arguments: str) -> list[str]:
        """One command line of the product."""
        program = [sys.executable, "-m", "aboveboard.cli"]
        return [*program, "--state", str(self.state / state), "--charter", str(charter), *arguments]


def main() -> None:
    options = _options()
    job = Job(options.state, options.out, options.profile, options.limit, options.seed, options.port)
    if not options.page:
        measure(job)
    write(job)


def _options() -> argparse.Namespace:
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=form)
    parser.add_argument("--state", type=Path, default=ROOT / "build/assessment", help="where runs are kept")
    parser.add_argument("--out", type=Path, default=ROOT / "docs/assessments", help="where pages are written")
    parser.add_argument("--profile", choices=["quick", "full"], default="quick")
    parser.add_argument("--limit", type=int, help="requests a suite, in place of the profile's")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--port", type=int, default=8471, help="of the gateway; it is part of the model's digest"
    )
    parser.add_argument("--page", action="store_true", help="only the page, from what was run before")
    return parser.parse_args()


def measure(job: Job) -> None:
    """All runs that are not there yet."""
    _assess(job, "raw", CHARTER)
    if not _is_done(job, "guarded", CHARTER):
        with _gateway(job):
            _assess(job, "guarded", CHARTER, "--base-url", job.gateway)
    if importlib.util.find_spec("torch") is None:
        _tell('no likelihoods: they need torch (pip install "aboveboard[train]")')
        return
    for suite in dict.fromkeys(suite_of(each.measure).id for each in open_charter(LIKELIHOODS).promises):
        if not _is_done(job, "likelihoods", LIKELIHOODS, suite):
            _run(job.command("likelihoods", LIKELIHOODS, "assess", "--suite", suite, "--profile", "full"))


def _assess(job: Job, state: str, charter: Path, *arguments: str) -> None:
    if _is_done(job, state, charter):
        _tell(f"{state}: assessed already")
        return
    _tell(f"{state}: assessing")
    _run(job.command(state, charter, "assess", *job.size, *arguments))


def _is_done(job: Job, state: str, charter: Path, suite: str = "") -> bool:
    """Whether a finished run of the size has all suites of the promises; or a full one, the suite."""
    known = open_charter(charter)
    wanted = {suite} if suite else {suite_of(promise.measure).id for promise in known.promises}
    size = ("full", None, 0) if suite else (job.profile, job.limit, job.seed)
    runs = [view for view in finished(job.state / state, known) if wanted <= set(view.suites)]
    return any((view.profile, view.limit, view.seed) == size for view in runs)


def _run(command: Sequence[str]) -> None:
    code = subprocess.run(command, stdout=subprocess.DEVNULL, env=_surroundings()).returncode
    if code not in _UNSETTLED:
        raise SystemExit(f"{' '.join(command)} ended with {code}; the same command goes on where it was")


def _surroundings() -> dict[str, str]:
    return {**os.environ, "OMP_NUM_THREADS": "1"}


@contextmanager
def _gateway(job: Job) -> Iterator[None]:
    """The gateway with the charter's guards, while entered."""
    _tell("guarded: serving the gateway")
    command = job.command("gateway", CHARTER, "serve", "--port", str(job.port), "--json")
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=_surroundings()) as served:
        try:
            told = served.stdout.readline() if served.stdout else ""
            if json.loads(told or "{}").get("gateway") != job.gateway:
                raise SystemExit(f"the gateway did not begin at {job.gateway}; is the port taken?")
            yield
        finally:
            served.terminate()


def write(job: Job) -> None:
    """The page and the product's own reports."""
    raw, guarded = (read_side(job.state / name, CHARTER) for name in ("raw", "guarded"))
    likely = job.state / "likelihoods"
    told = read_side(likely, LIKELIHOODS) if likely.exists() else None
    compared = page.compared(raw, guarded)
    gateways = sorted(job.state.glob("gateway*"))
    acted = [each for state in gateways for each in decisions(state)]
    found = page.Assessed(raw, guarded, compared, acted, told, len(gateways))
    page.write_page(found, job.out / "smollm2.md")
    write_comparison(compared, job.out / "smollm2-compared.html")
    _report(job, "raw", CHARTER)
    _report(job, "guarded", CHARTER, "--base-url", job.gateway)
    if told:
        _report(job, "likelihoods", LIKELIHOODS)
    _tell(f"wrote {job.out}")


def _report(job: Job, state: str, charter: Path, *arguments: str) -> None:
    folder = job.state / state / "report"
    _run(job.command(state, charter, "report", "--out", str(folder), *arguments))
    (folder / "report.html").replace(job.out / f"smollm2-{state}.html")


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
