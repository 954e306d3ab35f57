"""Texts mutated at random for as long as the budget lasts; each day begins elsewhere.

ABOVEBOARD_FUZZ_SECONDS (60 by default) is one run's budget: an hour's is spread over runs.
"""

import datetime
import os
import random
import time
from itertools import pairwise
from pathlib import Path

import pytest

from aboveboard.privacy import (
    PATTERN_TYPES,
    Masker,
    PersonalData,
    find,
    find_secrets,
    settled_personal_data,
    settled_secrets,
)
from aboveboard.privacy.patterns._engine import engine
from aboveboard.privacy.patterns._regions import CONTEXT
from aboveboard.values import normalise

LINES = (Path(__file__).parent / "examples.txt").read_text().splitlines()
EXAMPLES = [line.split("\t")[1] for line in LINES]
SCRIPTS = [(0x20, 0x7F), (0xA0, 0x250), (0x370, 0x530), (0x590, 0x700), (0x900, 0xE80), (0x2000, 0x2070)]
SCRIPTS += [(0x3040, 0x3100), (0x4E00, 0x4F00), (0xAC00, 0xAD00), (0xFF00, 0xFFEF), (0x1F300, 0x1F6FF)]
SCRIPTS += [(0xD800, 0xE000), (0xE0000, 0xE0080)]


def character(rng: random.Random) -> str:
    return chr(rng.randrange(*rng.choice(SCRIPTS)))


def mutated(rng: random.Random) -> str:
    """A few examples in a row, with characters changed, dropped, doubled, moved."""
    text = list(rng.choice([" ", "", "\n", ", "]).join(rng.choices(EXAMPLES, k=rng.randint(1, 4))))
    for _ in range(rng.randint(0, 8)):
        place = rng.randrange(len(text) + 1)
        match rng.randrange(4):
            case 0:
                text[place:place] = [character(rng)]
            case 1:
                del text[place : place + rng.randint(1, 6)]
            case 2:
                text[place:place] = text[max(0, place - rng.randint(1, 12)) : place]
            case _:
                text[place : place + 1] = [rng.choice(' \n\t"{}|@.:-/%&=\\0149AZaz')]
        if not text:
            text = [character(rng)]
    return "".join(text)


def in_pieces(text: str, size: int) -> list[PersonalData]:
    found: list[PersonalData] = []
    done, before = 0, ""
    for upto in [*range(size, len(text), size), len(text)]:
        end = settled_personal_data(text[done:upto], PATTERN_TYPES) if upto < len(text) else upto - done
        for item in find(before + text[done : done + end], PATTERN_TYPES, start=len(before)) if end else []:
            by = done - len(before)
            found.append(PersonalData(item.start + by, item.end + by, item.type, item.confidence))
        before, done = (before + normalise(text[done : done + end]).text)[-CONTEXT:], done + end
    return found


def check(text: str, rng: random.Random) -> None:
    """What must hold of every text."""
    found = find(text)
    assert all(0 <= item.start < item.end <= len(text) for item in found)
    assert all(one.end <= two.start for one, two in pairwise(found))
    assert all(0 <= item.start < item.end <= len(text) for item in find_secrets(text))
    assert 0 <= settled_secrets(text) <= len(text)
    masker = Masker()
    assert masker.restore(masker.mask(text)) == text
    assert in_pieces(text, rng.randint(1, 9)) == find(text, PATTERN_TYPES)


@pytest.mark.slow
@pytest.mark.timeout(0)
def test_mutated_texts_break_nothing() -> None:
    engine(None).candidates("a", 0)  # compiles
    seed = int(os.environ.get("ABOVEBOARD_FUZZ_SEED", datetime.date.today().toordinal()))
    until = time.monotonic() + float(os.environ.get("ABOVEBOARD_FUZZ_SECONDS", "60"))
    rng, count = random.Random(seed), 0
    while time.monotonic() < until:
        text = mutated(rng)
        try:
            check(text, rng)
        except Exception as error:
            raise AssertionError(f"seed {seed}, text {count}: {text!r}") from error
        count += 1
    assert count
