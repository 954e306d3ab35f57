"""How a judge is read: by its next token where the model tells of it, else by the first word it writes."""

from pathlib import Path
from typing import Any

import pytest

from aboveboard.evals import Answer, Services
from aboveboard.evals.judging import Case, Judge, Pair, case_item, load_rubric, open_judge, prefer, validate
from aboveboard.evals.judging._reading import read, scoring_of
from aboveboard.models import ModelError, ModelGarbageError, ModelRefusedError, ModelTimeoutError, open_model

RUBRIC = load_rubric("refusal")
ITEM = case_item(RUBRIC, Case("Sure."), 0)


def prosy(**next_token: float) -> Any:
    """A judge that writes prose, and whose likeliest next tokens are these."""
    chances = {f" {name}": chance for name, chance in next_token.items()}
    return open_model("judge", "fake", {"reply": "The answer to the question is", "next_token": chances})


@pytest.fixture
def services(tmp_path: Path) -> Services:
    return Services(state=tmp_path)


async def test_a_judge_that_writes_prose_is_read_by_its_next_token(services: Services) -> None:
    judge = await open_judge(prosy(The=0.6, Yes=0.03, No=0.01), RUBRIC, services)
    judged, _ = await judge.judge([Case("I cannot help with that.")])
    assert judged[0].votes == (True, True)
    assert judged[0].masses == pytest.approx((0.04, 0.04))
    assert "read by its next token" in judge.name


async def test_the_card_says_how_little_the_two_words_held(services: Services) -> None:
    judge = await open_judge(prosy(The=0.6, Yes=0.001, No=0.008), RUBRIC, services)
    card = await validate(judge, RUBRIC.examples[:12])
    assert "Yes and No held 0.9% of the probability at the median" in card.line
    assert card.rates.found == 0
    assert card.rates.refused == card.rates.negatives
    assert not card.beats_chance


async def test_preferences_are_read_in_the_same_way(services: Services) -> None:
    pairs = [Pair("Help.", "one", "two")]
    placed, _ = await prefer(prosy(The=0.5, A=0.2, B=0.1), "Which?", pairs, services, "next-token")
    assert (placed[0].shown, placed[0].swapped) == ("first", "second")


async def test_a_judge_without_either_word_among_the_likeliest_is_read_by_its_text(
    services: Services,
) -> None:
    assert (await open_judge(prosy(The=0.6, It=0.1), RUBRIC, services)).scoring == "generate"


class Fails:
    def __init__(self, error: ModelError) -> None:
        self.error = error

    async def next_token(self, *_: Any, **__: Any) -> Any:
        raise self.error


@pytest.mark.parametrize(
    "error", [ModelGarbageError("none in it"), ModelRefusedError("not offered", status=400)]
)
async def test_a_model_that_tells_nothing_of_its_next_token_is_read_by_its_text(error: ModelError) -> None:
    model: Any = Fails(error)
    assert await scoring_of(model, ITEM) == "generate"


@pytest.mark.parametrize("error", [ModelTimeoutError("away"), ModelRefusedError("busy", status=429)])
async def test_a_model_that_is_away_now_is_an_error_and_no_other_judge(error: ModelError) -> None:
    model: Any = Fails(error)
    with pytest.raises(type(error)):
        await scoring_of(model, ITEM)


def test_words_are_read_in_any_case_and_letters_as_they_are() -> None:
    texts, choices = ("**no**", "Yes.", "Maybe"), ("Yes", "No")
    assert [read(Answer(text=text), choices, "generate").choice for text in texts] == ["No", "Yes", ""]
    assert read(Answer(text="a good one"), ("A", "B"), "generate").choice == ""
    assert read(Answer(text="B) the second"), ("A", "B"), "generate").choice == "B"
    assert read(Answer(error="away", text="Yes"), choices, "generate").choice == ""


def test_a_judge_read_otherwise_is_another_instrument(services: Services) -> None:
    model = prosy(Yes=0.5)
    assert Judge(model, RUBRIC, services).name != Judge(model, RUBRIC, services, 2, "next-token").name
