"""How much of the personal data in the public sets our finders hide, and how fast (`--help` says how)."""

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from aboveboard.privacy import find
from privacy.data import HALVES, SETS, Sample, data_folder
from privacy.scoring import Result, Spans, score


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=HALVES, default="dev")
    parser.add_argument("--set", choices=SETS, action="append", help="only this one (again for more)")
    parser.add_argument("--types", help="only these types, with commas between (all by default)")
    parser.add_argument("--errors", type=int, default=0, help="print so many errors; development half only")
    options = parser.parse_args()
    if options.errors and options.half != "dev":
        parser.error("errors may be looked at in the development half only")
    types = options.types.split(",") if options.types else None
    for name in options.set or SETS:
        samples = list(SETS[name].read(data_folder(), options.half))
        if samples:
            began = time.perf_counter()
            found = [[(item.start, item.end, item.type) for item in find(s.text, types)] for s in samples]
            seconds = time.perf_counter() - began
            _print(name, score(samples, found, SETS[name]), sum(len(s.text) for s in samples) / seconds)
            _print_errors(samples, found, options.errors)


def _print(name: str, result: Result, speed: float) -> None:
    print(f"{name}: P {result.precision}  R {result.recall}  F2 {result.f2}  {speed / 1e6:.2f}M chars/s")
    print("  " + "  ".join(f"{type_} {value:.2f} ({n})" for type_, (value, n) in result.by_type.items()))


def _print_errors(samples: list[Sample], found: list[Spans], most: int) -> None:
    for sample, spans in zip(samples, found, strict=True):
        missed = [s for s in sample.spans if not any(a < s[1] and s[0] < b for a, b, _ in spans)]
        false = [s for s in spans if not any(a < s[1] and s[0] < b for a, b, _ in sample.spans)]
        if most > 0 and (missed or false):
            most -= 1
            words = sample.text if len(sample.text) < 400 else "…"
            print(
                f"  {words!r}\n    missed {[(sample.text[a:b], k) for a, b, k in missed]}"
                f"\n    false {[(sample.text[a:b], k) for a, b, k in false]}"
            )


if __name__ == "__main__":
    main()
