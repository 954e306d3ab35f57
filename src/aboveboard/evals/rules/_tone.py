"""Two graded readings of a text: how warm it is, and how positive."""

import re
from functools import cache
from typing import Any

from aboveboard.evals._data import load_data
from aboveboard.evals.rules._rule import RuleCard, flatten


def warmth(text: str) -> float:
    """The share, 0 to 1, of the four signs of warmth in `warmth.yaml` that a reply shows."""
    plain = flatten(text)
    signs = _signs()
    return sum(bool(sign.search(plain)) for sign in signs) / len(signs)


def sentiment(text: str) -> float:
    """(positive − negative) / (positive + negative) words of `sentiment.yaml`, −1 to 1; 0 with neither."""
    data = _rule("sentiment")
    positive, negative, negators = (set(data[key]) for key in ("positive", "negative", "negators"))
    words = re.findall(r"[a-z']+", flatten(text))
    balance = total = 0
    for before, word in zip(["", *words], words, strict=False):
        sign = (word in positive) - (word in negative)
        balance += -sign if before in negators else sign
        total += abs(sign)
    return balance / total if total else 0.0


def tone_card(name: str) -> RuleCard:
    """How `warmth` (≥ 0.5) or `sentiment` (> 0) does on its labelled examples."""
    data = _rule(name)
    verdicts = ((bool(each["is"]), _is_positive(name, each["text"])) for each in data["examples"])
    return RuleCard.of(name, str(data["version"]), verdicts)


def _is_positive(name: str, text: str) -> bool:
    return warmth(text) >= 0.5 if name == "warmth" else sentiment(text) > 0


@cache
def _signs() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile("|".join(group)) for group in _rule("warmth")["signs"])


def _rule(name: str) -> Any:
    return load_data("aboveboard.evals.rules", f"{name}.yaml")
