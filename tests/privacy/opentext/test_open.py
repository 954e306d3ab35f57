"""Open examples out of a cache, and errors that say what is missing."""

import json
import tarfile
from io import BytesIO
from pathlib import Path

import pytest
from tagger.opentext import SOURCES, OpenTextError, Source, open_examples
from tagger.opentext._fetching import digest, fetched, files


def kept(cache: Path, language: str, count: int) -> None:
    head = {"format": 1, "language": language, "packages": {}}
    rows = [[f"text {number} of Ada", [[10, 13, "person"]], "open/test"] for number in range(count)]
    lines = (json.dumps(row) for row in [head, *rows])
    (cache / f"{language}.jsonl").write_text("\n".join(lines) + "\n", "utf-8")


def test_examples_of_a_full_cache_come_in_turn_without_any_teacher(tmp_path: Path) -> None:
    kept(tmp_path, "en", 3)
    kept(tmp_path, "de", 3)
    found = list(open_examples(tmp_path, 4, ("en", "de")))
    assert [example.language for example in found] == ["en", "de", "en", "de"]
    assert found[0].values() == [("Ada", "person")]
    assert found == list(open_examples(tmp_path, 4, ("en", "de")))


def test_a_cache_of_another_format_is_refused_with_the_cure(tmp_path: Path) -> None:
    (tmp_path / "en.jsonl").write_text('{"format": 0, "language": "en"}\n', "utf-8")
    with pytest.raises(OpenTextError, match="remove it"):
        list(open_examples(tmp_path, 4, ("en",)))


@pytest.mark.parametrize("count", [0, -1, 10**9])
def test_counts_out_of_bounds_are_refused(tmp_path: Path, count: int) -> None:
    with pytest.raises(OpenTextError, match="between 1 and"):
        list(open_examples(tmp_path, count))


def archive(path: Path, names: dict[str, bytes]) -> None:
    with tarfile.open(path, "w:gz") as made:
        for name, content in names.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            made.addfile(member, BytesIO(content))


SOURCE = Source("letters", "1.0", ("*/good*.txt",), "tweets", "en", "MIT", 1.0, "python")


def test_a_package_that_is_there_is_not_fetched_again_and_is_read_in_order(tmp_path: Path) -> None:
    archive(tmp_path / "letters-1.0.tar.gz", {"a/good2.txt": b"2", "a/bad.txt": b"0", "a/good1.txt": b"1"})
    package = fetched(SOURCE, tmp_path)
    assert list(files(SOURCE, package)) == [("a/good1.txt", b"1"), ("a/good2.txt", b"2")]
    assert len(digest(package)) == 64


def test_a_package_without_the_files_is_an_error(tmp_path: Path) -> None:
    archive(tmp_path / "letters-1.0.tar.gz", {"a/bad.txt": b"0"})
    with pytest.raises(OpenTextError, match="pinned version"):
        list(files(SOURCE, fetched(SOURCE, tmp_path)))


def test_without_the_tool_that_fetches_the_error_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(OpenTextError, match="no apt-get to fetch"):
        fetched(Source("fortunes", "1", ("*",), "fortunes", "en", "BSD"), tmp_path)


def test_every_source_states_its_version_and_licence() -> None:
    sources = [source for listed in SOURCES.values() for source in listed]
    assert set(SOURCES) == {"en", "de", "es", "fr", "it"}
    assert all(source.version and source.licence and source.members for source in sources)
