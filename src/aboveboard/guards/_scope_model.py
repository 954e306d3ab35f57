"""What tells a rule's two kinds of examples apart: ridge regression on words.

Small, exact and deterministic. The words are weighted by inverse document frequency, a sentence has length
one; the regression is solved in the space of the examples (kernel ridge: Saunders, Gammerman and Vovk
1998), where leaving one example out has a closed form, e / (1 - h). A sentence that shares nothing with the
examples scores 0.

The threshold is set by conformal risk control (Angelopoulos et al. 2022, arXiv:2208.02814) on the
left-out scores of what the rule allows: of sentences like those, no more than a stated share is refused.
Scores left out are not those of a split sample, so this holds about, not exactly.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from aboveboard.detectors import fold
from aboveboard.guards._everyday import EVERYDAY
from aboveboard.guards._scope_rules import Rule

FLOOR = 0.2
"""Nothing below this score is refused, whatever the examples: so much chance words have in common."""
_RIDGE = 0.1
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Model:
    """One rule, fitted. `weights` has the features' weights, `left_out` the scores of the examples when each
    is left out, those of `deny` first; `is_calibrated` says whether there were enough of `allow`.
    """

    rule: Rule
    weights: dict[str, float]
    threshold: float
    is_calibrated: bool
    left_out: tuple[tuple[float, ...], tuple[float, ...]]
    vectors: tuple[dict[str, float], ...] = field(repr=False)

    def nearest(self, vector: dict[str, float]) -> str:
        """The example of what to deny that is nearest, numbered from 1 as in the charter: `deny-3`."""
        likeness = [_dot(vector, example) for example in self.vectors]
        return f"deny-{1 + max(range(len(likeness)), key=likeness.__getitem__)}"

    def score(self, vector: dict[str, float]) -> float:
        """How much more a sentence is like what is denied: about 1 for the examples, 0 for anything else."""
        weights = self.weights
        return sum(value * weights[name] for name, value in vector.items() if name in weights)


class Frequencies:
    """How rare features are among all examples and everyday requests."""

    def __init__(self, texts: Sequence[str]) -> None:
        counts = Counter(feature for text in texts for feature in set(features(text)))
        self._rarity = {name: math.log((1 + len(texts)) / (1 + count)) + 1 for name, count in counts.items()}
        self._unseen = math.log(1 + len(texts)) + 1

    def vector(self, text: str) -> dict[str, float]:
        """A sentence's features that are known, weighted; the unknown count in its length."""
        rarity, unseen, total = self._rarity, self._unseen, 0.0
        known: dict[str, float] = {}
        for name in features(text):
            value = rarity.get(name)
            if value is None:
                total += unseen * unseen
            elif name not in known:
                known[name] = value
                total += value * value
        length = math.sqrt(total) or 1.0
        return {name: value / length for name, value in known.items()}


def features(text: str) -> list[str]:
    """The words of a folded text. Small ones too: "should I" and "how do I" ask for different things."""
    return _WORD.findall(text)


def fit(rules: Sequence[Rule], refused_in_error: float) -> tuple[Frequencies, tuple[Model, ...]]:
    """A model for each rule. Takes a few milliseconds a rule."""
    own = [text for rule in rules for text in (*rule.denied, *rule.allowed)]
    frequencies = Frequencies([fold(text).text for text in (*own, *EVERYDAY)])
    allowed = [text for rule in rules for text in rule.allowed]
    return frequencies, tuple(_fit(rule, allowed, frequencies, refused_in_error) for rule in rules)


def _fit(rule: Rule, allowed: Sequence[str], frequencies: Frequencies, share: float) -> Model:
    denied = set(rule.denied)
    others = [text for text in dict.fromkeys((*rule.allowed, *allowed, *EVERYDAY)) if text not in denied]
    vectors = [frequencies.vector(fold(text).text) for text in (*rule.denied, *others)]
    duals, left_out = _ridge(vectors, len(rule.denied))
    weights: dict[str, float] = defaultdict(float)
    for dual, vector in zip(duals, vectors, strict=True):
        for name, value in vector.items():
            weights[name] += dual * value
    on_denied = tuple(left_out[: len(rule.denied)])
    on_allowed = tuple(left_out[len(rule.denied) : len(rule.denied) + len(set(rule.allowed) - denied)])
    limit = controlled(on_allowed, share)
    threshold = FLOOR if limit is None else max(FLOOR, limit)
    return Model(
        rule,
        dict(weights),
        threshold,
        limit is not None,
        (on_denied, on_allowed),
        tuple(vectors[: len(rule.denied)]),
    )


def _ridge(vectors: Sequence[dict[str, float]], denied: int) -> tuple[list[float], list[float]]:
    """The dual weights, and each vector's score when it is left out. Both kinds weigh the same in all."""
    import numpy as np

    many = len(vectors)
    likeness = np.array([[_dot(one, other) for other in vectors] for one in vectors])
    target = np.where(np.arange(many) < denied, 1.0, 0.0)
    balance = np.where(np.arange(many) < denied, many / (2 * denied), many / (2 * (many - denied)))
    inverse = np.linalg.inv(likeness + np.diag(_RIDGE / balance))
    duals = inverse @ target
    left_out: Any = target - duals / np.diag(inverse)
    return duals.tolist(), left_out.tolist()


def _dot(one: dict[str, float], other: dict[str, float]) -> float:
    if len(one) > len(other):
        one, other = other, one
    return sum(value * other[name] for name, value in one.items() if name in other)


def controlled(scores: Sequence[float], share: float) -> float | None:
    """The least threshold at which (refused + 1) / (n + 1) is at most `share`; None with too few scores."""
    most = math.floor(share * (len(scores) + 1) + 1e-9) - 1
    if most < 0:
        return None
    return math.nextafter(sorted(scores, reverse=True)[most], math.inf)
