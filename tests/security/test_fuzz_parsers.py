"""Whatever bytes a stranger sends, whoever reads them says what they are, or that they are nothing.

A part of it runs with every test. `ABOVEBOARD_FUZZ_SECONDS=600` gives each target that long, and
`ABOVEBOARD_FUZZ_SEED` repeats a run; `tests/security/atheris_parsers.py` lets libFuzzer choose the bytes.
"""

import datetime
import os
import random
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from samples.parsers import Target, targets

SECONDS = float(os.environ.get("ABOVEBOARD_FUZZ_SECONDS", "4"))
SEED = int(os.environ.get("ABOVEBOARD_FUZZ_SEED", datetime.date.today().toordinal()))
SLOWEST = 2.0
"""Seconds of processor time that an input of a few kB may take."""

RECEIPT = Path(__file__).with_name("receipt.json")
NAMES = tuple(targets(b""))
SPLICES = [
    *(
        b"{",
        b"}",
        b"[",
        b"]",
        b'"',
        b"\\",
        b":",
        b",",
        b"null",
        b"-0",
        b"1e999",
        b"\\ud800",
        b"\xff",
        b"\0",
        b"\r\n",
    ),
    *(
        b"\n\n",
        b"&a ",
        b"*a",
        b"<<: ",
        b"!!python/object:os.system ",
        b"? ",
        b"data:",
        b"../",
        b"%2e",
        b"=" * 4,
    ),
    *("\u0660\u202e\ufeff\U0001f600".encode(), b"9" * 400, b"[" * 200, b'{"a":' * 200, b" " * 1000),
]


@pytest.fixture(scope="module")
def readers() -> Mapping[str, Target]:
    return targets(RECEIPT.read_bytes())


def mutated(rng: random.Random, seeds: tuple[bytes, ...]) -> bytes:
    """A good input with bytes changed, cut out, doubled, spliced in, or without its end; at times none."""
    data = bytearray(rng.choice([*seeds, b""]))
    for _ in range(rng.randint(1, 6)):
        place = rng.randrange(len(data) + 1)
        match rng.randrange(6):
            case 0:
                data[place : place + 1] = bytes([rng.randrange(256)])
            case 1:
                del data[place : place + rng.randint(1, 20)]
            case 2:
                data[place:place] = data[max(0, place - rng.randint(1, 80)) : place]
            case 3 | 4:
                data[place:place] = rng.choice(SPLICES)
            case _:
                del data[max(place, len(data) // 2) :]
    return bytes(data)


def attack(target: Target, name: str, rng: random.Random) -> None:
    """One hostile input."""
    data = mutated(rng, target.seeds)
    began = time.thread_time()
    try:
        target.take(data)
    except Exception as error:
        raise AssertionError(f"ABOVEBOARD_FUZZ_SEED={SEED}, {name}: {data!r}") from error
    assert time.thread_time() - began < SLOWEST, f"ABOVEBOARD_FUZZ_SEED={SEED}, {name}: {data!r}"


@pytest.mark.parametrize("name", NAMES)
def test_good_inputs_are_read(readers: Mapping[str, Target], name: str) -> None:
    for seed in readers[name].seeds:
        readers[name].take(seed)


@pytest.mark.parametrize("name", NAMES)
def test_a_hundred_hostile_inputs_break_nothing(readers: Mapping[str, Target], name: str) -> None:
    rng = random.Random(f"{SEED} {name}")
    for _ in range(100):
        attack(readers[name], name, rng)


@pytest.mark.slow
@pytest.mark.timeout(0)
@pytest.mark.parametrize("name", NAMES)
def test_nothing_breaks_for_long(readers: Mapping[str, Target], name: str) -> None:
    rng, until = random.Random(f"long {SEED} {name}"), time.monotonic() + SECONDS
    while time.monotonic() < until:
        attack(readers[name], name, rng)
