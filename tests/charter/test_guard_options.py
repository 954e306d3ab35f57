"""What a guard finds wrong with its own options is told with the line where it stands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from aboveboard.charter import CharterError, Known, parse_charter

CHARTER = """\
charter: 1
system: {name: Desk, purpose: Helps., context: general}
roles: {accountable: {title: Head, contact: head@example.org}}
models: [{id: one, provider: fake}]
defaults: {promises: false, guards: false}
guards:
  - guard: picky
    mode: [input]
    action: block
    rules:
      - name: first
      - name: second
        examples: [1,
                   2]
"""


@dataclass(frozen=True)
class Wrong:
    path: tuple[str | int, ...]
    what: str = "wrong"
    cure: str = ""


def problems(*paths: tuple[str | int, ...]) -> list[int]:
    def flaws(options: Mapping[str, Any]) -> Iterator[Wrong]:
        assert set(options) == {"rules"}
        yield from map(Wrong, paths)

    known = Known(frozenset(), frozenset({"picky"}), frozenset({"fake"}), guard_flaws={"picky": flaws})
    with pytest.raises(CharterError) as caught:
        parse_charter(CHARTER, known)
    return [problem.line for problem in caught.value.problems]


def test_a_flaw_is_told_with_its_line() -> None:
    assert problems(("rules", 1, "examples", 1), ("rules", 0, "name")) == [11, 14]


def test_a_flaw_of_what_is_not_written_is_told_where_it_would_stand() -> None:
    assert problems(("rules", 0, "examples", "deny"), ()) == [7, 11]


def test_a_guard_that_finds_nothing_wrong_lets_the_charter_pass() -> None:
    known = Known(
        frozenset(), frozenset({"picky"}), frozenset({"fake"}), guard_flaws={"picky": lambda options: ()}
    )
    assert parse_charter(CHARTER, known).guards[0].options["rules"]
