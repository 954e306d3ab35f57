"""Which files are read: those named, those in folders, and nothing a link leads to."""

from collections.abc import Callable
from pathlib import Path

import pytest

from aboveboard.privacy.files import (
    FileError,
    Input,
    InputError,
    LeftOutError,
    Selection,
    collect,
    refuse_inside,
)

Write = Callable[[str, bytes | str], Path]


@pytest.fixture
def tree(write: Write, tmp_path: Path) -> Path:
    """A folder with files, a hidden one, a repository and links."""
    for name in ("t/b.txt", "t/a/x.csv", "t/a/y.txt", "t/.hidden", "t/.git/config", "outside.txt"):
        write(name, "x")
    (tmp_path / "t/link.txt").symlink_to(tmp_path / "outside.txt")
    (tmp_path / "t/loop").symlink_to(tmp_path / "t")
    return tmp_path / "t"


def names(tree: Path, selection: Selection | None = None) -> list[str]:
    given = collect([tree], selection or Selection())
    return [str(each.relative) for each in given if isinstance(each, Input)]


def test_a_folder_is_read_in_the_order_of_names_without_hidden_files_and_links(tree: Path) -> None:
    assert names(tree) == ["a/x.csv", "a/y.txt", "b.txt"]


def test_links_are_said_to_be_left_out(tree: Path) -> None:
    left = [each for each in collect([tree], Selection()) if isinstance(each, InputError)]
    assert [Path(each.name).name for each in left] == ["link.txt", "loop"]
    assert all(isinstance(each.error, LeftOutError) for each in left)


def test_hidden_files_are_read_on_request_and_git_never(tree: Path) -> None:
    assert names(tree, Selection(hidden=True)) == [".hidden", "a/x.csv", "a/y.txt", "b.txt"]


@pytest.mark.parametrize(
    ("selection", "chosen"),
    [
        (Selection(include=("*.csv",)), ["a/x.csv"]),
        (Selection(exclude=("a",)), ["b.txt"]),
        (Selection(exclude=("a/*.txt",)), ["a/x.csv", "b.txt"]),
        (Selection(include=("a/*",), exclude=("*.csv",)), ["a/y.txt"]),
    ],
)
def test_patterns_choose_by_name_or_path(tree: Path, selection: Selection, chosen: list[str]) -> None:
    assert names(tree, selection) == chosen


@pytest.mark.parametrize("out", ["out", "a/out", "."])
def test_copies_are_not_put_into_a_folder_that_is_read(tree: Path, out: str) -> None:
    with pytest.raises(FileError, match="the next run would take them for input"):
        refuse_inside(tree / out, [tree], Selection())
    assert not (tree / "out").exists()


@pytest.mark.parametrize(
    ("out", "selection"),
    [
        ("../out", Selection()),
        ("../t2", Selection()),
        ("out", Selection(exclude=("out",))),
        ("out/deep", Selection(exclude=("out",))),
        (".out", Selection()),
    ],
)
def test_copies_may_lie_where_nothing_is_read(tree: Path, out: str, selection: Selection) -> None:
    refuse_inside(tree / out, [Path("-"), tree / "b.txt", tree], selection)


def test_of_several_folders_each_keeps_its_name(tree: Path, write: Write, tmp_path: Path) -> None:
    write("u/b.txt", "x")
    given = collect([tree, tmp_path / "u"], Selection(include=("b.txt",)))
    assert [str(each.relative) for each in given if isinstance(each, Input)] == ["t/b.txt", "u/b.txt"]


def test_what_is_not_there_is_an_error_and_the_rest_goes_on(tree: Path, tmp_path: Path) -> None:
    first, second = collect([tmp_path / "nowhere", tree / "b.txt"], Selection())
    assert isinstance(first, InputError)
    assert "no such file" in str(first.error)
    assert isinstance(second, Input)


def test_no_path_leads_out_of_its_folder(tree: Path) -> None:
    for each in collect([tree / "a" / ".." / "b.txt", tree / ".." / "t"], Selection()):
        if isinstance(each, Input):
            assert ".." not in each.relative.parts
            assert not each.relative.is_absolute()
