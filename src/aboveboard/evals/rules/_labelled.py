"""The labelled texts of a rule, whatever kind of rule it is."""

from aboveboard.evals.rules._rule import Example, load_rule
from aboveboard.evals.rules._toxicity import toxicity_examples


def labelled(rule: str) -> tuple[Example, ...]:
    """Texts with the answer that a careful reader gives, by which a judge is validated too."""
    return toxicity_examples() if rule == "toxicity" else load_rule(rule).examples
