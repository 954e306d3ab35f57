"""A finder in a process of its own: what is asked of it, what it answers, and what happens when it dies."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

Module = Callable[[str], Any]
TINY = """
import sys
sys.path.insert(0, {folder!r})
import finders

def words(language):
    print("noise on the way")
    def find(text):
        if text == "die":
            raise SystemExit(3)
        at = text.find(language)
        return [(at, at + len(language), "WORD")] if at >= 0 else []
    return find

finders.FINDERS["tiny"] = words
finders.main(sys.argv[1])
"""


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, benchmark_module: Module) -> Iterator[Any]:
    """A peer that finds the name of the language it is asked in, in an environment that is ready."""
    peers = benchmark_module("peers")
    place = tmp_path / "environments/tiny"
    (place / "bin").mkdir(parents=True)
    (place / ".ready").touch()
    python = place / "bin/python"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    (tmp_path / "finders.py").write_text(TINY.format(folder=str(peers.HERE)))
    monkeypatch.setattr(peers, "ENVIRONMENTS", tmp_path / "environments")
    monkeypatch.setattr(peers, "HERE", tmp_path)
    with peers.Peer("tiny") as peer:
        yield peer


def test_it_answers_for_every_text_in_order(tiny: Any) -> None:
    found = tiny.find(["it is en", "nothing", "en"])
    assert [[tuple(span) for span in spans] for spans in found.spans] == [
        [(6, 8, "WORD")],
        [],
        [(0, 2, "WORD")],
    ]
    assert found.seconds >= 0


def test_it_is_asked_in_the_language_of_the_text(tiny: Any) -> None:
    assert tiny.find(["es en"], "es").spans == [[[0, 2, "WORD"]]]
    assert tiny.find(["es en"], "en").spans == [[[3, 5, "WORD"]]]


def test_a_finder_that_knows_no_streams_sees_each_piece_alone(tiny: Any) -> None:
    found = tiny.find_in_pieces([["it is e", "n"], ["it ", "is en"]])
    assert found.spans == [[], [[6, 8, "WORD"]]]


def test_any_text_goes_there_and_back(tiny: Any) -> None:
    assert tiny.find(["é\n\u2028🙂 en"]).spans == [[[5, 7, "WORD"]]]


def test_one_that_dies_is_said_by_name(tiny: Any) -> None:
    with pytest.raises(RuntimeError, match="tiny gave up"):
        tiny.find(["die"])


def test_our_streams_give_what_the_whole_gives(benchmark_module: Module) -> None:
    finders = benchmark_module("finders")
    text = "write to ann@example.com or 4111 1111 1111 1111 today"
    pieces = [text[at : at + 5] for at in range(0, len(text), 5)]
    found = finders.as_settled("aboveboard-patterns", pieces)
    assert found == finders.FINDERS["aboveboard-patterns"]("en")(text)
    assert {type_ for _, _, type_ in found} == {"email", "card"}
