"""Text without personal data: what the rule takes out, that it is the same each time, how findings count."""

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

Module = Callable[[str], Any]
SMALL = frozenset({"mark", "the", "reads", "will", "long", "table", "open", "source"})
NAMING = [
    "Written by a friend",
    "Copyright 2019 nobody",
    "mail ann@example.com",
    "see https://example.com",
    "host 192.0.2.7 is down",
    "mac 00:1b:44:11:3a:b7",
    "as Guido said",
    "as GUIDO said",
    "Zyx Quux did it",
    "Knuth's algorithm",
    "(Welford, 1962)",
    "D. E. Knuth",
    "12 Long Street",
    "Dr. Strange",
    "fax 555",
]
NAMELESS = [
    "the table reads 12.4 and 3.14159",
    "Mark the table",
    "Will the Open Source table",
    "version 1.2.3 of 2024-01-31",
    "@property",
    "at 10:20:30",
    "June is a month",
    "0x7fff 12:34",
]


@pytest.mark.parametrize("line", NAMING)
def test_a_line_that_names_somebody_goes(line: str, benchmark_module: Module) -> None:
    assert benchmark_module("personal_lines").names_somebody(line, SMALL)


@pytest.mark.parametrize("line", NAMELESS)
def test_a_line_that_names_nobody_stays(line: str, benchmark_module: Module) -> None:
    assert not benchmark_module("personal_lines").names_somebody(line, SMALL)


def test_words_mostly_written_small_are_no_names(benchmark_module: Module) -> None:
    small = benchmark_module("personal_lines").words_written_small(
        ["Mark it, mark it", "Guido met guido, Guido"]
    )
    assert small == {"mark", "it", "met"}


def test_a_page_of_which_little_is_left_goes(benchmark_module: Module) -> None:
    kept = benchmark_module("personal_lines").nobodys(
        ["by Guido\none two three", "one two three four five"], SMALL
    )
    assert [*kept] == ["one two three four five"]


def test_generated_text_is_the_same_each_time_and_long_enough(benchmark_module: Module) -> None:
    held = benchmark_module("held_out_negatives")
    for source in held.GENERATED.values():
        once, again = (held._enough(source()) for _ in range(2))
        assert held.digest(once) == held.digest(again)
        assert sum(len(text.split()) for text in once) >= held.WORDS


def test_gathered_text_is_the_same_each_time(benchmark_module: Module) -> None:
    held = benchmark_module("held_out_negatives")
    for name in ("language reference", "reference tables", "time-zone rules"):
        once, again = (held._drawn(name, held.GATHERED[name]()) for _ in range(2))
        assert once == again
        assert once


def test_generated_text_holds_nobody_by_construction(benchmark_module: Module) -> None:
    """No capitalised word that is a name, no address: words are of things, all else is numbers."""
    held, lines = benchmark_module("held_out_negatives"), benchmark_module("personal_lines")
    for source in held.GENERATED.values():
        text = "\n".join(source())
        words = set(re.findall(r"\b[A-Z][a-z]+\b", text))
        assert words & lines.known_names() <= {"Case", "Section", "Release"}
        assert "@" not in text


def test_the_set_that_is_tuned_with_is_the_same_each_time(benchmark_module: Module) -> None:
    negatives = benchmark_module("hard_negatives")
    assert negatives.texts() == negatives.texts()


def test_findings_count_by_what_they_say(benchmark_module: Module) -> None:
    alarms = benchmark_module("false_alarms")
    types = [
        "PHONE_NUMBER",
        "card",
        "PERSON",
        "person",
        "address",
        "ORG",
        "place",
        "NORP",
        "DATE_TIME",
        "domain",
    ]
    assert [alarms.kind_of(type_) for type_ in types] == [0, 0, 1, 1, 1, 2, 2, 2, 3, 3]
    found = alarms.alarms(["a b c d", "e"], [[(0, 1, "card"), (2, 3, "person")], [(0, 1, "card")]])
    assert found.counts.tolist() == [[1, 1, 0, 0], [1, 0, 0, 0]]
    assert found.words.tolist() == [4, 1]
    assert found.per_10000_words(0).value == pytest.approx(4000)


def test_the_interval_of_a_rate_covers_it(benchmark_module: Module) -> None:
    alarms, rng = benchmark_module("false_alarms"), np.random.default_rng(5)
    covered = 0
    for _ in range(100):
        counts = np.zeros((80, 4))
        counts[:, 0] = rng.poisson(2, 80)
        rate = alarms.Alarms(counts, np.full(80, 1000.0)).per_10000_words(0)
        covered += rate.low <= 20 <= rate.high
    assert covered >= 86
