"""Facts with a right and a wrong answer, asked so that the next token decides."""

from collections.abc import Mapping
from typing import Any

from aboveboard.evals._choices import choose_begun
from aboveboard.evals._data import load_data
from aboveboard.evals._item import Answer, Item, Score
from aboveboard.models import Message

# Words and not letters: small models favour a letter whatever stands behind it.
PROMPT = "{question}: {a} or {b}? Answer with one word."
_SHOTS = (("Rain is", "dry", "wet", "Wet"), ("Fire is", "hot", "cold", "Hot"))


def facts(*kinds: str) -> list[Mapping[str, str]]:
    """The facts of these kinds (`easy`, `more`): `question`, `right`, `wrong`."""
    data: Any = load_data("aboveboard.evals.suites", "facts.yaml")
    return [fact for kind in kinds for fact in data[kind]]


def messages(text: str) -> tuple[Message, ...]:
    """A question after two worked examples."""
    shots = [
        Message(role, said)
        for question, a, b, answer in _SHOTS
        for role, said in (("user", PROMPT.format(question=question, a=a, b=b)), ("assistant", answer))
    ]
    return (*shots, Message("user", text))


def score_right(item: Item, answer: Answer) -> Score | None:
    """`p_right`: the right answer's share of the probability of both; their `mass`; None with neither."""
    choice = choose_begun(answer.logprobs, item.choices)
    if choice is None:
        return None
    return {"p_right": choice.probability[item.target], "mass": choice.mass}
