"""Stems are found all at once as they would be one by one."""

import sys
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.detectors._stems import Stems

STEMS = ("end", "end ", " die", "me ", "a.b", "if i", "é", "x")
TEXTS = st.text(st.sampled_from("enddie m.abifx é\U0001f600\ud800"), max_size=60)
LOOKED_FOR = Stems(STEMS)


@given(TEXTS)
def test_all_are_found_that_are_there(text: str) -> None:
    assert LOOKED_FOR.within(text) == {stem for stem in STEMS if stem in text}


def test_they_are_found_without_hyperscan_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "hyperscan", None)
    assert Stems(STEMS).within("the end of time") == {"end", "end ", "me "} - {"me "}


def test_threads_look_at_once() -> None:
    found: list[set[str]] = []
    threads = [
        threading.Thread(target=lambda: found.append(LOOKED_FOR.within("let me die"))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [{" die", "me "}] * 8
