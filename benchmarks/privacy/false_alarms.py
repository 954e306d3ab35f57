"""How often finders find something in text that holds no personal data, by what they say it is.

Numbers and names are counted apart, so that a finder without a model of names is compared with patterns.
Dates, hosts, sites and identifiers of things are what they are said to be, and so are named places,
organisations and peoples: no error, yet counted, for they would be hidden.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from privacy.peers import Peer
from privacy.scoring import Score

KINDS = ("numbers", "persons", "places and groups", "dates and sites")
_PERSONS = frozenset({"person", "address", "PERSON", "PER", "name", "ADDRESS"})
_GROUPS = frozenset(
    (
        *("place", "organisation", "nationality", "gender", "title"),
        *("LOCATION", "LOC", "GPE", "FAC", "ORG", "ORGANIZATION", "NORP", "NRP"),
    )
)
_SITES = frozenset(("domain", "url", "URL", "date", "DATE", "DATE_TIME", "UUID"))


@dataclass(frozen=True, slots=True)
class Alarms:
    """Findings of one finder in some texts: an array (texts, kinds), and the words of each text."""

    counts: np.ndarray
    words: np.ndarray

    def per_10000_words(self, kind: int, rounds: int = 1000) -> Score:
        """The rate of a kind with the 95 % interval of a bootstrap over texts."""
        many = len(self.words)
        weights = np.random.default_rng(1).multinomial(many, np.full(many, 1 / many), rounds)
        drawn = 1e4 * (weights @ self.counts[:, kind]) / (weights @ self.words)
        low, high = np.quantile(drawn, (0.025, 0.975))
        return Score(float(1e4 * self.counts[:, kind].sum() / self.words.sum()), float(low), float(high))


def kind_of(type_: str) -> int:
    """Which of KINDS a finder's type is."""
    if type_ in _PERSONS:
        return 1
    return 2 if type_ in _GROUPS else 3 if type_ in _SITES else 0


def alarms(texts: Sequence[str], found: Sequence[Sequence[tuple[int, int, str]]]) -> Alarms:
    """Counts what was found in each text."""
    counts = np.zeros((len(texts), len(KINDS)))
    for row, spans in enumerate(found):
        for _, _, type_ in spans:
            counts[row, kind_of(type_)] += 1
    return Alarms(counts, np.array([len(text.split()) for text in texts], float))


def compare_false_alarms(peers: Sequence[Peer], categories: Mapping[str, Sequence[str]], title: str) -> None:
    """Prints findings per 10,000 words: every kind in all texts, then numbers by category."""
    sizes = {name: sum(len(text.split()) for text in texts) for name, texts in categories.items()}
    results = {peer.name: _alarms_of(peer, categories) for peer in peers}
    print(f"\n### {title}: {sum(sizes.values()):,} words, findings per 10,000 words\n")
    print(f"| finder | {' | '.join(KINDS)} |\n|---{'|---' * len(KINDS)}|")
    for name, found in results.items():
        whole = _together(list(found.values()))
        cells = [_rate(whole.per_10000_words(kind)) for kind in range(len(KINDS))]
        print(f"| {name} | {' | '.join(cells)} |")
    print(f"\n| numbers, by category (words) | {' | '.join(results)} |\n|---{'|---' * len(results)}|")
    for category, words in sizes.items():
        cells = [f"{found[category].per_10000_words(0).value:.1f}" for found in results.values()]
        print(f"| {category} ({words:,}) | {' | '.join(cells)} |", flush=True)


def _alarms_of(peer: Peer, categories: Mapping[str, Sequence[str]]) -> dict[str, Alarms]:
    return {name: alarms(texts, peer.find(list(texts)).spans) for name, texts in categories.items()}


def _together(every: Sequence[Alarms]) -> Alarms:
    return Alarms(
        np.concatenate([each.counts for each in every]), np.concatenate([each.words for each in every])
    )


def _rate(score: Score) -> str:
    return f"{score.value:.1f} ({score.low:.1f}–{score.high:.1f})"
