"""Reading: any number of readers, each answer from one committed state."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from aboveboard.database import Location
from aboveboard.ledger import (
    Ledger,
    LedgerEntryError,
    LedgerMissingError,
    LedgerPathError,
    LedgerReader,
    ProofError,
    leaf_hash,
    parse_checkpoint,
    verify_consistency,
    verify_inclusion,
)
from aboveboard.ledger.notes import parse_note
from aboveboard.ledger.tree import ENTRIES, split_bundle, tiles_of
from samples.places import CHILD, word_of

ENTRIES_700 = [b"entry %d" % number for number in range(700)]


@pytest.fixture
def filled(ledger: Ledger, reader: LedgerReader) -> LedgerReader:
    """700 entries, half of them in one batch and half one by one."""
    ledger.append_many(ENTRIES_700[:400]).result()
    for entry in ENTRIES_700[400:]:
        ledger.append(entry).result()
    return reader


def test_entries_come_back(filled: LedgerReader) -> None:
    assert filled.size() == 700
    assert [filled.entry(index) for index in (0, 255, 256, 511, 512, 699)] == [
        ENTRIES_700[index] for index in (0, 255, 256, 511, 512, 699)
    ]
    assert list(filled.entries()) == ENTRIES_700
    assert list(filled.entries(250, 515)) == ENTRIES_700[250:515]
    assert list(filled.entries(690, 9999)) == ENTRIES_700[690:]


def test_an_entry_is_found_by_its_bytes(filled: LedgerReader) -> None:
    assert filled.index_of(b"entry 555") == 555
    assert filled.index_of(b"no such entry") is None


def test_proofs_verify_against_the_checkpoint(filled: LedgerReader) -> None:
    checkpoint = parse_checkpoint(parse_note(filled.checkpoint()).text)
    for index in (0, 256, 511, 699):
        proof = filled.inclusion_proof(index, 700)
        verify_inclusion(leaf_hash(ENTRIES_700[index]), index, 700, proof, checkpoint.root)
    for old in (0, 1, 256, 300, 512, 700):
        proof = filled.consistency_proof(old, 700)
        verify_consistency(old, filled.root(old), 700, checkpoint.root, proof)


def test_every_file_of_the_layout_can_be_read(filled: LedgerReader) -> None:
    for size in (1, 255, 256, 300, 512, 700):
        for tile in tiles_of(size):
            data = filled.read(tile.path)
            if tile.level == ENTRIES:
                first = tile.index * 256
                assert split_bundle(data) == ENTRIES_700[first : first + tile.width]
            else:
                assert len(data) == 32 * tile.width


@pytest.mark.parametrize(
    "place",
    ["tile/0/003", "tile/0/002", "tile/0/002.p/189", "tile/1/001", "tile/9/000.p/1", "x", "../checkpoint"],
)
def test_what_is_not_there_is_said_so(filled: LedgerReader, place: str) -> None:
    with pytest.raises(LedgerPathError):
        filled.read(place)


def test_questions_beyond_the_end_are_refused(filled: LedgerReader) -> None:
    for ask in (
        lambda: filled.entry(700),
        lambda: filled.entry(-1),
        lambda: filled.tlog_proof(700),
        lambda: filled.root(701),
        lambda: filled.inclusion_proof(0, 701),
        lambda: filled.consistency_proof(0, 701),
    ):
        with pytest.raises(LedgerEntryError):
            ask()
    with pytest.raises(ProofError):
        filled.inclusion_proof(5, 5)


def test_a_missing_ledger_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(LedgerMissingError):
        LedgerReader.open(tmp_path / "ledger.db")


def test_other_processes_read_while_one_writes(ledger: Ledger, path: Location) -> None:
    program = (
        "import sys; from aboveboard.ledger import LedgerReader; from samples.places import place_of\n"
        "reader = LedgerReader.open(place_of(sys.argv[1]))\n"
        "seen = 0\n"
        "while seen < 400:\n"
        "    size = reader.size()\n"
        "    assert size >= seen\n"
        "    if size: assert reader.entry(size - 1) == b'%d' % (size - 1)\n"
        "    seen = size\n"
    )
    command = [sys.executable, "-c", program, word_of(path)]
    others = [subprocess.Popen(command, stderr=subprocess.PIPE, env=CHILD) for _ in range(2)]
    for number in range(400):
        ledger.append(b"%d" % number).result()
    for other in others:
        assert other.communicate(timeout=60)[1] == b""
        assert other.returncode == 0


def test_threads_share_a_reader_while_tiles_fill(ledger: Ledger, reader: LedgerReader) -> None:
    looks = []
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            size = reader.size()
            for tile in list(tiles_of(size))[-3:]:
                reader.read_tile(tile)
            if size:
                reader.tlog_proof(size - 1)
        looks.append("never failed")

    threads = [threading.Thread(target=look) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(300):
        ledger.append(b"%d" % number).result()
    done.set()
    for thread in threads:
        thread.join()
    assert looks == ["never failed"] * 3
