"""The way back is that of the run that wrote a copy: a number counts somebody else in another table."""

import io
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.privacy.files import (
    FileEnd,
    Looking,
    Restoring,
    Scan,
    Selection,
    TableFile,
    Targets,
    Written,
    collect,
    mask_files,
    read_table,
    restore_files,
)
from aboveboard.privacy.masking import Masking
from aboveboard.privacy.operators import Key, Policy

Write = Callable[[str, bytes | str], Path]
SCAN = Scan(Looking(frozenset(["email"])))
ANN, BOB = "ann@example.com", "bob@example.com"


def mask(source: Path, out: Path, table: Path, masking: Masking | None = None) -> None:
    with TableFile(table) as kept:
        masking = masking or Masking(table=kept.table)
        list(mask_files(collect([source], Selection()), Targets(out), masking, SCAN, kept))


def restore(source: Path, out: Path, table: Path, key: Key | None = None) -> list[FileEnd]:
    kept = read_table(table)
    sources = collect([source], Selection())
    events = restore_files(sources, Targets(out), Restoring(kept.table, key), SCAN, kept.written)
    return [each for each in events if isinstance(each, FileEnd)]


def errors(ends: Sequence[FileEnd]) -> list[str]:
    return [str(end.error) for end in ends if end.error is not None]


@pytest.fixture
def runs(write: Write, tmp_path: Path) -> Path:
    """Two folders, each masked with a table of its own."""
    for name, mail in (("a", ANN), ("b", BOB)):
        write(f"{name}/letter_{name}.txt", f"to {mail}")
        write(f"{name}/more.csv", f"mail,run\n{mail},{name}\n")
        mask(tmp_path / name, tmp_path / f"{name}_masked", tmp_path / f"{name}.json")
    return tmp_path


def test_a_run_restores_what_it_wrote(runs: Path) -> None:
    assert errors(restore(runs / "a_masked", runs / "back", runs / "a.json")) == []
    assert (runs / "back/letter_a.txt").read_text() == f"to {ANN}"


def test_another_runs_table_puts_nobody_in(runs: Path) -> None:
    said = errors(restore(runs / "a_masked", runs / "back", runs / "b.json"))
    assert len(said) == 2
    assert all("no run with this table has written it" in each and "--any-text" in each for each in said)
    assert list((runs / "back").iterdir()) == []


def test_copies_that_are_the_same_to_the_byte_are_told_apart_by_their_names(runs: Path) -> None:
    first, second = runs / "a_masked/letter_a.txt", runs / "b_masked/letter_b.txt"
    assert first.read_bytes() == second.read_bytes()
    assert len(errors(restore(first, runs / "back", runs / "b.json"))) == 1


def test_a_copy_may_be_moved_but_not_changed(runs: Path) -> None:
    moved = runs / "elsewhere/letter_a.txt"
    moved.parent.mkdir()
    shutil.copy(runs / "a_masked/letter_a.txt", moved)
    assert errors(restore(moved, runs / "back", runs / "a.json")) == []
    moved.write_text("dear <EMAIL_1>", encoding="utf-8")
    assert len(errors(restore(moved, runs / "back", runs / "a.json"))) == 1


def test_what_holds_no_stand_in_of_the_table_is_copied(runs: Path, write: Write) -> None:
    other = write("other.txt", "nobody, and <EMAIL_7>")
    assert errors(restore(other, runs / "back", runs / "a.json")) == []
    assert (runs / "back/other.txt").read_text() == "nobody, and <EMAIL_7>"


def test_a_stand_in_in_the_name_of_a_strangers_file_is_refused(runs: Path, write: Write) -> None:
    stranger = write("cv_{EMAIL_1}.txt", "nobody")
    assert len(errors(restore(stranger, runs / "back", runs / "a.json"))) == 1


def test_a_table_that_names_no_copy_speaks_for_none(runs: Path) -> None:
    (runs / "plain.json").write_text(f'{{"<EMAIL_1>": "{ANN}"}}', encoding="utf-8")
    assert len(errors(restore(runs / "a_masked", runs / "back", runs / "plain.json"))) == 2


def test_what_only_a_key_makes_needs_no_word_of_a_table(write: Write, tmp_path: Path) -> None:
    key, path = Key.generate(), write("a/a.txt", f"to {ANN}")
    policy = Policy.load({"direct": "pseudonymise"})
    mask(path, tmp_path / "out", tmp_path / "t", Masking(policy, key))
    copy = write("b/b.txt", "again " + (tmp_path / "out/a.txt").read_text())
    assert errors(restore(copy, tmp_path / "back", tmp_path / "t", key)) == []
    assert (tmp_path / "back/b.txt").read_text() == f"again to {ANN}"


class Piped:
    """Standard streams over bytes."""

    def __init__(self, content: bytes = b"") -> None:
        self.buffer = io.BytesIO(content)


def test_a_stream_is_known_by_what_it_says(runs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for content, back in ((b"to <EMAIL_1>", f"to {ANN}".encode()), (b"by <EMAIL_1>", b"")):
        out = Piped()
        monkeypatch.setattr("sys.stdin", Piped(content))
        monkeypatch.setattr("sys.stdout", out)
        kept = read_table(runs / "a.json")
        sources = collect([Path("-")], Selection())
        ends = list(restore_files(sources, Targets(), Restoring(kept.table), SCAN, kept.written))
        assert out.buffer.getvalue() == back
        assert len(errors([each for each in ends if isinstance(each, FileEnd)])) == (not back)


def test_a_copy_that_went_to_stdout_may_be_called_anything(
    runs: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = Piped()
    monkeypatch.setattr("sys.stdin", Piped(f"x {BOB}".encode()))
    monkeypatch.setattr("sys.stdout", out)
    with TableFile(runs / "a.json") as kept:
        list(mask_files(collect([Path("-")], Selection()), Targets(), Masking(table=kept.table), SCAN, kept))
    copy = write("named.txt", out.buffer.getvalue())
    assert errors(restore(copy, runs / "back", runs / "a.json")) == []
    assert (runs / "back/named.txt").read_text() == f"x {BOB}"


@given(st.lists(st.tuples(st.binary(min_size=32, max_size=32), st.text(max_size=4)), max_size=8))
def test_what_is_kept_of_copies_is_read_again(copies: list[tuple[bytes, str]]) -> None:
    made = Written.begun()
    for digest, name in copies:
        made.add(digest, name)
    again = Written.read(dict(made.new))
    assert all(again.has(*each) for each in copies)
    assert not again.has(bytes(32), "other") or (bytes(32), "other") in copies or (bytes(32), "") in copies
    assert not any(Written.begun().has(*each) for each in copies)


@pytest.mark.parametrize("entries", [{"#key": "short"}, {"#x": ""}, {"#key": "0" * 64, "#12 a": ""}])
def test_what_names_copies_wrongly_is_no_table(write: Write, entries: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"no key|no code"):
        Written.read(entries)
