"""Fetches and labels the open text that the tagger is trained on (`--help`; tagger/opentext/README.md)."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tagger.corpus import LANGUAGES
from tagger.opentext import OpenTextError, open_examples


def main() -> int:
    """Fills the cache; 1 when something that is needed is missing."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cache", type=Path, default=Path("tagger/.opentext"))
    options.add_argument("--count", type=int, default=40_000, help="texts of all languages")
    chosen = options.parse_args()
    try:
        made = sum(1 for _ in open_examples(chosen.cache, chosen.count, LANGUAGES))
    except OpenTextError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{made} open texts in {chosen.cache}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
