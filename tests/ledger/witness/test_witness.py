"""A witness signs what grows, and nothing else (c2sp.org/tlog-witness)."""

import base64
from collections.abc import Callable
from pathlib import Path

import pytest

from aboveboard.ledger import (
    Checkpoint,
    Ledger,
    LedgerReader,
    NoteError,
    NoteSigner,
    Standing,
    Witness,
    WitnessError,
    WitnessPeer,
    check,
    export,
    generate_cosigner,
    generate_signer,
    open_note,
    parse_checkpoint,
    read_memories,
    request_cosignatures,
    verify_tlog_proof,
    witness_app,
)
from aboveboard.ledger.notes import parse_note
from aboveboard.ledger.store import open_for_writing
from aboveboard.ledger.tree import EMPTY_ROOT
from aboveboard.ledger.witness import AddCheckpoint, parse_request

Serve = Callable[[object], str]


@pytest.fixture
def cosigner() -> NoteSigner:
    return generate_cosigner("witness.example/w1")


@pytest.fixture
def memory(tmp_path: Path) -> Path:
    return tmp_path / "witness.json"


@pytest.fixture
def witness(cosigner: NoteSigner, memory: Path, signer: NoteSigner) -> Witness:
    return Witness(cosigner, memory, [signer.vkey])


def grow(ledger: Ledger, entries: int) -> None:
    ledger.append_many(b"entry %d" % number for number in range(entries)).result()


def submission(reader: LedgerReader, old: int) -> bytes:
    note = reader.checkpoint()
    size = parse_checkpoint(parse_note(note).text).size
    return AddCheckpoint(old, tuple(reader.consistency_proof(old, size)), note).to_bytes()


def test_a_first_checkpoint_is_cosigned(
    witness: Witness, ledger: Ledger, reader: LedgerReader, cosigner: NoteSigner
) -> None:
    grow(ledger, 10)
    answer = witness.add_checkpoint(submission(reader, 0))
    assert answer.status == 200
    opened = open_note(reader.checkpoint() + answer.body, [cosigner.verifier])
    assert opened.signers == (cosigner.verifier,)


def test_growth_is_cosigned_again_and_again(witness: Witness, ledger: Ledger, reader: LedgerReader) -> None:
    old = 0
    for size in (3, 3, 256, 700):
        grow(ledger, size)
        assert witness.add_checkpoint(submission(reader, old)).status == 200
        old = size
    remembered = witness.remembered("example.org/log")
    assert remembered is not None
    assert parse_checkpoint(parse_note(remembered).text).size == 700


def test_the_wrong_old_size_is_answered_with_the_known_one(
    witness: Witness, ledger: Ledger, reader: LedgerReader
) -> None:
    grow(ledger, 10)
    witness.add_checkpoint(submission(reader, 0))
    grow(ledger, 20)
    answer = witness.add_checkpoint(submission(reader, 0))
    assert (answer.status, answer.body, answer.media) == (409, b"10\n", "text/x.tlog.size")


def test_a_fork_of_the_same_size_is_a_conflict(
    witness: Witness, ledger: Ledger, reader: LedgerReader, signer: NoteSigner
) -> None:
    grow(ledger, 10)
    witness.add_checkpoint(submission(reader, 0))
    fork = Checkpoint("example.org/log", 10, bytes(32)).sign(signer)
    assert witness.add_checkpoint(AddCheckpoint(10, (), fork).to_bytes()).status == 409


def test_a_rewritten_history_is_not_cosigned(
    witness: Witness, ledger: Ledger, reader: LedgerReader, signer: NoteSigner
) -> None:
    grow(ledger, 10)
    witness.add_checkpoint(submission(reader, 0))
    grow(ledger, 20)
    proof = tuple(reader.consistency_proof(10, 20))
    rewritten = Checkpoint("example.org/log", 20, bytes(32)).sign(signer)
    before = witness.remembered("example.org/log")
    assert witness.add_checkpoint(AddCheckpoint(10, proof, rewritten).to_bytes()).status == 422
    assert witness.remembered("example.org/log") == before


def test_strangers_are_refused(witness: Witness, ledger: Ledger, reader: LedgerReader) -> None:
    unknown = Checkpoint("example.org/other", 1, bytes(32)).sign(generate_signer("example.org/other"))
    impostor = Checkpoint("example.org/log", 1, bytes(32)).sign(generate_signer("example.org/log"))
    beyond = submission(reader, 0).replace(b"old 0", b"old 5")
    assert witness.add_checkpoint(AddCheckpoint(0, (), unknown).to_bytes()).status == 404
    assert witness.add_checkpoint(AddCheckpoint(0, (), impostor).to_bytes()).status == 403
    assert witness.add_checkpoint(beyond).status == 400
    assert witness.remembered("example.org/log") is None


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"old 0",
        b"old 00\n\n",
        b"old -1\n\n",
        b"old 0\nAAAA\n\n",
        b"old 0\n" + (b"A" * 43 + b"=\n") * 64 + b"\n",
        b"old 0\n\nnot a note",
        b"\xff" * 1000,
    ],
)
def test_malformed_requests_are_refused(witness: Witness, body: bytes) -> None:
    assert witness.add_checkpoint(body).status == 400


def test_a_request_reads_back(ledger: Ledger, reader: LedgerReader) -> None:
    grow(ledger, 300)
    body = submission(reader, 256)
    assert parse_request(body).to_bytes() == body


def test_memory_outlives_the_process(
    witness: Witness,
    cosigner: NoteSigner,
    memory: Path,
    ledger: Ledger,
    reader: LedgerReader,
    signer: NoteSigner,
) -> None:
    grow(ledger, 10)
    witness.add_checkpoint(submission(reader, 0))
    again = Witness(cosigner, memory, [signer.vkey])
    assert again.add_checkpoint(submission(reader, 0)).body == b"10\n"
    assert again.add_checkpoint(submission(reader, 10)).status == 200


def _lines(name: str, count: int) -> bytes:
    """Signature lines of keys that do not exist."""
    return b"".join(
        f"— {name}{number} {base64.b64encode(bytes([number]) * 68).decode()}\n".encode()
        for number in range(count)
    )


def test_lines_that_strangers_add_to_a_checkpoint_do_not_stop_the_witness(
    witness: Witness, ledger: Ledger, reader: LedgerReader, signer: NoteSigner, cosigner: NoteSigner
) -> None:
    grow(ledger, 10)
    assert witness.add_checkpoint(submission(reader, 0) + _lines("junk", 63)).status == 200
    assert witness.add_checkpoint(submission(reader, 10)).status == 200
    remembered = witness.remembered("example.org/log")
    assert remembered is not None
    assert [one.name for one in parse_note(remembered).signatures] == [signer.name, cosigner.name]


def test_the_logs_own_line_repeated_is_remembered_once(
    witness: Witness, ledger: Ledger, reader: LedgerReader
) -> None:
    grow(ledger, 10)
    body = submission(reader, 0)
    own = b"\xe2\x80\x94" + body.rpartition(b"\xe2\x80\x94")[2]
    assert witness.add_checkpoint(body + own * 63).status == 200
    remembered = witness.remembered("example.org/log")
    assert remembered is not None
    assert len(parse_note(remembered).signatures) == 2
    assert witness.add_checkpoint(submission(reader, 10)).status == 200


def test_a_checkpoint_too_long_to_be_read_back_is_refused_and_the_witness_goes_on(
    witness: Witness, signer: NoteSigner
) -> None:
    def long(extension: int) -> bytes:
        text = Checkpoint("example.org/log", 0, EMPTY_ROOT).text() + b"x" * extension + b"\n"
        return AddCheckpoint(0, (), text + b"\n" + signer.sign(text)).to_bytes()

    statuses = {
        extension: witness.add_checkpoint(long(extension)).status for extension in range(65_200, 65_500, 10)
    }
    assert set(statuses.values()) <= {200, 400}
    assert statuses[65_490] == 400
    witness.remembered("example.org/log")


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"version": 1, "logs": {"a": "b"}}', '{"version": 2}'])
def test_a_damaged_memory_signs_nothing(
    witness: Witness, memory: Path, reader: LedgerReader, content: str
) -> None:
    memory.write_text(content)
    with pytest.raises(WitnessError, match="memory is damaged"):
        witness.add_checkpoint(submission(reader, 0))
    assert memory.read_text() == content


def test_a_memory_that_cannot_be_written_signs_nothing(
    cosigner: NoteSigner, tmp_path: Path, reader: LedgerReader, signer: NoteSigner
) -> None:
    lost = Witness(cosigner, tmp_path / "nowhere" / "witness.json", [signer.vkey])
    with pytest.raises(WitnessError):
        lost.add_checkpoint(submission(reader, 0))


def test_keys_are_for_one_purpose(cosigner: NoteSigner, signer: NoteSigner, memory: Path) -> None:
    with pytest.raises(NoteError, match="cannot cosign"):
        Witness(signer, memory, [])


def test_its_memory_convicts_a_log_that_cut_its_tail(
    witness: Witness, memory: Path, ledger: Ledger, reader: LedgerReader, signer: NoteSigner, tmp_path: Path
) -> None:
    grow(ledger, 300)
    witness.add_checkpoint(submission(reader, 0))
    with (
        Ledger.open(tmp_path / "cut.db", signer=signer) as cut,
        LedgerReader.open(tmp_path / "cut.db") as less,
    ):
        grow(cut, 200)
        export(less, tmp_path / "cut")
    report = check(tmp_path / "cut", signer.vkey, memories=read_memories(memory))
    assert [problem.kind for problem in report.problems] == ["cut"]


class TwoWitnesses:
    """Two witnesses on loopback."""

    def __init__(self, serve: Serve, folder: Path, log: str) -> None:
        self.keys = [generate_cosigner(f"w{number}.example") for number in (1, 2)]
        self.witnesses = [
            Witness(key, folder / f"w{number}.json", [log]) for number, key in enumerate(self.keys)
        ]
        urls = [serve(witness_app(witness)) for witness in self.witnesses]
        self.peers = [WitnessPeer(url, key.vkey) for url, key in zip(urls, self.keys, strict=True)]


@pytest.fixture
def two(serve: Serve, tmp_path: Path, signer: NoteSigner) -> TwoWitnesses:
    return TwoWitnesses(serve, tmp_path, signer.vkey)


def test_two_witnesses_make_a_proof_witnessed(
    two: TwoWitnesses, ledger: Ledger, reader: LedgerReader, tmp_path: Path
) -> None:
    vkeys = [key.vkey for key in two.keys]
    for size in (10, 300):
        grow(ledger, size)
        cosigning = request_cosignatures(reader, two.peers)
        assert cosigning.failures == ()
        assert cosigning.standing is Standing.WITNESSED
    assert reader.checkpoint() == cosigning.checkpoint == reader.cosigned_checkpoint()
    verified = verify_tlog_proof(reader.tlog_proof(299), b"entry 299", reader.vkey, witnesses=vkeys)
    assert (verified.witnesses, verified.standing) == (("w1.example", "w2.example"), Standing.WITNESSED)
    one = verify_tlog_proof(reader.tlog_proof(299), b"entry 299", reader.vkey, witnesses=vkeys[:1])
    assert one.standing is Standing.UNWITNESSED
    grow(ledger, 400)
    export(reader, tmp_path / "out")
    assert b"w1.example" in (tmp_path / "out/cosigned").read_bytes()
    assert check(tmp_path / "out", reader.vkey, witnesses=vkeys).is_sound
    # The older, cosigned checkpoint still covers what came before it; what came after has only the newest.
    assert verify_tlog_proof(reader.tlog_proof(5), b"entry 5", reader.vkey, witnesses=vkeys).size == 300
    assert verify_tlog_proof(reader.tlog_proof(350), b"entry 350", reader.vkey).size == 400


def test_one_silent_witness_does_not_stop_the_other(
    two: TwoWitnesses, ledger: Ledger, reader: LedgerReader
) -> None:
    grow(ledger, 10)
    peers = [WitnessPeer("http://127.0.0.1:9", two.keys[0].vkey), two.peers[1]]
    cosigning = request_cosignatures(reader, peers)
    assert cosigning.witnesses == ("w2.example",)
    assert cosigning.standing is Standing.UNWITNESSED
    assert "cannot be reached" in str(cosigning.failures[0])


def test_a_cosignature_by_another_key_is_not_taken(
    two: TwoWitnesses, ledger: Ledger, reader: LedgerReader
) -> None:
    grow(ledger, 10)
    peers = [WitnessPeer(two.peers[0].url, generate_cosigner("w1.example").vkey)]
    cosigning = request_cosignatures(reader, peers)
    assert cosigning.witnesses == ()
    assert "does not verify" in str(cosigning.failures[0])
    assert reader.cosigned_checkpoint() is None


def test_a_log_restored_from_an_old_copy_is_told(
    two: TwoWitnesses, ledger: Ledger, reader: LedgerReader, signer: NoteSigner, tmp_path: Path
) -> None:
    grow(ledger, 300)
    request_cosignatures(reader, two.peers)
    path = tmp_path / "old.db"
    with Ledger.open(path, signer=signer) as old, LedgerReader.open(path) as behind:
        grow(old, 200)
        cosigning = request_cosignatures(behind, two.peers)
    assert cosigning.witnesses == ()
    assert "another history" in str(cosigning.failures[0])


def put_beside(reader: LedgerReader, note: bytes) -> None:
    """Stores a cosigned checkpoint as it is, without looking at it."""
    if isinstance(reader.path, Path):
        reader.path.with_name(reader.path.name + ".cosigned").write_bytes(note)
        return
    database = open_for_writing(reader.path)
    database.execute("INSERT INTO cosigned VALUES (1, ?)", (note,))
    database.close()


@pytest.mark.parametrize("content", ["forged", "foreign", "damaged"])
def test_a_cosigned_note_that_is_not_this_logs_is_as_good_as_none(
    two: TwoWitnesses, ledger: Ledger, reader: LedgerReader, signer: NoteSigner, content: str
) -> None:
    grow(ledger, 10)
    notes = {
        "forged": Checkpoint("example.org/log", 5000, bytes(32)).sign(signer),
        "foreign": Checkpoint("example.org/other", 5000, bytes(32)).sign(
            generate_signer("example.org/other")
        ),
        "damaged": b"damaged",
    }
    put_beside(reader, notes[content])
    assert reader.cosigned_checkpoint() is None
    assert verify_tlog_proof(reader.tlog_proof(3), b"entry 3", reader.vkey).size == 10
    assert request_cosignatures(reader, two.peers).failures == ()
    assert reader.cosigned_checkpoint() is not None
