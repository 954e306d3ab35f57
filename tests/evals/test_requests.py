"""Calls are planned once each, and neighbours begin alike."""

from dataclasses import replace
from itertools import pairwise

from aboveboard.evals import Item
from aboveboard.evals._requests import call_key, plan_calls, request_of
from aboveboard.models import Message


def item(number: int, text: str, **more: object) -> Item:
    made = Item(id=str(number), messages=(Message("user", text),), mode="next-token", cluster="c")
    return replace(made, **more)  # type: ignore[arg-type]


def test_identical_requests_are_made_once_and_serve_all_their_items() -> None:
    calls = plan_calls([item(0, "a"), item(1, "b"), item(2, "a")], "m")
    assert sorted(call.serves for call in calls) == [(0, 2), (1,)]


def test_the_key_depends_on_everything_that_can_change_the_answer() -> None:
    base = item(0, "a")
    others = [
        call_key(base, "other model"),
        call_key(item(0, "a", temperature=1.0), "m"),
        call_key(item(0, "a", temperature=1.0, draw=1), "m"),
        call_key(item(0, "b"), "m"),
        call_key(item(0, "a", mode="generate"), "m"),
        call_key(item(0, "a", max_tokens=7), "m"),
        call_key(item(0, "a", messages=(Message("system", "a"),)), "m"),
    ]
    assert len({call_key(base, "m"), *others}) == 8


def test_the_key_does_not_depend_on_how_the_answer_is_scored() -> None:
    assert call_key(item(0, "a"), "m") == call_key(item(9, "a", target="x", groups={"g": "h"}), "m")


def test_an_item_is_asked_at_its_temperature_with_its_draw_as_the_seed() -> None:
    likeliest, drawn = request_of(item(0, "a")), request_of(item(0, "a", temperature=0.8, draw=3))
    assert (likeliest.temperature, likeliest.seed) == (0.0, 0)
    assert (drawn.temperature, drawn.seed) == (0.8, 3)


def test_prompts_that_begin_alike_are_neighbours() -> None:
    stems = ["x" * 200, "y" * 300]
    items = [item(number, stems[number % 2] + str(number)) for number in range(10)]
    texts = [call.item.text for call in plan_calls(items, "m")]
    switches = sum(first[10] != second[10] for first, second in pairwise(texts))
    assert switches == 1
    assert texts[0][10] == "x", "the shorter group goes first"


def test_the_plan_is_the_same_whatever_the_order_of_items() -> None:
    items = [item(number, f"{number % 3}-{number}") for number in range(12)]
    keys = [call.key for call in plan_calls(items, "m")]
    assert keys == [call.key for call in plan_calls(items[::-1], "m")]
