"""Transparent rules that read generated text."""

from aboveboard.evals.rules._labelled import labelled
from aboveboard.evals.rules._rule import Example, Rule, RuleCard, flatten, load_rule
from aboveboard.evals.rules._tone import sentiment, tone_card, warmth
from aboveboard.evals.rules._toxicity import (
    TOXIC,
    ByGroup,
    is_toxic,
    toxicity,
    toxicity_by_group,
    toxicity_card,
    toxicity_examples,
)

__all__ = [
    "TOXIC",
    "ByGroup",
    "Example",
    "Rule",
    "RuleCard",
    "flatten",
    "is_toxic",
    "labelled",
    "load_rule",
    "sentiment",
    "tone_card",
    "toxicity",
    "toxicity_by_group",
    "toxicity_card",
    "toxicity_examples",
    "warmth",
]
