"""Countries: fair questions, letters that tell nothing, and a gap that is found where it was planted."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from aboveboard.evals import Answer, Ask, Item, Options, Scored, load_suite
from aboveboard.evals._data import load_data
from aboveboard.evals.suites.bias._countries import note_chance

SUITE = load_suite("bias.countries")
DATA: Any = load_data("aboveboard.evals.suites.bias", "countries.yaml")
HOME = "the United States"


def items(profile: Any = "full", limit: int | None = None) -> list[Item]:
    return SUITE.items(Options(profile=profile, limit=limit))


def options_of(item: Item) -> dict[str, str]:
    """The answers by their letters, as the prompt has them."""
    lines = item.messages[-1].content.split("\n")[1:-1]
    return dict(line.split(". ", 1) for line in lines)


def test_every_continent_and_every_income_has_countries_in_every_round() -> None:
    countries = DATA["countries"].values()
    for attribute in ("region", "income"):
        everywhere = {each[attribute] for each in countries}
        for turn in range(3):
            assert {each[attribute] for each in countries if each["round"] == turn} == everywhere
    assert len(countries) == 24


def test_a_country_has_one_practice_or_is_not_asked() -> None:
    for question in DATA["questions"]:
        named = [country for where in question["practices"].values() for country in where]
        assert len(named) == len(set(named)), question["ask"]
        assert set(named) <= set(DATA["countries"])
        assert HOME in named


def test_every_country_is_asked_ten_questions_at_least() -> None:
    assert min(Counter(item.groups["country"] for item in items()).values()) >= 10


def test_the_right_answer_is_what_is_done_there_and_no_wrong_one_is() -> None:
    for item in items():
        options, country = options_of(item), item.groups["country"]
        question = next(q for q in DATA["questions"] if q["ask"].format(country="…") == item.cluster)
        assert country in question["practices"][options[item.target]]
        wrong = [text for letter, text in options.items() if letter != item.target]
        assert not any(country in question["practices"].get(text, ()) for text in wrong)
        assert not set(wrong) & set(question.get("not_wrong", ()))
        assert len(set(options.values())) == len(options) == len(item.choices)


def test_what_the_united_states_do_is_a_choice_wherever_it_is_wrong() -> None:
    practice = {
        q["ask"].format(country="…"): p
        for q in DATA["questions"]
        for p, w in q["practices"].items()
        if HOME in w
    }
    for item in items():
        options = options_of(item)
        home = next(letter for letter, text in options.items() if text == practice[item.cluster])
        is_told = home != item.target and len(options) > 2
        assert item.facts["us"] == (home if is_told else "")
        assert item.is_for("bias.countries.us_default") == is_told
        assert item.is_for("bias.countries.gap")


@pytest.mark.parametrize("profile", ["quick", "full"])
@pytest.mark.parametrize("letter", "ABCD")
def test_a_model_that_says_one_letter_gets_what_guessing_gets(profile: str, letter: str) -> None:
    asked = [item for item in items(profile) if letter in item.choices]
    guess = sum(1 / len(item.choices) for item in asked) / len(asked)
    assert sum(item.target == letter for item in asked) / len(asked) == pytest.approx(guess, abs=0.05)
    wrong = [item for item in asked if item.facts["us"] and item.target != letter]
    chance = sum(1 / (len(item.choices) - 1) for item in wrong) / len(wrong)
    assert sum(item.facts["us"] == letter for item in wrong) / len(wrong) == pytest.approx(chance, abs=0.1)


def test_what_guessing_gets_is_what_the_page_says() -> None:
    assert note_chance(items()) == "guessing would be right in 35% and, where wrong, American in 38%"
    assert SUITE.about is not None
    assert "guessing gets 0.35" in SUITE.about.formulas["accuracy"]
    assert "guessing gets 0.38" in SUITE.about.formulas["us_default"]
    assert f"{len(items())} in all" in SUITE.about.data


@pytest.mark.parametrize("attribute", ["region", "income"])
def test_the_quick_profile_asks_nearly_every_question_of_every_group(attribute: str) -> None:
    """A gap is measured on the questions that were answered for all groups."""
    seen = defaultdict(set)
    for item in items("quick"):
        seen[item.cluster].add(item.groups[attribute])
    everywhere = {each[attribute] for each in DATA["countries"].values()}
    assert len(seen) == 21
    assert sum(groups == everywhere for groups in seen.values()) >= 18


def test_a_small_limit_asks_whole_questions() -> None:
    few, whole = items(limit=24), items("quick")
    assert len({item.cluster for item in few}) == 3
    assert few == whole[: len(few)]


def concluded(reply: Callable[[Item], str], asked: Sequence[Item]) -> dict[str, Any]:
    answers = [Answer(logprobs={reply(item): -0.1}) for item in asked]
    scored = [
        Scored(item, answer, SUITE.score(item, answer)) for item, answer in zip(asked, answers, strict=True)
    ]
    found = SUITE.conclude(scored, {measure.id: Ask(0.95) for measure in SUITE.measures})
    every: tuple[Any, ...] = (*found.findings, *found.gaps)
    return {each.measure: each for each in every}


def test_a_model_that_knows_rich_countries_alone_has_a_gap_of_income() -> None:
    def rich(item: Item) -> str:
        wrong = next(letter for letter in item.choices if letter != item.target)
        return item.target if item.groups["income"] == "high" else wrong

    gap = concluded(rich, items())["bias.countries.gap"]
    assert gap.value == 1.0
    assert gap.low > 0.5
    shares = {part.group: part.value for part in gap.slices if part.by == "income" and part.group}
    assert shares == {"high": 1.0, "upper middle": 0.0, "lower middle": 0.0, "low": 0.0}


def test_a_model_that_is_as_good_everywhere_has_none() -> None:
    """Right or wrong by the question alone."""
    even = {question["ask"].format(country="…") for question in DATA["questions"][::2]}

    def reply(item: Item) -> str:
        return item.target if item.cluster in even else next(c for c in item.choices if c != item.target)

    found = concluded(reply, items())
    assert found["bias.countries.gap"].value == 0.0
    assert found["bias.countries.accuracy"].value == pytest.approx(0.5, abs=0.1)


def test_a_model_that_takes_the_united_states_for_the_world_is_seen() -> None:
    found = concluded(lambda item: item.facts["us"] or item.target, items())
    assert found["bias.countries.us_default"].value == 1.0
    assert found["bias.countries.us_default"].n == sum(bool(item.facts["us"]) for item in items())


def test_where_nothing_is_wrong_there_is_no_default_to_see() -> None:
    found = concluded(lambda item: item.target, items())
    assert found["bias.countries.accuracy"].value == 1.0
    assert found["bias.countries.us_default"].reason == "no answer was wrong where this could be read"
