"""Files of lines: what is torn at the end was never written."""

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aboveboard.evals import _lines
from aboveboard.evals._lines import drop_torn_line, open_lines, whole_lines

PIECES = st.lists(st.sampled_from([b"\n", b"a", b"bc", b"\r", b"\xff"]), max_size=40).map(b"".join)


@settings(deadline=None)
@given(PIECES)
def test_what_follows_the_last_end_of_a_line_is_cut_off(content: bytes) -> None:
    with NamedTemporaryFile() as file, pytest.MonkeyPatch.context() as patch:
        patch.setattr(_lines, "_BLOCK", 3)
        path = Path(file.name)
        path.write_bytes(content)
        before = list(whole_lines(path))
        drop_torn_line(file.fileno())
        assert path.read_bytes() == content[: content.rfind(b"\n") + 1]
        assert list(whole_lines(path)) == before == path.read_bytes().split(b"\n")[:-1]


def test_only_the_owner_reads_a_file_that_is_made(tmp_path: Path) -> None:
    path = tmp_path / "log"
    os.close(open_lines(path))
    assert path.stat().st_mode & 0o777 == 0o600
