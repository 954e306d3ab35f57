"""Appending: an index for every entry, durable when it is given, the same for the same bytes."""

import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aboveboard.database import Location
from aboveboard.ledger import (
    Ledger,
    LedgerClosedError,
    LedgerEntryError,
    LedgerFullError,
    LedgerReader,
    NoteError,
    NoteSigner,
    NoteVerifier,
    QueueLimits,
    generate_cosigner,
    generate_signer,
    open_note,
    parse_checkpoint,
)


def test_entries_get_indexes_in_order(ledger: Ledger) -> None:
    assert [ledger.append(b"%d" % number).result() for number in range(5)] == [0, 1, 2, 3, 4]


def test_the_same_bytes_keep_their_index(ledger: Ledger) -> None:
    assert ledger.append(b"a").result() == ledger.append(b"a").result() == 0
    assert ledger.append_many([b"b", b"a", b"b", b"c"]).result() == [1, 0, 1, 2]
    assert ledger.append(b"").result() == 3


def test_the_same_bytes_keep_their_index_over_a_restart(path: Location, signer: NoteSigner) -> None:
    for _ in range(3):
        with Ledger.open(path, signer=signer) as ledger:
            assert ledger.append_many([b"%d" % number for number in range(300)]).result() == list(range(300))


@settings(max_examples=25, deadline=None)
@given(batches=st.lists(st.lists(st.integers(0, 900), max_size=300), max_size=6))
def test_any_sequence_of_batches_logs_each_entry_once_in_order(
    batches: list[list[int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path, signer = tmp_path_factory.mktemp("l") / "ledger.db", generate_signer("example.org/log")
    expected: dict[bytes, int] = {}
    for batch in batches:
        entries = [b"entry %d" % number for number in batch]
        for entry in entries:
            expected.setdefault(entry, len(expected))
        with Ledger.open(path, signer=signer) as ledger:
            assert ledger.append_many(entries).result() == [expected[entry] for entry in entries]
    if batches:
        with LedgerReader.open(path) as reader:
            assert list(reader.entries()) == list(expected)


def test_many_threads_share_one_log(ledger: Ledger, reader: LedgerReader) -> None:
    got: list[tuple[int, bytes]] = []

    def work(who: int) -> None:
        for number in range(100):
            # Half of the entries are the same for all threads.
            entry = b"shared %d" % number if number % 2 else b"%d by %d" % (number, who)
            got.append((ledger.append(entry).result(), entry))

    threads = [threading.Thread(target=work, args=(who,)) for who in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert reader.size() == 50 + 8 * 50
    assert all(reader.entry(index) == entry for index, entry in got)
    assert len({index for index, _ in got}) == reader.size()


def test_an_entry_that_is_too_long_is_refused_at_once(ledger: Ledger, reader: LedgerReader) -> None:
    with pytest.raises(LedgerEntryError, match="65536 bytes"):
        ledger.append(b"x" * 65_536)
    with pytest.raises(LedgerEntryError):
        ledger.append_many([b"fits", b"x" * 65_536])
    assert reader.size() == 0
    assert ledger.append(b"x" * 65_535).result() == 0


def test_every_state_has_a_checkpoint_signed_by_the_log(ledger: Ledger, reader: LedgerReader) -> None:
    for number in range(3):
        opened = open_note(reader.checkpoint(), [NoteVerifier.from_text(ledger.vkey)])
        assert parse_checkpoint(opened.text).size == number
        ledger.append(b"%d" % number).result()


def test_a_caller_who_gave_up_is_not_logged(path: Location, signer: NoteSigner) -> None:
    with Ledger.open(path, signer=signer) as ledger:
        futures = [ledger.append(b"%d" % number) for number in range(2000)]
        cancelled = [number for number, future in enumerate(futures) if future.cancel()]
    with LedgerReader.open(path) as reader:
        assert reader.size() == 2000 - len(cancelled)
        assert not any(reader.index_of(b"%d" % number) is not None for number in cancelled)


def test_closing_writes_what_is_waiting(path: Location, signer: NoteSigner) -> None:
    ledger = Ledger.open(path, signer=signer)
    futures = [ledger.append(b"%d" % number) for number in range(1000)]
    ledger.close()
    ledger.close()
    assert [future.result(timeout=0) for future in futures] == list(range(1000))
    with pytest.raises(LedgerClosedError):
        ledger.append(b"late")


def test_a_full_queue_refuses_rather_than_grow(path: Location, signer: NoteSigner) -> None:
    limits = QueueLimits(waiting_entries=10, batch_entries=1, patience=0)
    with Ledger.open(path, signer=signer, limits=limits) as ledger, pytest.raises(LedgerFullError):
        for number in range(100_000):
            ledger.append(b"%d" % number)


def test_a_patient_caller_waits_for_room(path: Location, signer: NoteSigner) -> None:
    limits = QueueLimits(waiting_entries=4, batch_entries=2, patience=30)
    with Ledger.open(path, signer=signer, limits=limits) as ledger:
        futures = [ledger.append(b"%d" % number) for number in range(200)]
        assert [future.result() for future in futures] == list(range(200))


def test_another_key_is_refused_and_nothing_changes(path: Location, signer: NoteSigner) -> None:
    with Ledger.open(path, signer=signer) as ledger:
        ledger.append(b"a").result()
    with pytest.raises(NoteError, match="signed with another key"):
        Ledger.open(path, signer=generate_signer(signer.name))
    with pytest.raises(NoteError, match="cannot sign a log"):
        Ledger.open(path, signer=generate_cosigner(signer.name))
    with Ledger.open(path, signer=signer) as ledger:
        assert ledger.append(b"a").result() == 0
