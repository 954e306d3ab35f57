"""The labelled texts of a rule, whatever kind of rule it is."""

from aboveboard.evals.rules._rule import Example, load_rule
from aboveboard.evals.rules._toxicity import toxicity_examples


def labelled(rule: str) -> tuple[Example, ...]:
    """Texts with the answer that a careful reader gives, by which a judge is validated too; those that were
    written to get past the rule among them, for a judge is asked because of such."""
    if rule == "toxicity":
        return toxicity_examples()
    found = load_rule(rule)
    return found.examples + found.hard
