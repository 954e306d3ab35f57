"""Texts of machines and with citations name nobody but who is put there; unknown words are not learned."""

import importlib
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

pytestmark = pytest.mark.train


@pytest.fixture(scope="module")
def kit() -> Any:
    """The training code, which needs more than the project does (`tagger/requirements.in`)."""
    sys.path.insert(0, str(Path(__file__).parents[3]))
    names = ("machine", "citations", "encoding", "corpus")
    return SimpleNamespace(**{name: importlib.import_module(f"tagger.{name}") for name in names})


def test_the_same_seed_gives_the_same_texts_and_another_gives_others(kit: Any) -> None:
    made = [list(kit.machine.machine_examples([], seed, 50)) for seed in (1, 1, 2)]
    assert made[0] == made[1] != made[2]
    cited = [list(kit.citations.citing_examples(seed, 50)) for seed in (1, 1, 2)]
    assert cited[0] == cited[1] != cited[2]


def test_machines_name_only_the_people_of_the_examples(kit: Any) -> None:
    people = [kit.corpus.Example("Ask Amara Okonkwo.", ((4, 17, "person"),), "en", "test")]
    named = [each for each in kit.machine.machine_examples(people, 1, 400) if each.spans]
    assert 40 < len(named) < 140
    assert {each.text[slice(*each.spans[0][:2])] for each in named} == {"Amara Okonkwo"}
    assert not any(each.spans for each in kit.machine.machine_examples([], 1, 400))


def test_every_slot_of_a_citation_is_filled(kit: Any) -> None:
    texts = [each.text for each in kit.citations.citing_examples(3, 500)]
    assert not any("{" in text or "}" in text for text in texts)
    assert sum("§" in text or "art" in text.lower() for text in texts) > 200


def test_unknown_words_have_the_label_that_the_loss_leaves_out(kit: Any) -> None:
    spans = [(4, 9, "unknown"), (14, 17, "person")]
    tokens, labels = kit.encoding.label_tokens("the Glorp met Ada", spans)
    assert tokens == ["the", " Glorp", " met", " Ada"]
    assert labels[:3] == [0, -1, 0]
    assert labels[3] > 0
