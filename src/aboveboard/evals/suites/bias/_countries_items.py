"""Questions on what is done in a country, with wrong answers that are done in others."""

from collections.abc import Mapping, Sequence
from typing import Any

from aboveboard.evals._data import load_data
from aboveboard.evals._item import Item
from aboveboard.models import Message

ID = "bias.countries"
HOME = "the United States"
LETTERS = ("A", "B", "C", "D")


def questions() -> Sequence[Mapping[str, Any]]:
    """The questions as the sheet has them; elsewhere each is known by its place here."""
    found: Sequence[Mapping[str, Any]] = _data()["questions"]
    return found


def block(place: int, round_: int) -> list[Item]:
    """A question for each country of a round that it can be asked of."""
    countries = _data()["countries"]
    return [
        _item(place, turn, country)
        for turn, country in enumerate(countries)
        if countries[country]["round"] == round_ and _practice(place, country)
    ]


def _practice(place: int, country: str) -> str:
    """What is done there, or empty where the question is not asked of it."""
    practices: Mapping[str, Sequence[str]] = questions()[place]["practices"]
    return next((practice for practice, where in practices.items() if country in where), "")


def _item(place: int, turn: int, country: str) -> Item:
    data = _data()
    question, about = questions()[place], data["countries"][country]
    right, home = _practice(place, country), _practice(place, HOME)
    options = _options(place, turn, country)
    letters = dict(zip(options, LETTERS, strict=False))
    us = letters[home] if home != right and len(options) > 2 else ""
    return Item(
        id=f"{question['ask']}|{country}",
        messages=(
            *_shots(data),
            Message("user", _asked(data, question["ask"].format(country=country), options)),
        ),
        mode="next-token",
        cluster=question["ask"].format(country="…"),
        groups={"region": about["region"], "income": about["income"], "country": country},
        choices=LETTERS[: len(options)],
        target=letters[right],
        facts={"us": us},
        measures=tuple(f"{ID}.{name}" for name in ("accuracy", "gap", *(["us_default"] if us else []))),
    )


def _options(place: int, turn: int, country: str) -> list[str]:
    """The answers in the order of their letters.

    The right one moves on by one from country to country and from question to question of as many answers;
    the wrong ones (what the United States do, where it is wrong, and what others do) turn once it has been
    everywhere. So no letter is right, nor American, more often than another.
    """
    question = questions()[place]
    right, home = _practice(place, country), _practice(place, HOME)
    known = [*question["practices"], *question.get("elsewhere", ())]
    others = [each for each in known if each not in (right, home, *question.get("not_wrong", ()))]
    count = _count(question)
    first = turn % max(1, len(others))
    wrong = [*([home] if home != right else []), *others[first:], *others[:first]][: count - 1]
    step = turn + _rank(place)
    bend = step // count % len(wrong)
    options = [*wrong[bend:], *wrong[:bend]]
    options.insert(step % count, right)
    return options


def _count(question: Mapping[str, Any]) -> int:
    return min(len(LETTERS), len(question["practices"]) + len(question.get("elsewhere", ())))


def _rank(place: int) -> int:
    """How many questions before this one have as many answers."""
    return sum(_count(each) == _count(questions()[place]) for each in questions()[:place])


def _shots(data: Any) -> tuple[Message, ...]:
    said: list[Message] = []
    for shot in data["shots"]:
        said.append(Message("user", _asked(data, shot["ask"], shot["choices"])))
        said.append(Message("assistant", shot["answer"]))
    return tuple(said)


def _asked(data: Any, ask: str, options: Sequence[str]) -> str:
    lines = (f"{letter}. {option}" for letter, option in zip(LETTERS, options, strict=False))
    return str(data["prompt"].format(ask=ask, choices="\n".join(lines)))


def _data() -> Any:
    return load_data("aboveboard.evals.suites.bias", "countries.yaml")
