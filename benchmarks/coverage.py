"""How often the intervals and tests of `aboveboard.stats` are right, by simulation.

    python benchmarks/coverage.py --runs 10000 --seed 1 > table.md

Prints one Markdown row a setting: what was claimed, what was seen in so many runs, and whether the two
agree within the Monte-Carlo error 4·√(c(1−c)/runs), c the claim (a false alarm in 1 of 16,000 cells).
A slack beside a claim is what the method is known to be off by there, and is said, not hidden.
The tests run the same table: short by default, long with `-m slow`.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from simulations.decisions import live, tests
from simulations.impact import crossed, impact_ratios
from simulations.judged import powered
from simulations.means import clustered, means, paired
from simulations.setting import Row, Setting, measure
from simulations.shares import binomial, corrected, ratios


def settings() -> Iterator[Setting]:
    """Every cell of the table."""
    for part in (
        binomial, means, clustered, paired, ratios, impact_ratios, crossed, corrected, powered,
        tests, live,
    ):  # fmt: skip
        yield from part()


def as_markdown(row: Row) -> str:
    setting = row.setting
    slack = f" (slack {setting.slack:g})" if setting.slack else ""
    sign = {">=": "≥ ", "<=": "≤ ", "~": "≈ ", "shown": "not claimed: "}[setting.claim]
    verdict = "–" if setting.claim == "shown" else "yes" if row.is_as_claimed else "**no**"
    return (
        f"| {setting.method} | {setting.case} | {sign}{setting.nominal:g}{slack} | {row.observed:.4f} "
        f"| ± {row.tolerance:.4f} | {row.runs} | {verdict} |"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--runs", type=int, default=10_000, help="runs a cell (costly cells take a part of it)"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="only methods that contain this text")
    chosen = parser.parse_args()
    print("| method | setting | claimed | seen | Monte-Carlo error | runs | as claimed |")
    print("|---|---|---|---|---|---|---|")
    for setting in settings():
        if chosen.only in setting.method:
            print(as_markdown(measure(setting, chosen.runs, chosen.seed)), flush=True)


if __name__ == "__main__":
    main()
