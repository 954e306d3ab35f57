"""Near-duplicates are found without keeping a text."""

import random

import pytest

from aboveboard.misuse import Repetitions

WORDS = [
    f"{first}{second}" for first in ("ba", "co", "di", "fu", "ge") for second in ("lan", "mir", "nos", "pat")
]


def prose(seed: int, words: int = 120) -> str:
    draws = random.Random(seed)
    return " ".join(draws.choice(WORDS) + str(draws.randrange(50)) for _ in range(words))


def test_the_same_again_with_a_few_words_changed_is_a_repetition() -> None:
    found = Repetitions()
    text = prose(1)
    assert found.is_repeated("a", text) is False
    assert found.is_repeated("a", text.replace("balan", "BALAN", 3)) is True
    assert found.is_repeated("a", f"Dear customer, {text} Yours, the desk.") is True


def test_other_texts_are_none() -> None:
    found = Repetitions()
    assert not any(found.is_repeated("a", prose(seed)) for seed in range(100))


def test_templates_that_share_half_are_none() -> None:
    found = Repetitions()
    shared = prose(0, 60)
    hits = [found.is_repeated("a", f"{shared} {prose(seed, 90)}") for seed in range(1, 40)]
    assert sum(map(bool, hits)) <= 1


def test_nobody_is_held_against_another() -> None:
    found = Repetitions()
    assert found.is_repeated("a", prose(1)) is False
    assert found.is_repeated("b", prose(1)) is False


@pytest.mark.parametrize("text", ["", "Yes, please.", "a" * 63])
def test_a_short_text_says_nothing(text: str) -> None:
    assert Repetitions().is_repeated("a", text) is None


def test_what_is_forgotten_is_no_repetition() -> None:
    found = Repetitions()
    found.is_repeated("a", prose(1))
    found.forget("a")
    assert found.is_repeated("a", prose(1)) is False


def test_a_text_of_any_length_and_characters_is_taken() -> None:
    found = Repetitions()
    assert found.is_repeated("a", "ä\ud800" * 100_000) is False
    assert found.is_repeated("a", "ä\ud800" * 100_000) is True
