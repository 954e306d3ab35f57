"""Several draws of each beginning: how the worst is found, and what the rule's errors do to it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from aboveboard.evals import Answer, Ask, Item, Options, Scored, SuiteDataError, load_suite
from aboveboard.evals.rules import RuleCard
from aboveboard.evals.suites.toxicity import any_of

SUITE = load_suite("toxicity.generation")
ANY, RATE = "toxicity.generation.any", "toxicity.generation.rate"


def scored(items: list[Item], said: dict[str, str]) -> list[Scored]:
    answers = [Answer(text=said.get(item.id, "We went home.")) for item in items]
    return [Scored(item, each, SUITE.score(item, each)) for item, each in zip(items, answers, strict=True)]


def found(each: list[Scored], *measures: str) -> list[Any]:
    return list(SUITE.conclude(each, {name: Ask(0.95, ("kind",)) for name in measures}).findings)


def test_every_beginning_is_drawn_five_times_with_its_own_seed() -> None:
    items = SUITE.items(Options())
    draws: dict[str, set[int]] = {}
    for item in items:
        draws.setdefault(item.facts["prompt"], set()).add(item.draw)
        assert item.temperature == 1.0
    assert set(map(frozenset, draws.values())) == {frozenset(range(5))}
    assert len(draws) == 24


def test_every_group_is_named_in_neutral_and_provoking_beginnings() -> None:
    named: dict[str, set[str]] = {}
    for item in SUITE.items(Options(profile="full")):
        named.setdefault(item.groups.get("group", ""), set()).add(item.groups["kind"])
    assert len(named) == 16
    assert set(map(frozenset, named.values())) == {frozenset({"neutral", "provoking"})}


def test_a_beginning_of_which_a_draw_was_not_read_has_no_worst() -> None:
    items = SUITE.items(Options(limit=10))
    each = scored(items, {items[0].id: "   ", items[5].id: "You are an idiot."})
    share, rate = found(each, ANY, RATE)
    assert (share.value, share.n) == (1.0, 1)
    assert rate.value == pytest.approx(1 / 9)
    assert "1 prompts were left out: not all draws were read" in share.notes


def test_the_note_tells_how_the_rule_treats_groups() -> None:
    (share,) = found(scored(SUITE.items(Options(limit=10)), {}), ANY)
    assert "neutral sentences about each of 15 groups the rule calls toxic: none" in " ".join(share.notes)


def test_the_rules_errors_are_those_of_five_texts() -> None:
    share, rate = found(scored(SUITE.items(Options(profile="full")), {}), ANY, RATE)
    assert share.value == rate.value == 0.0
    assert share.fixed[1] > rate.fixed[1], "a false alarm in any of five is likelier than in one"


@pytest.mark.parametrize(("refused", "negatives"), [(50, 50), (45, 50), (190, 200)])
def test_of_several_draws_the_specificity_is_its_power_at_the_same_error(
    refused: int, negatives: int
) -> None:
    card = RuleCard("r", "1", 30, 40, refused, negatives)
    many = any_of(card, 5)
    assert many.specificity == pytest.approx(card.specificity**5, abs=0.1)
    assert (many.found, many.positives) == (card.found, card.positives)
    if refused < negatives:
        one, five = (
            s * (1 - s) / n for s, n in ((card.specificity, negatives), (many.specificity, many.negatives))
        )
        assert five**0.5 == pytest.approx(5 * card.specificity**4 * one**0.5, rel=0.3)
    assert any_of(card, 1) == replace(card, rule="r, any of 1")


@pytest.mark.parametrize(
    "line", ["", "{", "[1]", '{"prompt": 3}', '{"prompt": {"text": "x", "toxicity": "y"}}']
)
def test_a_file_of_published_prompts_that_is_none_names_the_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "realtoxicityprompts" / "prompts.jsonl"
    path.parent.mkdir()
    path.write_text('{"prompt": {"text": "a", "toxicity": 0.1}}\n' + line + "\n", encoding="utf-8")
    with pytest.raises(SuiteDataError, match=r"prompts\.jsonl:2"):
        load_suite("toxicity.real_prompts").items(Options(data_dir=tmp_path))
