"""Texts of machines and with citations name nobody but who is put there; unknown words are not learned."""

import importlib
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

pytestmark = pytest.mark.train


@pytest.fixture(scope="module")
def kit() -> Any:
    """The training code, which needs more than the project does (`tagger/requirements.in`)."""
    sys.path.insert(0, str(Path(__file__).parents[3]))
    names = ("machine", "numbered", "citations", "rulings", "peopling", "encoding", "corpus")
    return SimpleNamespace(**{name: importlib.import_module(f"tagger.{name}") for name in names})


def test_the_same_seed_gives_the_same_texts_and_another_gives_others(kit: Any) -> None:
    makers: tuple[Callable[[int], Any], ...] = (
        lambda seed: kit.machine.machine_examples([], seed, 50),
        lambda seed: kit.numbered.numbered_examples([], seed, 50),
        lambda seed: kit.citations.citing_examples(seed, 50),
        lambda seed: kit.rulings.ruling_examples(seed, 50),
    )
    for make in makers:
        made = [list(make(seed)) for seed in (1, 1, 2)]
        assert made[0] == made[1] != made[2]


def test_machines_name_only_the_people_of_the_examples(kit: Any) -> None:
    people = [kit.corpus.Example("Ask Amara Okonkwo.", ((4, 17, "person"),), "en", "test")]
    named = [each for each in kit.machine.machine_examples(people, 1, 400) if each.spans]
    assert 40 < len(named) < 140
    assert {each.text[slice(*each.spans[0][:2])] for each in named} == {"Amara Okonkwo"}
    assert not any(each.spans for each in kit.machine.machine_examples([], 1, 400))


def test_what_is_numbered_names_nobody_by_itself(kit: Any) -> None:
    made = list(kit.numbered.numbered_examples([], 1, 400))
    assert not any(each.spans for each in made)
    assert sum(any(letter.isdigit() for letter in each.text) for each in made) > 200


def test_parties_of_rulings_are_letters_and_judges_sign_by_family_name(kit: Any) -> None:
    made = list(kit.rulings.ruling_examples(1, 2_000))
    values = [each.text[start:end] for each in made for start, end, _ in each.spans]
    assert all(value and value == value.strip() for value in values)
    assert sum(len(value) <= 2 for value in values) > 200
    assert {kind for each in made for _, _, kind in each.spans} == {"person", "organisation", "place"}


def test_people_are_put_into_text_and_its_own_spans_stay_what_they_were(kit: Any) -> None:
    own = "Yesterday she met him in Leeds before it rained."
    text = kit.corpus.Example(own, ((25, 30, "place"),), "en", "test")
    made = list(kit.peopling.peopled([text] * 300, 1, 1.0))
    assert len(made) == 300
    for each in made:
        assert any(each.text[start:end] == "Leeds" for start, end, _ in each.spans)
        assert {kind for *_, kind in each.spans} - {"place"}
        assert all(end <= start for (_, end, _), (start, _, _) in pairwise(each.spans))
    assert any("she" not in each.text.split() for each in made)


def test_every_slot_is_filled(kit: Any) -> None:
    texts = [each.text for each in kit.citations.citing_examples(3, 500)]
    assert not any("{" in each.text or "}" in each.text for each in kit.rulings.ruling_examples(3, 500))
    assert not any("{" in text or "}" in text for text in texts)
    assert sum("§" in text or "art" in text.lower() for text in texts) > 200


def test_unknown_words_have_the_tag_that_the_loss_leaves_out(kit: Any) -> None:
    spans = [(4, 9, "unknown"), (14, 17, "person")]
    tokens, tags = kit.encoding.tag_tokens("the Glorp met Ada", spans)
    assert tokens == ["the", " Glorp", " met", " Ada"]
    assert tags[:3] == [0, -1, 0]
    assert tags[3] > 0
