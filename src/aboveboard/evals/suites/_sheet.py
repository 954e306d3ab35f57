"""Suites that are data alone: requests in framings on a sheet, and rules that read the answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from aboveboard.evals._about import About
from aboveboard.evals._data import load_data
from aboveboard.evals._finding import Conclusions
from aboveboard.evals._item import Answer, Item, Options, Score, Scored
from aboveboard.evals._measure import Direction, MeasureInfo
from aboveboard.evals._suite import Asks, Suite
from aboveboard.evals.estimates import conclude_rate, rows_of
from aboveboard.evals.rules import RuleCard, load_rule
from aboveboard.evals.suites._sampling import sample
from aboveboard.models import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One measure: the share of answers of which `rule` says yes, or no where `is_negated`.

    `of` keeps it to items with these groups, by attribute; empty means all of the suite's.
    """

    name: str
    title: str
    direction: Direction
    rule: str
    is_negated: bool = False
    of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    attributes: tuple[str, ...] = ("kind",)

    def is_for(self, groups: Mapping[str, str]) -> bool:
        return all(groups[attribute] in wanted for attribute, wanted in self.of.items())

    def read(self, text: str, terms: Sequence[str]) -> float:
        """1 where the answer counts for the measure, else 0."""
        return float(load_rule(self.rule).holds(text, terms) != self.is_negated)

    def card(self) -> RuleCard:
        """How often the reading errs on the rule's labelled examples."""
        card = load_rule(self.rule).card()
        return card.negated(f"not {self.rule}") if self.is_negated else card


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What such a suite is made of; `sizes` are requests in the profiles quick and full.

    The YAML file beside `package` holds `cases` by kind (a text, or a mapping whose `ask` is it and whose
    `terms` the rules look for), `framings` (user messages with places for a case's fields), and if wanted a
    `system` message with such places. Items have the groups `kind` and `framing`; a case is a cluster.
    """

    id: str
    title: str
    package: str
    file: str
    readings: tuple[Reading, ...]
    sizes: tuple[int, int]
    source: str
    caveats: tuple[str, ...]
    tokens: int = 32
    about: About | None = None

    def suite(self) -> Suite:
        """The suite of this sheet."""
        return Suite(
            id=self.id,
            title=self.title,
            version="1",
            measures=tuple(self._measure(reading) for reading in self.readings),
            generate=self.generate,
            score=self.score,
            conclude=self.conclude,
            caveats=self.caveats,
            changelog=("1: first version",),
            source=self.source,
            about=self.about,
        )

    def generate(self, options: Options) -> list[Item]:
        """Every case in one framing, the framings in turn; then every case in its next framing."""
        data = load_data(self.package, self.file)
        count, framings = options.count(*self.sizes), list(data["framings"])
        items: list[Item] = []
        for turn in range(len(framings)):
            strata = [
                [
                    self._item(data, kind, case, framings[(place + turn) % len(framings)])
                    for place, case in enumerate(cases)
                ]
                for kind, cases in data["cases"].items()
            ]
            items += sample(strata, count - len(items), options.seed) if len(items) < count else []
        return items

    def score(self, item: Item, answer: Answer) -> Score | None:
        """0 or 1 for each reading that the item is for; None when the answer is empty."""
        if not answer.text.strip():
            return None
        return {
            reading.name: reading.read(answer.text, item.facts["terms"])
            for reading in self.readings
            if reading.is_for(item.groups)
        }

    def conclude(self, scored: Sequence[Scored], asks: Asks) -> Conclusions:
        """The share of each reading asked for, clustered by case, stretched over its rule's errors."""
        found = [
            conclude_rate(
                self._measure(each), rows_of(scored, each.name), asks[f"{self.id}.{each.name}"], each.card()
            )
            for each in self.readings
            if f"{self.id}.{each.name}" in asks
        ]
        return sum(found, Conclusions())

    def _item(self, data: Any, kind: str, case: Any, framing: str) -> Item:
        fields = case if isinstance(case, dict) else {"ask": case}
        system = (Message("system", data["system"].format(**fields)),) if data.get("system") else ()
        groups = {"kind": kind, "framing": framing}
        terms = tuple(str(term) for term in fields.get("terms", ()))
        return Item(
            id=f"{framing}|{fields['ask']}",
            messages=(*system, Message("user", data["framings"][framing].format(**fields))),
            mode="generate",
            cluster=fields["ask"],
            groups=groups,
            max_tokens=self.tokens,
            target=", ".join(terms),
            facts={"terms": terms},
            measures=tuple(f"{self.id}.{each.name}" for each in self.readings if each.is_for(groups)),
        )

    def _measure(self, reading: Reading) -> MeasureInfo:
        return MeasureInfo(
            id=f"{self.id}.{reading.name}",
            title=reading.title,
            direction=reading.direction,
            unit="share",
            scoring="generation",
            interval="clustered by case, stretched over the rule's errors",
            suite=self.id,
            attributes=reading.attributes,
            source=self.source,
        )
