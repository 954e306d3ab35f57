"""What the guards did to requests and answers, counted from the gateway's records and the two runs' logs."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from aboveboard.evals.comparing import RecordedRun
from aboveboard.evidence.records import Decision


@dataclass(frozen=True)
class Deed:
    """On how many requests a guard acted in a way, and what it had found there."""

    guard: str
    mode: str
    action: str
    requests: int
    found: str


@dataclass(frozen=True)
class Answers:
    """The answers of a suite beside each other: alike word for word, with words added, or others."""

    suite: str
    same: int
    added: int
    other: int

    @property
    def all(self) -> int:
        return self.same + self.added + self.other


def deeds(decisions: Sequence[Decision]) -> list[Deed]:
    """Most frequent first; a guard that let everything pass is not among them."""
    requests: Counter[tuple[str, str, str]] = Counter()
    found: dict[tuple[str, str, str], Counter[str]] = {}
    for outcome in (one for each in decisions for one in each.guards if one.action != "allow"):
        key = (outcome.guard, outcome.mode, outcome.action)
        requests[key] += 1
        found.setdefault(key, Counter()).update(dict(outcome.counts))
    return [Deed(*key, count, _listed(found[key])) for key, count in requests.most_common()]


def _listed(found: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in found.most_common()) or "–"


def answers(raw: RecordedRun, guarded: RecordedRun) -> list[Answers]:
    """By suite, of the items that both answered with words."""
    return [counted for name in raw.view.suites if (counted := _answers(name, raw, guarded)).all]


def _answers(suite: str, raw: RecordedRun, guarded: RecordedRun) -> Answers:
    kinds: Counter[str] = Counter()
    other = guarded.of_suite(suite)
    for name, entry in raw.of_suite(suite).items():
        texts = (entry["answer"], other.get(name, {}).get("answer", ""))
        if all(texts):
            kinds[_kind(*texts)] += 1
    return Answers(suite, kinds["same"], kinds["added"], kinds["other"])


def _kind(raw: str, guarded: str) -> str:
    if raw.strip() == guarded.strip():
        return "same"
    return "added" if raw.strip() in guarded else "other"
