"""The page of instruments says of every rule what its card says, and what its few labelled texts cost."""

import re

import pytest

from aboveboard.evals import Ask, catalogue
from aboveboard.evals.estimates import Row, conclude_rate
from aboveboard.evals.rules import RuleCard, load_rule, tone_card, toxicity_card
from samples.docs import page
from samples.rules import BY_DEGREE, BY_PATTERN

PAGE = page("reference/instruments.md")
ANSWERS = [Row(float(number < 60), str(number), {}) for number in range(200)]
"""The example of the table: 60 yes in 200 answers."""


def interval(card: RuleCard) -> str:
    (found,) = conclude_rate(catalogue()["privacy.leak.rate"], ANSWERS, Ask(), card).findings
    return f"[{found.low:.2f}, {found.high:.2f}]"


def with_sixty(card: RuleCard) -> RuleCard:
    """The same rates, seen on thirty texts of each label."""
    found, refused = round(30 * card.sensitivity), round(30 * card.specificity)
    return RuleCard(card.rule, card.version, found, 30, refused, 30)


@pytest.mark.parametrize("name", BY_PATTERN)
def test_the_row_of_a_rule_is_its_card(name: str) -> None:
    card = load_rule(name).card()
    hard = card.hard
    assert hard is not None
    cells = [f"{each.found}/{each.positives} | {each.refused}/{each.negatives}" for each in (card, hard)]
    row = " | ".join([f"| `{name}`", *cells, interval(card), interval(with_sixty(card))])
    assert f"{row} |\n" in PAGE


@pytest.mark.parametrize("name", sorted(BY_DEGREE))
def test_a_rule_that_reads_by_degree_has_its_figures_in_the_text(name: str) -> None:
    card = toxicity_card() if name == "toxicity" else tone_card(name)
    assert f"`{name}` {card.found}/{card.positives} and {card.refused}/{card.negatives}" in PAGE


def test_no_row_is_of_a_rule_that_is_gone() -> None:
    table = PAGE.partition("| rule | usual: finds")[2].partition("\n\n")[0]
    assert set(re.findall(r"^\| `(\w+)`", table, re.MULTILINE)) == set(BY_PATTERN)
