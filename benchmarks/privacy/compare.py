"""Our finders and their peers side by side: speed, accuracy, false alarms, disguises (`make bench-privacy`).

Prints Markdown. ABOVEBOARD_DATA names the folder of the public sets; every peer runs in an environment of its
own (made under .bench/, or found under ABOVEBOARD_PEERS), on one thread, in rounds that take turns.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from privacy.data import SETS, Sample, data_folder
from privacy.evasion import compare_evasion
from privacy.false_alarms import compare_false_alarms
from privacy.finders import FINDERS
from privacy.hard_negatives import texts as hard_negatives
from privacy.held_out_negatives import texts as held_out_negatives
from privacy.peers import Peer
from privacy.scoring import Result, Score, score
from privacy.speed import documents

_ACCURACY = ("presidio_research", "meddocan", "german_legal", "germeval", "wnut17")
PARTS = ("speed", "accuracy", "negatives", "held-out", "evasion")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=FINDERS, action="append", help="leave out the others")
    parser.add_argument("--part", choices=PARTS, action="append", help="leave out the others")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of timing (5)")
    parser.add_argument("--half", default="reported", help="reported (default), all or dev")
    options = parser.parse_args()
    with ExitStack() as stack:
        peers = [stack.enter_context(Peer(name)) for name in options.only or FINDERS]
        for part in options.part or PARTS:
            began = time.perf_counter()
            _compare(part, peers, options)
            print(f"\n({part}: {time.perf_counter() - began:,.0f} s)", flush=True)


def _compare(part: str, peers: Sequence[Peer], options: argparse.Namespace) -> None:
    match part:
        case "speed":
            compare_speed(peers, options.rounds)
        case "accuracy":
            compare_accuracy(peers, options.half)
        case "negatives":
            compare_false_alarms(peers, hard_negatives(), "Hard negatives, which patterns were tuned with")
        case "held-out":
            compare_false_alarms(peers, held_out_negatives(), "Held-out negatives")
        case "evasion":
            compare_evasion(peers)


def compare_speed(peers: Sequence[Peer], rounds: int) -> None:
    """Characters a second: short texts one call each, dense and ordinary documents of 10 kB."""
    sentences = [sample.text for sample in SETS["presidio_research"].read(data_folder(), "all")]
    kinds = {
        "sentences": sentences,
        "10 kB documents, dense": dense_documents(sentences),
        "10 kB documents, ordinary": list(documents()),
    }
    print("\n### Speed, million characters a second of processor time, one thread: median (range)\n")
    print(f"| finder | {' | '.join(kinds)} |\n|---{'|---' * len(kinds)}|")
    rates: dict[tuple[str, str], list[float]] = {}
    for kind, texts in kinds.items():
        for _ in range(rounds):
            for peer in peers:
                rates.setdefault((peer.name, kind), []).append(_rate(peer, texts))
    for peer in peers:
        print(f"| {peer.name} | {' | '.join(_spread(rates[peer.name, kind]) for kind in kinds)} |")


def dense_documents(sentences: Sequence[str], size: int = 10_000) -> list[str]:
    """The sentences, one a line, in documents of about 10 kB: personal data in nearly every line."""
    made, lines = [], []
    for sentence in sentences:
        lines.append(sentence)
        if sum(map(len, lines)) + len(lines) >= size:
            made.append("\n".join(lines))
            lines = []
    return made


def _rate(peer: Peer, texts: list[str]) -> float:
    return sum(map(len, texts)) / peer.find(texts).seconds


def _spread(rates: Sequence[float]) -> str:
    return f"{_millions(statistics.median(rates))} ({_millions(min(rates))}–{_millions(max(rates))})"


def _millions(rate: float) -> str:
    return f"{rate / 1e6:.3g}"


def compare_accuracy(peers: Sequence[Peer], half: str) -> None:
    """Characters of personal data hidden, whatever the type, with 95 % intervals over clusters."""
    figures: dict[str, dict[str, Score]] = {}
    for name in _ACCURACY:
        samples = list(SETS[name].read(data_folder(), half))
        if not samples:
            continue
        print(
            f"\n### {name}, {half}: {len(samples)} texts, {sum(len(s.text) for s in samples):,} characters\n"
        )
        print("| finder | precision | recall | F2 |\n|---|---|---|---|")
        results = {}
        for peer in peers:
            results[peer.name] = result = _score(peer, samples, name)
            print(f"| {peer.name} | {result.precision} | {result.recall} | {result.f2} |", flush=True)
        figures[name] = {peer: result.f2 for peer, result in results.items()}
        _print_types(results)
    _print_together(figures)


def _print_together(figures: Mapping[str, Mapping[str, Score]]) -> None:
    """F2 of every set, one set a column; `–` where a set asks for names and a finder looks for none."""
    print(f"\n### F2, 95 % intervals\n\n| finder | {' | '.join(figures)} |\n|---{'|---' * len(figures)}|")
    for finder in next(iter(figures.values()), {}):
        cells = [str(column[finder]) if column[finder].value else "–" for column in figures.values()]
        print(f"| {finder} | {' | '.join(cells)} |", flush=True)


def _score(peer: Peer, samples: list[Sample], name: str) -> Result:
    found = peer.find([sample.text for sample in samples], samples[0].language)
    return score(samples, found.spans, SETS[name])


def _print_types(results: Mapping[str, Result]) -> None:
    """Recall by type, one finder a column."""
    types = sorted({type_ for result in results.values() for type_ in result.by_type})
    print(f"\n| type (spans) | {' | '.join(results)} |\n|---{'|---' * len(results)}|")
    for type_ in types:
        row = [result.by_type[type_] for result in results.values()]
        print(f"| {type_} ({row[0][1]}) | {' | '.join(f'{value:.2f}' for value, _ in row)} |")


if __name__ == "__main__":
    main()
