"""Files appear whole, and never anywhere else than asked."""

import stat
from pathlib import Path

import pytest

from aboveboard.files import write_text, write_whole


def test_the_file_has_the_new_content_and_nothing_lies_beside_it(tmp_path: Path) -> None:
    for content in (b"old", b"new"):
        write_whole(tmp_path / "file", content)
    assert (tmp_path / "file").read_bytes() == b"new"
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


def test_only_its_owner_reads_what_is_written_so(tmp_path: Path) -> None:
    write_whole(tmp_path / "file", b"data", mode=0o600)
    assert stat.S_IMODE((tmp_path / "file").stat().st_mode) == 0o600


def test_a_link_laid_under_the_temporary_name_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    monkeypatch.setattr("secrets.token_hex", lambda _: "guessed")
    (tmp_path / ".guessed.new").symlink_to(victim)
    with pytest.raises(FileExistsError):
        write_whole(tmp_path / "file", b"data")
    assert victim.read_bytes() == b"precious"


def test_the_temporary_name_is_another_each_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names: list[str] = []
    replace = Path.replace

    def noted(self: Path, target: Path) -> Path:
        names.append(self.name)
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", noted)
    for _ in range(8):
        write_whole(tmp_path / "file", b"data")
    assert len(set(names)) == 8


def test_a_link_in_the_place_of_the_file_is_replaced_and_not_written_through(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    (tmp_path / "file").symlink_to(victim)
    write_whole(tmp_path / "file", b"data")
    assert (victim.read_bytes(), (tmp_path / "file").read_bytes()) == (b"precious", b"data")


def test_a_text_comes_with_the_folder_it_lies_in(tmp_path: Path) -> None:
    write_text(tmp_path / "new" / "folder" / "file", "Grüße")
    assert (tmp_path / "new" / "folder" / "file").read_bytes() == "Grüße".encode()


def test_a_failure_leaves_no_trace(tmp_path: Path) -> None:
    (tmp_path / "file").mkdir()
    with pytest.raises(OSError, match="directory"):
        write_whole(tmp_path / "file", b"data")
    assert [each.name for each in tmp_path.iterdir()] == ["file"]
