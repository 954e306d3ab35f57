"""The user's own cases."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from aboveboard.evals import Answer, Item
from evals.golden._golden import HELP, REFUSE, Golden, Want, said

CASES: Sequence[tuple[str, str, str, dict[str, Any]]] = (
    ("complaint", "It is LIMA.", "passes", {"contains": ["Lima"]}),
    ("complaint", "Lima.", "fails", {"contains": ["Lima", "Peru"]}),
    ("complaint", "A fine thing.", "passes", {"lacks": ["cheap"]}),
    ("incident", "That is bad.", "fails", {"lacks": ["cheap", "bad"]}),
    ("incident", REFUSE, "passes", {"refuses": True}),
    ("incident", HELP, "fails", {"refuses": True}),
    ("incident", REFUSE, "fails", {"refuses": False}),
    ("complaint", HELP, "passes", {"refuses": False}),
)


def case_files() -> dict[str, str]:
    return {
        f"own-cases/case{number}.yaml": json.dumps(
            {
                "id": f"case{number}",
                "kind": kind,
                "category": "tone" if number < 4 else "refusal",
                "messages": [{"role": "user", "content": f"question {number}"}],
                "expect": expect,
            }
        )
        for number, (kind, _, _, expect) in enumerate(CASES)
    }


def own_cases(item: Item) -> Answer:
    return said(CASES[int(item.id.removeprefix("case"))][1])


def own_cases_want(items: Sequence[Item]) -> Want:
    measure = "own.cases.passed"
    return {
        measure: 4 / 8,
        f"{measure}|kind|complaint": 3 / 4,
        f"{measure}|kind|incident": 1 / 4,
        f"{measure}|category|tone": 2 / 4,
        f"{measure}|n": 8,
        f"{measure}|clusters": 8,
    }


GOLDEN: Mapping[str, Golden] = {
    "own.cases": Golden(own_cases, own_cases_want, case_files()),
}
