"""The tables that go into the documentation: a row a finder, a column a set or a kind."""

from collections.abc import Callable
from typing import Any

import pytest

Module = Callable[[str], Any]


class Stub:
    """A finder that takes every word of a text for what it is told to."""

    def __init__(self, name: str, type_: str) -> None:
        self.name, self._type = name, type_

    def find(self, texts: list[str], language: str = "en") -> Any:
        spans = [[(0, len(text), self._type)] for text in texts]
        return type("Found", (), {"spans": spans, "seconds": 0.001})


def rows(printed: str) -> list[list[str]]:
    lines = [line.strip("| ").split(" | ") for line in printed.splitlines() if line.startswith("|")]
    return [cells for cells in lines if "---" not in cells[0]]


def test_false_alarms_by_kind_and_by_category(
    benchmark_module: Module, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = {"one": ["a b c d e"] * 4, "two": ["a b c d e f g h i j"]}
    peers = [Stub("numbers", "card"), Stub("names", "PERSON")]
    benchmark_module("false_alarms").compare_false_alarms(peers, texts, "Made up")
    printed = capsys.readouterr().out
    table = {cells[0]: cells[1:] for cells in rows(printed)}
    assert "### Made up: 30 words" in printed
    assert table["finder"] == ["numbers", "persons", "places and groups", "dates and sites"]
    assert [cell.split(" ")[0] for cell in table["numbers"]] == ["1666.7", "0.0", "0.0", "0.0"]
    assert [cell.split(" ")[0] for cell in table["names"]] == ["0.0", "1666.7", "0.0", "0.0"]
    assert table["one (20)"] == ["2000.0", "0.0"]
    assert table["two (10)"] == ["1000.0", "0.0"]


def test_a_finder_that_looks_for_no_names_has_no_figure_where_only_names_count(
    benchmark_module: Module, capsys: pytest.CaptureFixture[str]
) -> None:
    score = benchmark_module("scoring").Score
    figures = {"names only": {"ours": score(0.5, 0.4, 0.6), "patterns": score(0.0, 0.0, 0.0)}}
    benchmark_module("compare")._print_together(figures)
    table = {cells[0]: cells[1:] for cells in rows(capsys.readouterr().out)}
    assert table["ours"] == ["0.500 (0.400–0.600)"]
    assert table["patterns"] == ["–"]


def test_every_finder_has_its_row_of_disguises(
    benchmark_module: Module, capsys: pytest.CaptureFixture[str]
) -> None:
    class Blind(Stub):
        def find(self, texts: list[str], language: str = "en") -> Any:
            return type("Found", (), {"spans": [[] for _ in texts]})

        def find_in_pieces(self, streams: list[list[str]], language: str = "en") -> Any:
            return type("Found", (), {"spans": [[(0, sum(map(len, pieces)), "all")] for pieces in streams]})

    evasion = benchmark_module("evasion")
    evasion.compare_evasion([Blind("blind", "")])
    table = {cells[0]: cells[1:] for cells in rows(capsys.readouterr().out)}
    assert set(evasion.TRICKS) <= set(table)
    assert table["as it is"] == ["0/6 no"]
    assert table["in pieces of 3"] == ["6/6 yes"]
