#!/usr/bin/env python3
"""How many characters a second patterns and secrets read, on one thread.

    benchmarks/privacy/speed.py [--data FOLDER] [--rounds 7]

Three kinds of text: single sentences (one call each), the same joined to documents of 10,000 characters
(a finding every few hundred characters), and documents of 10,000 characters as offices have them: letters,
tickets and logs with a few values a page, written by this script. The sentences are those of
presidio-research where `--data` (or ABOVEBOARD_DATA) has them, else this script's own. Every pattern type is
on. CPU time, the best round; the scan alone is Hyperscan's share.
"""

import argparse
import json
import os
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from aboveboard.privacy import PATTERN_TYPES, find, find_secrets
from aboveboard.privacy.patterns._engine import engine
from aboveboard.privacy.patterns._prefilter import prefilter
from aboveboard.privacy.patterns._regions import in_bytes
from aboveboard.privacy.patterns._windows import digits_of

PAGE = 10_000
PROSE = (
    "Thank you for your message; we looked into the matter at once.",
    "The delivery left our warehouse as agreed and should reach you within the week.",
    "Please find the minutes of our last meeting attached, with the points that are still open.",
    "As discussed, the second floor will be closed while the lifts are being serviced.",
    "Our colleagues from accounting ask everybody to hand in their receipts before the end of the quarter.",
    "We restarted the service, cleared the cache, and the error did not come back.",
    "The committee was of the opinion that the proposal needs more work before it can be voted on.",
    "Several readers asked how the figures were collected, so we describe the method here in more detail.",
    "If nothing else helps, switch the machine off, wait a little, and start it again.",
    "It rained all morning, and the visitors stayed inside until the sun came out after lunch.",
)
VALUES = (
    "You can reach me at {name}@example.com or on +44 20 7946 0{digits}.",
    "Please transfer the amount to DE89 3704 0044 0532 0130 00.",
    "The card ending in 4111 1111 1111 1111 was charged twice.",
    "Request from 192.168.{octet}.44 was refused.",
    "Her date of birth is 12 March 19{year}.",
    "Ticket {digits}{digits} was opened in version 2.{octet}.1 of the product.",
)


def documents(count: int = 40, seed: int = 1) -> list[str]:
    """Documents with two to five values each."""
    rng = random.Random(seed)
    return [_page(rng) for _ in range(count)]


def _page(rng: random.Random) -> str:
    sentences: list[str] = []
    while sum(map(len, sentences)) + len(sentences) < PAGE:
        sentences.append(rng.choice(PROSE))
    for place in rng.sample(range(len(sentences)), rng.randint(2, 5)):
        sentences[place] = rng.choice(VALUES).format(
            name=rng.choice(("anna", "b.lee", "chen")),
            digits=rng.randint(100, 999),
            octet=rng.randint(1, 200),
            year=rng.randint(40, 99),
        )
    return " ".join(sentences)[:PAGE]


def sentences(data: Path | None) -> list[str]:
    """The sentences of presidio-research, or our own."""
    path = data / "presidio_research" / "synth_dataset_v2.json" if data else None
    if path and path.exists():
        return [each["full_text"] for each in json.loads(path.read_text())]
    rng = random.Random(2)
    return [rng.choice(PROSE + VALUES).format(name="anna", digits=123, octet=7, year=80) for _ in range(1500)]


def joined(texts: Sequence[str]) -> list[str]:
    """The texts as documents of a page each."""
    whole = " ".join(texts)
    return [whole[at : at + PAGE] for at in range(0, len(whole) - PAGE + 1, PAGE)]


def seconds(work: Callable[[str], object], texts: Sequence[str], rounds: int) -> float:
    """CPU seconds of the best round over all texts."""
    taken = []
    for _ in range(rounds):
        began = time.thread_time()
        for text in texts:
            work(text)
        taken.append(time.thread_time() - began)
    return min(taken)


def main() -> None:
    """Prints a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=os.environ.get("ABOVEBOARD_DATA"))
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    began, at = time.process_time(), time.perf_counter()
    find("a", PATTERN_TYPES)
    count, taken, waited = len(engine(None).finders), time.process_time() - began, time.perf_counter() - at
    print(f"first call (compiles {count} finders): {taken:.2f} s of CPU time, {waited:.2f} s waited")
    finders = engine(None).finders
    labels = [number for number, each in enumerate(finders) if each.digits and not each.inside]
    scan = prefilter([finder.trigger for finder in finders], labels)
    single = sentences(Path(options.data) if options.data else None)
    kinds = {"sentences": single, "dense pages": joined(single), "office pages": documents()}
    works: dict[str, Callable[[str], object]] = {
        "patterns": lambda text: find(text, PATTERN_TYPES),
        "secrets": find_secrets,
    }
    if scan is not None:
        works["scan alone"] = lambda text: scan.hits(in_bytes(text), digits_of(in_bytes(text)))
    print(f"{'':<14}" + "".join(f"{name:>22}" for name in works))
    for kind, texts in kinds.items():
        size = sum(map(len, texts))
        cells = []
        for work in works.values():
            taken = seconds(work, texts, options.rounds)
            cells.append(f"{size / taken / 1e6:>8.1f} M/s {taken / len(texts) * 1e6:>6.0f} µs")
        print(f"{kind:<14}" + "".join(f"{cell:>22}" for cell in cells))


if __name__ == "__main__":
    main()
