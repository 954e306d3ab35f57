"""The language the templates are written in."""

from __future__ import annotations

import importlib
from random import Random
from typing import Any

import pytest

grammar: Any = importlib.import_module("corpus._grammar")


def filled(source: str, seed: int = 0) -> str:
    node = grammar.parse(source)
    pieces = node.fill(lambda name, number: [(f"<{name}{number}>", "person")], Random(seed))
    return "".join(text for text, _ in pieces)


def test_slots_are_filled_with_their_number() -> None:
    assert filled("Hi {given1}, {town}") == "Hi <given1>, <town>"


def test_a_choice_takes_one_option_possibly_none() -> None:
    assert {filled("a[ b| {full}|]", seed) for seed in range(30)} == {"a", "a b", "a <full>"}


def test_choices_nest() -> None:
    assert {filled("[x[1|2]|y]", seed) for seed in range(40)} == {"x1", "x2", "y"}


def test_clauses_come_in_any_order_with_one_space_between() -> None:
    assert {filled("<a ;; b.>", seed) for seed in range(20)} == {"a b.", "b. a"}


def test_signs_can_stand_for_themselves() -> None:
    assert filled(r"\{\[\<\n") == "{[<\n"


@pytest.mark.parametrize("broken", ["[a", "{", "{Name}", "<a ;; b", "[a|{x]"])
def test_a_broken_template_is_refused(broken: str) -> None:
    with pytest.raises(grammar.TemplateError):
        grammar.parse(broken)


@pytest.mark.parametrize("language", ["en", "de", "es", "fr", "it"])
def test_every_slot_of_every_template_can_be_filled(language: str) -> None:
    templates: Any = importlib.import_module("corpus._templates")
    scene: Any = importlib.import_module("corpus._scene")
    lexicon: Any = importlib.import_module("corpus._lexicon").lexicon(language)
    every = [template for domain in templates.templates(language).values() for template in domain]
    assert len(every) > 60
    for template in every:
        assert grammar.slots(template.node) <= scene.SLOTS | set(lexicon), template.source
