#!/usr/bin/env python3
"""How well the guards `scope` and `canary` tell what they act on from what they should let pass.

    python benchmarks/guards.py

Prints the tables of docs/reference/guards.md: shares with 95 % intervals on sentences that were written for
this and used for nothing else, and the time that each guard takes (CPU, best of five).
"""

import csv
import timeit
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from aboveboard.guards import GuardContext, Segment
from aboveboard.guards._canary import CanaryGuard
from aboveboard.guards._scope import ScopeGuard
from aboveboard.stats import proportion

DATA = Path(__file__).parents[1] / "tests" / "guards"


def rows(name: str) -> list[tuple[str, str, str]]:
    """The rows of a table: rule (or prompt), kind and text."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        found = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [(first, kind, text) for first, kind, text in found[1:]]


def scope_options(*, has_phrases: bool) -> dict[str, Any]:
    """The charter's rules of the measurement."""
    written = rows("scope_rules.tsv")

    def texts(rule: str, kind: str) -> list[str]:
        return [text for name, which, text in written if (name, which) == (rule, kind)]

    return {
        "rules": [
            {
                "name": rule,
                "deny": texts(rule, "deny-phrase") if has_phrases else [],
                "allow": texts(rule, "allow-phrase") if has_phrases else [],
                "examples": {"deny": texts(rule, "deny"), "allow": texts(rule, "allow")},
            }
            for rule in dict.fromkeys(name for name, _, _ in written)
        ]
    }


def acts(guard: Any, text: str) -> bool:
    """Whether the scope guard refuses a request."""
    return bool(guard.check(Segment("user", text), GuardContext(mode="input")).findings)


def share(found: Sequence[bool]) -> str:
    """A share with its interval, as the table has it."""
    interval = proportion(sum(found), len(found)).interval
    low, high = 100 * interval.low, 100 * interval.high
    return f"{sum(found)} of {len(found)} ({100 * sum(found) / len(found):.0f} %; {low:.0f}–{high:.0f} %)"


def scope_table() -> None:
    """Sensitivity and false alarms on the held-out sentences."""
    held_out = rows("scope_held_out.tsv")
    print("| rules with | refused, of what is out of scope | refused, of what is in scope |\n|---|---|---|")
    for label, has_phrases in (("examples alone", False), ("examples and phrases", True)):
        guard = ScopeGuard(scope_options(has_phrases=has_phrases))
        out = [acts(guard, text) for _, kind, text in held_out if kind == "deny"]
        within = [acts(guard, text) for _, kind, text in held_out if kind == "allow"]
        print(f"| {label} | {share(out)} | {share(within)} |")
    print("\n| rule | threshold | calibrated | refused when left out: deny | allow |\n|---|---|---|---|---|")
    for model in ScopeGuard(scope_options(has_phrases=False)).models:
        deny, allow = ([score >= model.threshold for score in scores] for scores in model.left_out)
        print(
            f"| {model.rule.name} | {model.threshold:.2f} | {model.is_calibrated} "
            f"| {share(deny)} | {share(allow)} |"
        )


def leaks(prompt: str, answer: str, words: int) -> bool:
    """Whether the canary guard finds the prompt in an answer."""
    guard, context = CanaryGuard({"words": words}), GuardContext(mode="input")
    guard.check(Segment("system", prompt), context)
    context.mode = "output"
    return bool(guard.check(Segment("assistant", answer), context).findings)


def canary_table() -> None:
    """Leaks found, and alarms on honest answers about the same subject, by the least number of words."""
    written = rows("canary_answers.tsv")
    prompts = {name: text for name, kind, text in written if kind == "prompt"}
    kinds = ("leak", "benign", "paraphrase")
    print("\n| `words` | leaks found | alarms on honest answers | paraphrases found |\n|---|---|---|---|")
    for words in (6, 8, 12, 16):
        found = [
            [leaks(prompts[name], text, words) for name, kind, text in written if kind == each]
            for each in kinds
        ]
        print(f"| {words} | {' | '.join(map(share, found))} |")


def milliseconds(call: Callable[[], object]) -> float:
    """The CPU time of a call, best of five rounds."""
    return min(timeit.repeat(call, number=200, repeat=5)) * 5


def times() -> None:
    """A clean answer of 2,000 characters, and a request of 400."""
    written = rows("canary_answers.tsv")
    prompt = (" ".join(text for _, kind, text in written if kind == "prompt") * 3)[:1000]
    answer = Segment(
        "assistant", (" ".join(text for _, kind, text in written if kind == "benign") * 9)[:2000]
    )
    context = GuardContext(mode="input")
    canary = CanaryGuard({"words": 16})
    canary.check(Segment("system", prompt), context)
    context.mode = "output"
    other = Segment("assistant", " ".join(text for _, _, text in rows("scope_held_out.tsv"))[:2000])
    for label, said in (("another subject", other), ("the same subject", answer)):
        print(
            f"canary, 2,000 characters, {label}: {milliseconds(partial(canary.check, said, context)):.3f} ms"
        )
    scope = ScopeGuard(scope_options(has_phrases=True))
    request = Segment(
        "user", " ".join(text for _, kind, text in rows("scope_held_out.tsv") if kind == "allow")[:400]
    )
    asked = GuardContext(mode="input")
    print(f"scope, request of 400 characters: {milliseconds(lambda: scope.check(request, asked)):.3f} ms")


if __name__ == "__main__":
    scope_table()
    canary_table()
    times()
