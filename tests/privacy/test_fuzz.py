"""Texts and files mutated at random for as long as the budget lasts; each day begins elsewhere.

A run in CI takes one piece of a minute; an hour is sixty of them: `make fuzz`. ABOVEBOARD_FUZZ_PIECES says
how many pieces, ABOVEBOARD_FUZZ_SECONDS how long each is, ABOVEBOARD_FUZZ_SEED which the first is: by default
sixty times the day's number, so that the piece of each day, and the hour of each day, is another. What fails
is printed with the seed of its piece, which alone makes it again.
"""

import datetime
import os
import random
import time
from collections.abc import Callable
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import pytest

from aboveboard.privacy import (
    PATTERN_TYPES,
    TYPES,
    Key,
    Masking,
    PersonalData,
    Policy,
    find,
    find_many,
    find_secrets,
    preset,
    restore,
)
from aboveboard.privacy.files import (
    FileEnd,
    FileError,
    Input,
    Restoring,
    Scan,
    mask_file,
    restore_file,
    scan_files,
)
from aboveboard.privacy.operators import (
    Encrypt,
    Generalise,
    Hash,
    Keep,
    Kind,
    Mask,
    Operator,
    Pseudonymise,
    Redact,
    Replace,
)
from aboveboard.privacy.streams import kept, settled_personal_data, settled_secrets
from samples.files import FILES

LINES = (Path(__file__).parent / "examples.txt").read_text().splitlines()
EXAMPLES = [line.split("\t")[1] for line in LINES]
SCRIPTS = [(0x20, 0x7F), (0xA0, 0x250), (0x370, 0x530), (0x590, 0x700), (0x900, 0xE80), (0x2000, 0x2070)]
SCRIPTS += [(0x3040, 0x3100), (0x4E00, 0x4F00), (0xAC00, 0xAD00), (0xFF00, 0xFFEF), (0x1F300, 0x1F6FF)]
SCRIPTS += [(0xD800, 0xE000), (0xE0000, 0xE0080)]
OPERATORS: list[Operator] = [
    Mask(),
    Mask(keep=4),
    Redact(),
    Hash(),
    Pseudonymise(),
    Generalise(),
    Encrypt(),
    Keep(),
]
OPERATORS += [Encrypt(), Encrypt(fresh=True), Replace(), Generalise(band=5, email="domain")]
KEY = Key(bytes(range(32)))
PIECES = int(os.environ.get("ABOVEBOARD_FUZZ_PIECES", "1"))
SECONDS = float(os.environ.get("ABOVEBOARD_FUZZ_SECONDS", "60"))
FIRST = int(os.environ.get("ABOVEBOARD_FUZZ_SEED", 60 * datetime.date.today().toordinal()))
SLOWEST = 20.0
"""Seconds of processor time that one small input may take: a hang, on any machine."""


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


def mutated_bytes(rng: random.Random, content: bytes) -> bytes:
    """A file with bytes changed, cut out, doubled, or its end cut off."""
    data = bytearray(content)
    for _ in range(rng.randint(0, 6)):
        place = rng.randrange(len(data) + 1)
        match rng.randrange(5):
            case 0:
                data[place : place + 1] = bytes([rng.randrange(256)])
            case 1:
                del data[place : place + rng.randint(1, 40)]
            case 2:
                data[place:place] = data[max(0, place - rng.randint(1, 200)) : place]
            case 3:
                data[place:place] = mutated(rng).encode("utf-8", "surrogatepass")
            case _:
                del data[max(place, len(data) // 2) :]
    return bytes(data)


def in_pieces(text: str, size: int, types: tuple[str, ...]) -> list[PersonalData]:
    """What is found when each piece is judged as soon as it is settled, and no more is kept than must be."""
    found: list[PersonalData] = []
    done, before = 0, ""
    for upto in [*range(size, len(text), size), len(text)]:
        given, start = before + text[done:upto], len(before)
        end = settled_personal_data(given, types, start) if upto < len(text) else len(given)
        by = done - start
        for item in find(given, types, start, end):
            found.append(PersonalData(item.start + by, item.end + by, item.type, item.confidence))
        before, done = kept(given[:end]), done + end - start
    return found


def spans(found: list[PersonalData]) -> list[tuple[int, int, str]]:
    return [(item.start, item.end, item.type) for item in found]


def check_finders(rng: random.Random, folder: Path) -> None:
    """Findings lie in the text, never overlap, do not depend on how it comes; what is masked comes back."""
    text = mutated(rng)
    found = find(text)
    start, end = sorted(rng.randint(0, len(text)) for _ in range(2))
    assert all(0 <= item.start < item.end <= len(text) for item in found), text
    assert all(one.end <= two.start for one, two in pairwise(found)), text
    assert all(start <= item.start < end for item in find(text, None, start, end)), text
    assert find_many([text])[0] == found, text
    assert all(0 <= item.start < item.end <= len(text) for item in find_secrets(text)), text
    assert 0 <= settled_secrets(text) <= len(text), text
    types = rng.choice((TYPES, PATTERN_TYPES, tuple(rng.sample(TYPES, 4))))
    assert spans(in_pieces(text, rng.randint(1, 9), types)) == spans(find(text, types)), text
    masking = Masking()
    assert restore(masking.mask(text).text, masking.table) == text, text


def check_operators(rng: random.Random, folder: Path) -> None:
    """Any policy takes any text; what it may put back comes back, what is redacted is gone."""
    text, other = mutated(rng), mutated(rng)
    types = {name: rng.choice(OPERATORS) for name in rng.sample(TYPES, 6)}
    policy = Policy(types, {kind: rng.choice(OPERATORS) for kind in Kind})
    for chosen in (policy, Policy()):
        masking = Masking(chosen, KEY)
        masked = [masking.mask(each).text for each in (text, other)]
        back = [restore(each, masking.table, key=KEY) for each in masked]
        assert back == [text, other] or not chosen.is_restorable, (chosen, text, other)
    redacted = Masking(preset("redact")).mask(text)
    hidden = {place for item in redacted.findings for place in range(item.start, item.end)}
    rest = "".join("\0" if place in hidden else each for place, each in enumerate(text))
    values = {text[item.start : item.end] for item in redacted.findings if item.end - item.start > 4}
    assert not [value for value in values if value in redacted.text and value not in rest], text


def check_files(rng: random.Random, folder: Path) -> None:
    """A mutated file is read, or refused with a clear error, and soon; a masked copy can be restored."""
    name = rng.choice(sorted(FILES))
    path, masked, back = folder / name, folder / f"masked-{name}", folder / f"back-{name}"
    path.write_bytes(mutated_bytes(rng, FILES[name]()))
    events = list(scan_files([Input(path, name, Path(name))], Scan()))
    assert sum(isinstance(event, FileEnd) for event in events) == 1
    masking = Masking()
    with suppress(FileError):
        mask_file(path, masked, masking)
        if not name.endswith(".pdf"):  # masked as text
            restore_file(masked, back, Restoring(masking.table))
            assert back.read_bytes() == path.read_bytes() or name.endswith((".parquet", ".docx"))


CHECKS: dict[str, tuple[Callable[[random.Random, Path], None], float]] = {
    "finders": (check_finders, 0.5),
    "operators": (check_operators, 0.25),
    "files": (check_files, 0.25),
}


@pytest.mark.slow
@pytest.mark.timeout(0)
@pytest.mark.parametrize("piece", range(FIRST, FIRST + PIECES))
@pytest.mark.parametrize("what", CHECKS)
def test_nothing_breaks(what: str, piece: int, tmp_path: Path) -> None:
    check, share = CHECKS[what]
    check(random.Random(0), tmp_path)  # loads and compiles
    until = time.monotonic() + SECONDS * share
    rng, count = random.Random(f"{what} {piece}"), 0
    while time.monotonic() < until or not count:
        began = time.thread_time()
        try:
            check(rng, tmp_path)
        except Exception as error:
            raise AssertionError(f"ABOVEBOARD_FUZZ_SEED={piece}, {what}, input {count}") from error
        assert time.thread_time() - began < SLOWEST, f"ABOVEBOARD_FUZZ_SEED={piece}, {what}, input {count}"
        count += 1
