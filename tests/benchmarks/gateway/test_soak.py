"""The soak says what is missing, double or unaccounted for, and nothing where all is well."""

import argparse
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Module = Callable[[str], Any]


@pytest.fixture
def faults(benchmark_module: Module) -> Callable[..., list[str]]:
    """What is wrong when `asked` requests were answered with these receipts, and these were recorded."""
    module = benchmark_module("soak")

    def found(asked: int, receipts: list[str], recorded: list[str]) -> list[str]:
        soak = module.Soak(0, 0, random.Random(1), receipts)
        return list(module.faults_of(soak, asked, recorded))

    return found


def test_every_request_once_is_no_fault(faults: Callable[..., list[str]]) -> None:
    assert faults(2, ["a", "b"], ["b", "a"]) == []


def test_a_client_that_saw_no_answer_is_recorded_all_the_same(faults: Callable[..., list[str]]) -> None:
    assert faults(2, ["a"], ["a", "b"]) == []


@pytest.mark.parametrize(
    ("asked", "receipts", "recorded", "words"),
    [
        (2, ["a", "b"], ["a"], "1 receipts have no decision"),
        (1, ["a"], ["a", "a"], "1 decisions are recorded twice"),
        (2, ["a", "a"], ["a", "b"], "1 receipts were given to several requests"),
        (1, ["a"], ["a", "b"], "1 requests were made, 2 decisions are recorded"),
        (1, [""], ["a"], "some answers named no receipt"),
    ],
)
def test_what_is_wrong_is_said(
    faults: Callable[..., list[str]], asked: int, receipts: list[str], recorded: list[str], words: str
) -> None:
    assert words in faults(asked, receipts, recorded)


@pytest.mark.slow
def test_requests_of_every_kind_are_accounted_for(
    benchmark_module: Module, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = argparse.Namespace(requests=400, connections=8, faults=0.1)
    assert benchmark_module("soak").run(options, tmp_path) == 0
    assert "accounted for exactly once" in capsys.readouterr().out
