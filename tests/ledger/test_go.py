"""A program we did not write agrees: Go's checksum-database client on our exports.

`tests/ledger/go/main.go` only maps paths; signatures, hashes and proofs are golang.org/x/mod/sumdb's.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from pymerkle import InmemoryTree

from aboveboard.database import locate
from aboveboard.ledger import Ledger, LedgerReader, NoteSigner, export, generate_signer, parse_checkpoint
from aboveboard.ledger.notes import parse_note
from samples.go import IS_HERE, NEEDS, compiled, go_check

pytestmark = [pytest.mark.go, pytest.mark.skipif(not IS_HERE, reason=NEEDS)]


@pytest.fixture(scope="module")
def program() -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        yield compiled(Path(folder))


def publish(folder: Path, size: int, signer: NoteSigner, dsn: str | None = None) -> Path:
    where = locate(folder, "ledger", dsn)
    with Ledger.open(where, signer=signer) as ledger:
        ledger.append_many(b"entry %d" % number for number in range(size)).result()
    with LedgerReader.open(where) as reader:
        export(reader, folder / "log")
    return folder / "log"


def exported_entries(log: Path) -> Iterator[bytes]:
    """The entries in the bundles of an export, in order: each behind its length in two bytes.

    Read without our code (c2sp.org/tlog-tiles), and from the files alone.
    """
    bundles = (path for path in (log / "tile" / "entries").rglob("*") if path.is_file())
    for path in sorted(bundles, key=bundle_number):
        data = path.read_bytes()
        while data:
            end = 2 + int.from_bytes(data[:2], "big")
            assert end <= len(data), path
            yield data[2:end]
            data = data[end:]


def bundle_number(path: Path) -> int:
    """1234067 for `…/entries/x001/x234/067` and for `…/067.p/12`."""
    number = path.as_posix().rpartition("/entries/")[2].partition(".p/")[0]
    return int(number.replace("x", "").replace("/", ""))


def pymerkle_root(entries: Iterable[bytes]) -> bytes:
    """The root that another library finds for these entries (RFC 9162 hashing)."""
    tree = InmemoryTree(algorithm="sha256")
    for entry in entries:
        tree.append_entry(entry)
    return bytes(tree.get_root())


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 700])
def test_go_accepts_a_small_log(
    program: Path, tmp_path: Path, signer: NoteSigner, size: int, dsn: str | None
) -> None:
    code, said = go_check(program, publish(tmp_path, size, signer, dsn))
    assert code == 0, said
    assert said.startswith(f"OK {size} entries")


@pytest.mark.slow
def test_go_accepts_70_123_entries_and_names_the_same_root(
    program: Path, tmp_path: Path, signer: NoteSigner, dsn: str | None
) -> None:
    log = publish(tmp_path, 70_123, signer, dsn)
    code, said = go_check(program, log, signer.vkey)
    assert code == 0, said
    match = re.fullmatch(r"OK 70123 entries, (\d+) tiles, 26 proofs, root (\S+)", said)
    assert match
    assert int(match[1]) == 274 + 2 + 1
    checkpoint = (log / "checkpoint").read_bytes()
    assert match[2].encode() in checkpoint
    parsed = parse_checkpoint(parse_note(checkpoint).text)
    assert parsed.size == 70_123
    entries = list(exported_entries(log))
    assert entries == [b"entry %d" % number for number in range(70_123)]
    assert pymerkle_root(entries) == parsed.root


@pytest.mark.parametrize(
    "name", ["checkpoint", "tile/0/000", "tile/0/002.p/188", "tile/1/000.p/2", "tile/entries/001"]
)
def test_go_refuses_a_tampered_log(program: Path, tmp_path: Path, signer: NoteSigner, name: str) -> None:
    log = publish(tmp_path, 700, signer)
    data = (log / name).read_bytes()
    (log / name).write_bytes(data[:40] + bytes([data[40] ^ 1]) + data[41:])
    code, said = go_check(program, log)
    assert code == 1
    assert said.startswith("NOT SOUND")


def test_go_refuses_another_key(program: Path, tmp_path: Path, signer: NoteSigner) -> None:
    log = publish(tmp_path, 10, signer)
    code, said = go_check(program, log, generate_signer("example.org/log").vkey)
    assert code == 1
    assert "note has no verifiable signatures" in said
