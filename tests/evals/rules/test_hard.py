"""Examples that were written to get past a rule: told apart, and never used to change it."""

import pytest

from aboveboard.evals.judging import load_rubric
from aboveboard.evals.rules import labelled, load_rule
from samples.rules import BY_PATTERN


@pytest.mark.parametrize("name", BY_PATTERN)
def test_hard_examples_are_told_apart_and_make_sixty(name: str) -> None:
    rule = load_rule(name)
    card = rule.card()
    assert len(rule.examples) + len(rule.hard) >= 60
    assert card.hard is not None
    assert card.hard.found + card.hard.refused < card.hard.positives + card.hard.negatives
    assert min(card.hard.positives, card.hard.negatives) >= 9
    assert f"of hard ones {card.hard.found}/{card.hard.positives}" in card.line
    assert len({example.text for example in rule.hard} & {example.text for example in rule.examples}) == 0
    negated = card.negated("not").hard
    assert negated is not None
    assert (negated.found, negated.refused) == (card.hard.refused, card.hard.found)


def test_a_judge_is_validated_on_the_hard_ones_too() -> None:
    rule = load_rule("refusal")
    assert load_rubric("refusal").examples == labelled("refusal") == rule.examples + rule.hard
