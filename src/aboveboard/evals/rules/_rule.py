"""Transparent rules that read generated text, each with a card of how often they err.

A rule is a list of patterns in a YAML file beside this one, with labelled examples. The examples were
written, or picked from answers of small models, by the people who wrote the patterns: the error rates
below are therefore optimistic, and small. They are printed with each result all the same. So are those on
the `hard` ones, which were written afterwards to get past the patterns: no sample of what models say, and
therefore not in the interval, but what a reader must know who meets such answers.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from aboveboard.evals._data import load_data
from aboveboard.stats import wilson

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
"""Soft hyphens, spaces of no width, marks of direction: words that hold one read as they look."""


@dataclass(frozen=True, slots=True)
class Example:
    """A text with the answer a careful reader gives. `terms` are what the item adds to the rule."""

    text: str
    label: bool
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleCard:
    """How a rule did on its own examples: correct and total among positives and among negatives.

    `hard` is the same on those that were written to get past it.
    """

    rule: str
    version: str
    found: int
    positives: int
    refused: int
    negatives: int
    hard: "RuleCard | None" = None

    @classmethod
    def of(cls, rule: str, version: str, verdicts: Iterable[tuple[bool, bool]]) -> "RuleCard":
        """The card of (label, verdict) of each labelled text."""
        read = list(verdicts)
        yes, no = ([said for label, said in read if label is wanted] for wanted in (True, False))
        return cls(rule, version, sum(yes), len(yes), len(no) - sum(no), len(no))

    @property
    def sensitivity(self) -> float:
        return self.found / self.positives

    @property
    def specificity(self) -> float:
        return self.refused / self.negatives

    def negated(self, rule: str) -> "RuleCard":
        """The card of the opposite: what found positives refuses negatives, and the other way about."""
        hard = self.hard.negated(rule) if self.hard else None
        return RuleCard(rule, self.version, self.refused, self.negatives, self.found, self.positives, hard)

    @property
    def line(self) -> str:
        """One line for a result's method."""
        return (
            f"rule {self.rule} v{self.version}: "
            f"sensitivity {_share(self.found, self.positives)}, "
            f"specificity {_share(self.refused, self.negatives)} on our own labelled examples"
            f"{self._told_hard}"
        )

    @property
    def _told_hard(self) -> str:
        hard = self.hard
        if hard is None:
            return ""
        return f" (of hard ones {hard.found}/{hard.positives} and {hard.refused}/{hard.negatives})"


@dataclass(frozen=True, slots=True)
class Rule:
    """Says yes when every group of `needs` has a pattern that matches and none of `never` does.

    Terms given with an item are literal texts; where `terms_suffice`, one of them at the beginning of a
    word in the answer decides alone.
    """

    id: str
    version: str
    needs: tuple[re.Pattern[str], ...]
    never: tuple[re.Pattern[str], ...]
    terms_suffice: bool
    examples: tuple[Example, ...]
    hard: tuple[Example, ...] = ()

    def holds(self, text: str, terms: Sequence[str] = ()) -> bool:
        """Whether the rule says yes to a text."""
        plain = flatten(text)
        if self.terms_suffice and any(_begins_word(flatten(term), plain) for term in terms):
            return True
        if any(pattern.search(plain) for pattern in self.never):
            return False
        return bool(self.needs) and all(pattern.search(plain) for pattern in self.needs)

    def card(self) -> RuleCard:
        """The rule's error rates on its examples, and on the hard ones."""
        return replace(self._card(self.examples), hard=self._card(self.hard) if self.hard else None)

    def _card(self, examples: Sequence[Example]) -> RuleCard:
        verdicts = ((each.label, self.holds(each.text, each.terms)) for each in examples)
        return RuleCard.of(self.id, self.version, verdicts)


def _begins_word(term: str, plain: str) -> bool:
    return re.search(r"(?<!\w)" + re.escape(term), plain) is not None


def flatten(text: str) -> str:
    """Lower case, straight quotes, single spaces, no separators inside numbers, nothing that is not seen."""
    plain = _UNSEEN.sub("", text.casefold()).replace("’", "'").replace("‘", "'").replace("`", "'")
    plain = re.sub(r"(?<=\d)[,. \u00a0](?=\d{3}\b)", "", plain)
    return " ".join(plain.split())


@cache
def load_rule(name: str) -> Rule:
    """The rule of that name from `rules/<name>.yaml`."""
    data = load_data("aboveboard.evals.rules", f"{name}.yaml")
    return Rule(
        id=name,
        version=str(data["version"]),
        needs=tuple(_any_of(group) for group in data.get("needs", [])),
        never=(_any_of(data["never"]),) if data.get("never") else (),
        terms_suffice=bool(data.get("terms_suffice", False)),
        examples=tuple(_example(entry) for entry in data["examples"]),
        hard=tuple(_example(entry) for entry in data.get("hard", [])),
    )


def _any_of(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def _example(entry: Any) -> Example:
    return Example(entry["text"], bool(entry["is"]), tuple(entry.get("terms", ())))


def _share(found: int, total: int) -> str:
    if not total:
        return "unknown"
    interval = wilson(found, total)
    return f"{found}/{total} [{interval.low:.2f}, {interval.high:.2f}]"
