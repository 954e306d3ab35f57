"""How sure a finding is, and how sure it must be: fitted and shown on development text only (`--help`).

A finding is right when half of its characters or more are in what is labelled. The sources count alike, word
for word: the development halves of three public sets, generated text with names held out, open text that was
not trained on, and text of machines that names nobody. Texts with even numbers are fitted to, the others give
the table of reliability.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
sys.path.insert(0, str(Path(__file__).parents[1]))

from tagger.encoding import UNKNOWN, Spans
from tagger.exporting import save, sureness_of

from aboveboard.privacy.tagger._reader import LONGEST_READ, Reader
from aboveboard.privacy.tagger._spans import evidence_of, runs_of
from aboveboard.privacy.tagger._weights import FILE, NAME_TYPES, build_weights
from privacy.data import NEGATIVE, PARTS, SETS, data_folder

PACKAGE = Path(__file__).parents[1] / "src/aboveboard/privacy/tagger"
CACHE = Path(__file__).parent / ".opentext"
PUBLIC = ("presidio_research", "meddocan", "german_legal")
HELD_OUT = 400
"""The last open texts of each language, which `train.py` leaves out."""
_SEED = 9_001  # of no training run
_BINS = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0)


@dataclass(frozen=True, slots=True)
class Marked:
    """A text of a source with what is labelled in it; unknown spans are left out of account."""

    source: str
    number: int
    text: str
    spans: Spans


@dataclass(frozen=True, slots=True)
class Finding:
    """A run of tagged tokens: its evidence, whether it is right, and what it weighs."""

    kind: int
    evidence: np.ndarray
    is_right: bool
    weight: float
    is_even: bool


def development(cache: Path, examples: int) -> Iterator[Marked]:
    """Text that nobody reports on and nothing was trained on."""
    from tagger.citations import citing_examples
    from tagger.corpus import LANGUAGES
    from tagger.corpus import examples as generated
    from tagger.machine import machine_examples
    from tagger.numbered import numbered_examples
    from tagger.opentext import open_examples

    for name in PUBLIC:
        ignored = SETS[name].ignored | PARTS
        for number, sample in enumerate(SETS[name].read(data_folder(), "dev")):
            spans = [
                (start, end, UNKNOWN if type_ in ignored else type_)
                for start, end, type_ in sample.spans
                if type_ not in NEGATIVE
            ]
            yield Marked(name, number, sample.text, spans)
    for number, example in enumerate(generated(_SEED, examples, hold_out=True)):
        yield Marked("generated", number, example.text, example.spans)
    texts = list(open_examples(cache, 8_000 * len(LANGUAGES)))[-HELD_OUT * len(LANGUAGES) :]
    for number, example in enumerate(texts):
        yield Marked("open text", number, example.text, example.spans)
    made = [*machine_examples([], _SEED, examples), *numbered_examples([], _SEED, examples)]
    for number, each in enumerate([*made, *citing_examples(_SEED, examples)]):
        yield Marked("machines", number, each.text, each.spans)


def judged(reader: Reader, marked: Sequence[Marked]) -> list[Finding]:
    """Every finding, however unsure, right or wrong; each source weighs 10,000 words."""
    words: dict[str, int] = {}
    for each in marked:
        words[each.source] = words.get(each.source, 0) + len(each.text.split())
    found: list[Finding] = []
    for each in marked:
        found += _judged(reader, each, 10_000 / words[each.source])
    return found


def _judged(reader: Reader, marked: Marked, weight: float) -> Iterator[Finding]:
    reading = reader.read(marked.text[:LONGEST_READ])
    runs = list(runs_of(reading.tags.tolist()))
    if not runs:
        return
    judged_runs = evidence_of(reading.scores[reading.tags > 0], [end - begin for begin, end in runs])
    true, unknown = (_characters(marked.spans, is_unknown=flag) for flag in (False, True))
    ends = np.cumsum([0, *map(len, reading.tokens)])
    for (begin, end), (kind, evidence) in zip(runs, judged_runs, strict=True):
        inside = range(*reading.normal.span(int(ends[begin]), int(ends[end])))
        if not any(at in unknown for at in inside):
            is_right = sum(at in true for at in inside) * 2 >= len(inside)
            yield Finding(kind, np.array(evidence), is_right, weight, marked.number % 2 == 0)


def _characters(spans: Spans, *, is_unknown: bool) -> set[int]:
    return {at for start, end, kind in spans if (kind == UNKNOWN) == is_unknown for at in range(start, end)}


def fitted(findings: Sequence[Finding]) -> np.ndarray:
    """Factors (types x 4) of a logistic regression for each type, a little drawn towards those of all."""
    every = _regression(findings, np.zeros(4), 1e-3)
    return np.array(
        [
            _regression([each for each in findings if each.kind == kind], every, 3.0)
            for kind in range(len(NAME_TYPES))
        ]
    )


def _regression(findings: Sequence[Finding], centre: np.ndarray, pull: float) -> np.ndarray:
    """Newton's method on the weighted likelihood, less `pull` times the squared distance from the centre;
    steps are halved until they help.
    """
    rows = np.array([each.evidence for each in findings]).reshape(-1, 4)
    signs = np.array([1.0 if each.is_right else -1.0 for each in findings])
    weights = np.array([each.weight for each in findings])

    def loss(factors: np.ndarray) -> float:
        likely = weights @ np.logaddexp(0, -signs * (rows @ factors))
        return float(likely + pull / 2 * ((factors - centre) ** 2).sum())

    factors = centre.copy()
    for _ in range(50):
        chances = 1 / (1 + np.exp(-np.clip(rows @ factors, -30, 30)))
        slope = rows.T @ (weights * ((signs > 0) - chances)) - pull * (factors - centre)
        bend = (rows.T * (weights * chances * (1 - chances))) @ rows + pull * np.eye(4)
        step = np.linalg.solve(bend, slope)
        while loss(factors + step) > loss(factors) and np.abs(step).max() > 1e-9:
            step = step / 2
        factors = factors + step
    return factors


def chances_of(findings: Sequence[Finding], factors: np.ndarray) -> np.ndarray:
    """The probability that each finding is right."""
    odds = np.array([each.evidence @ factors[each.kind] for each in findings])
    return 1 / (1 + np.exp(-odds))


def reliability(findings: Sequence[Finding], factors: np.ndarray) -> Iterator[str]:
    """Rows of a table: confidence from, to; its mean; the share that is right; so many findings."""
    chances = chances_of(findings, factors)
    right = np.array([each.is_right for each in findings], float)
    weights = np.array([each.weight for each in findings])
    gap = 0.0
    for low, high in pairwise(_BINS):
        inside = (chances >= low) & ((chances < high) | (high == 1.0))
        if inside.any():
            said, true = (
                float(np.average(values[inside], weights=weights[inside])) for values in (chances, right)
            )
            gap += abs(said - true) * float(weights[inside].sum() / weights.sum())
            yield f"| {low:.2f}–{high:.2f} | {said:.3f} | {true:.3f} | {inside.sum()} |"
    brier = float(np.average((chances - right) ** 2, weights=weights))
    yield f"expected calibration error {gap:.3f}, Brier score {brier:.3f}"


def arrays_in(folder: Path) -> dict[str, np.ndarray]:
    """The arrays of the weights in a folder."""
    with np.load(io.BytesIO((folder / FILE).read_bytes()), allow_pickle=False) as arrays:
        return dict(arrays)


def main() -> None:
    """Fits, writes where asked to, and prints the table of reliability."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--weights", type=Path, default=PACKAGE, help="the folder of the weights")
    parser.add_argument("--cache", type=Path, default=CACHE, help="the folder of the open texts")
    parser.add_argument("--examples", type=int, default=4_000, help="generated texts of each kind")
    parser.add_argument("--fit", type=float, help="fit, and write with this threshold")
    options = parser.parse_args()
    arrays = arrays_in(options.weights)
    findings = judged(Reader(build_weights(arrays)), list(development(options.cache, options.examples)))
    factors = np.asarray(arrays["sureness"], float)
    if options.fit is not None:
        factors = fitted([each for each in findings if each.is_even])
        digest = save(arrays | sureness_of(factors, options.fit), options.weights)
        sys.stdout.write(f"wrote {options.weights}, SHA-256 {digest}\n")
    for line in _table(findings, factors):
        sys.stdout.write(f"{line}\n")


def _table(findings: Iterable[Finding], factors: np.ndarray) -> Iterator[str]:
    yield "| confidence | mean | right | findings |"
    yield "|---|---|---|---|"
    yield from reliability([each for each in findings if not each.is_even], factors)


if __name__ == "__main__":
    main()
