"""Arguments of tools are JSON: escapes hide nothing, and what was JSON stays it."""

import json
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.guards import HELD_AT_MOST, Pipeline, Segment, build_pipeline
from aboveboard.privacy.streams import decode_json

KEY = "sk_live_" + "aB3dE5gH7jK9mN1p"


def streamed(pipeline: Pipeline, pieces: list[str], asked: str = "hello") -> str:
    exchange = pipeline.start()
    exchange.check_input([Segment("user", asked)])
    out = exchange.output(0, "tool-call")
    return "".join(map(out.feed, pieces)) + out.finish()


ARGUMENTS = [
    (r'{"to": "bob.jones\u0040corp.example.com"}', {"to": "[EMAIL]"}),
    (r'{"to": "zo\u00eb@corp.example.com", "n": 1}', {"to": "[EMAIL]", "n": 1}),
    (r'{"t": "a\nbob@corp.example.com\tx \"y\""}', {"t": 'a\n[EMAIL]\tx "y"'}),
    (
        r'{"t": "\\u0040 is an at, \ud83d\ude00 is one face"}',
        {"t": "\\u0040 is an at, \U0001f600 is one face"},
    ),
    ('{"t": "card:4111111111111111", "c": 4111111111111111}', {"t": "card:[CARD]", "c": "[CARD]"}),
    (r'{"k": "sk\u005flive_' + KEY[8:] + '"}', {"k": "[STRIPE KEY]"}),
]


@pytest.mark.parametrize(("text", "expected"), ARGUMENTS)
def test_values_are_found_behind_escapes_however_the_arguments_are_cut(
    text: str, expected: dict[str, object], pipeline: Pipeline
) -> None:
    source = Random(3)
    assert json.loads(streamed(pipeline, list(text))) == expected
    for _ in range(20):
        places = sorted(source.sample(range(1, len(text)), 5))
        pieces = [text[start:end] for start, end in pairwise([0, *places, len(text)])]
        assert json.loads(streamed(pipeline, pieces)) == expected


def test_an_escaped_value_is_the_same_value_on_the_way_in(pipeline: Pipeline) -> None:
    exchange = pipeline.start()
    asked = [
        Segment("user", "zo\u00eb@corp.example.com"),
        Segment("tool-call", r'{"to":"zo\u00eb\u0040corp.example.com","c":"id:4111111111111111"}'),
    ]
    checked = exchange.check_input(asked)
    assert json.loads(checked.segments[1].text) == {"to": "<EMAIL_1>", "c": "id:<CARD_1>"}
    out = exchange.output(0, "tool-call")
    again = out.feed(r'{"to": "zo\u00eb@corp.example.com"}') + out.finish()
    assert json.loads(again) == {"to": "zo\u00eb@corp.example.com"}


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_decoding_gives_what_json_gives_and_each_character_its_place(text: str) -> None:
    written = json.dumps(text)[1:-1]
    plain = decode_json(written)
    assert plain.text == text
    for place in range(len(plain.text)):
        start, end = plain.span(place, place + 1)
        assert decode_json(written[start:end]).text == plain.text[place]


@pytest.mark.parametrize("ahead", [HELD_AT_MOST - 10, HELD_AT_MOST // 2 - 10, HELD_AT_MOST + 4_080])
@pytest.mark.parametrize("step", [1_000, 100_000])
def test_a_key_within_a_word_without_end_is_found_wherever_the_word_is_cut(
    ahead: int, step: int, entry: type
) -> None:
    guards = [entry(name, ("output",)) for name in ("secrets", "personal-data")]
    pipeline = build_pipeline(guards)
    for hidden in (KEY, "bob.jones@corp.example.com"):
        text = "x" * (ahead - 1) + "=" + hidden + "=" + "y" * 9_000
        out = pipeline.start().output()
        said = "".join(out.feed(text[at : at + step]) for at in range(0, len(text), step)) + out.finish()
        assert hidden[4:] not in said
        assert said.count("x") == ahead - 1


@pytest.mark.parametrize("ahead", [1_360, 1_365, 1_370, 2_730])
@pytest.mark.parametrize("step", [997, 100_000])
def test_a_number_is_hidden_whole_in_a_row_too_long_to_hold(
    ahead: int, step: int, pipeline: Pipeline
) -> None:
    numbers = [1] * ahead + [4111111111111111] + list(range(4_000))
    text = json.dumps({"a": numbers, "b": "x\u00e9" * 3_000}, separators=(",", ":"))
    said = json.loads(streamed(pipeline, [text[place : place + step] for place in range(0, len(text), step)]))
    assert said["a"][ahead] == "[CARD]"
    assert said["b"] == "x\u00e9" * 3_000
