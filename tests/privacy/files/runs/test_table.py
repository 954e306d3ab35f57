"""The table of stand-ins on disk: it grows, and a write that was cut off costs nothing that was kept."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aboveboard.privacy.files import FileError, TableFile, read_table, write_table

FIRST = {"<EMAIL_1>": 'a",\n"b', "<EMAIL_2>": "é\ud800"}
GROWN = FIRST | {"<PHONE_1>": "1"}


def test_a_table_grows_and_is_read_at_every_step(tmp_path: Path) -> None:
    path = tmp_path / "t"
    with TableFile(path) as kept:
        for table in ({}, FIRST, FIRST, GROWN):
            kept.save(table)
            assert read_table(path).table == table


def test_a_table_that_was_written_otherwise_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "t"
    write_table(path, FIRST)
    with TableFile(path) as kept:
        assert kept.table == FIRST
        kept.save(GROWN)
    assert read_table(path).table == GROWN


@given(st.integers(0, 40))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_write_that_was_cut_off_loses_nothing_that_was_kept(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "t"
    path.unlink(missing_ok=True)
    with TableFile(path) as kept:
        kept.save(FIRST)
        before = path.read_bytes()[:-2]
        kept.save(GROWN)
    whole = path.read_bytes()
    path.write_bytes(whole[: max(len(before) + 2, len(whole) - cut)])
    with TableFile(path) as kept:
        assert FIRST.items() <= kept.table.items()
        kept.save(GROWN)
    assert read_table(path).table == GROWN


def test_a_run_that_ends_before_it_begins_leaves_no_table(tmp_path: Path) -> None:
    with TableFile(tmp_path / "t"):
        pass
    assert not (tmp_path / "t").exists()


@pytest.mark.parametrize("content", ["hello", "[]", '{"a": 1}'])
def test_what_is_no_table_stays_as_it_is(tmp_path: Path, content: str) -> None:
    path = tmp_path / "t"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(Exception, match="not a table"):
        TableFile(path)
    assert path.read_text(encoding="utf-8") == content


def test_a_table_in_no_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="No such file"):
        TableFile(tmp_path / "no/t")
