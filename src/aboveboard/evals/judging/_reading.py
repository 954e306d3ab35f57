"""What a judge said: read from its next token where the model tells likelihoods of it, else from its text."""

from collections.abc import Sequence
from dataclasses import dataclass

from aboveboard.evals._ask_model import TOP
from aboveboard.evals._choices import choose
from aboveboard.evals._item import Answer, Item
from aboveboard.evals._requests import request_of
from aboveboard.evals.judging._prompts import Scoring
from aboveboard.models import Model, ModelGarbageError, ModelRefusedError

_EDGES = " \t\r\n\"'`*_.,:;!()[]"

READ_BY = {"generate": "read by its first word", "next-token": "read by its next token"}
"""How a result names the scoring of its judge."""


@dataclass(frozen=True, slots=True)
class Said:
    """What an answer chooses, empty where it makes none. `mass` is the probability that all choices held
    together, None where words were read: a small one says that the choice was forced."""

    choice: str = ""
    mass: float | None = None


def read(answer: Answer, choices: Sequence[str], scoring: Scoring) -> Said:
    """Which of `choices` a judge's answer is."""
    if answer.error:
        return Said()
    return _by_word(answer, choices) if scoring == "generate" else _by_next_token(answer, choices)


def _by_next_token(answer: Answer, choices: Sequence[str]) -> Said:
    choice = choose(answer.logprobs, choices)
    return Said(choice.best, choice.mass) if choice else Said(mass=0.0)


def _by_word(answer: Answer, choices: Sequence[str]) -> Said:
    """Words in any case; single letters as they are ("a" begins many sentences)."""
    bare = answer.text.strip(_EDGES)
    word = bare.split()[0].strip(_EDGES) if bare else ""
    return Said(next((each for each in choices if _is_same(word, each)), ""))


def _is_same(word: str, choice: str) -> bool:
    return word == choice if len(choice) == 1 else word.casefold() == choice.casefold()


async def scoring_of(model: Model, item: Item) -> Scoring:
    """How a model can be read: by its next token, unless it tells none, or neither choice of `item` is among
    the likeliest (a model that thinks first): then by its text. Asks it once; raises ModelError.
    """
    try:
        found = await model.next_token(request_of(item), top=TOP)
    except ModelGarbageError:
        return "generate"
    except ModelRefusedError as error:
        if error.retryable:
            raise
        return "generate"
    return "next-token" if choose(found, item.choices) else "generate"
