"""Answers on their way out: the same text however it is cut, and nothing held that need not be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from random import Random
from typing import Any, ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aboveboard.guards import (
    ALLOW,
    HELD_AT_MOST,
    Action,
    ConfiguredGuard,
    Exchange,
    Finding,
    GuardContext,
    Mode,
    Pipeline,
    Segment,
    SegmentRole,
    Verdict,
    build_pipeline,
)


@dataclass(frozen=True)
class Entry:
    """A guard as a charter asks for it."""

    guard: str
    mode: tuple[str, ...] = ("input",)
    action: str = ""
    on_error: str = "closed"
    timeout_ms: int = 2000
    options: Mapping[str, Any] = field(default_factory=dict)


BOTH = ("input", "output")
DEFAULT = (
    Entry("personal-data", BOTH, "mask"),
    Entry("secrets", BOTH, "mask"),
    Entry("crisis", ("input",), "escalate"),
    Entry("disclosure", BOTH, "annotate", options={"ai_notice": "header"}),
)
PROMPT = "I am john@example.com, card 4111 1111 1111 1111, tel +44 20 7946 0958"
KEY = "-----BEGIN PRIVATE KEY-----\n" + "MIIEvQIBADANBgkqhkiG9w0BAQ\n" * 3 + "ab==\n-----END PRIVATE KEY-----"
STRIPE = "sk_live_" + "aB3dE5gH7jK9mN1p"
PROSE = (
    "The library opens at nine and closes at six, except on Sundays. You can renew a loan twice, and if "
    "another reader "
    "waits for the book you will get a letter. There are rooms for groups on the second floor; ask at the "
    "desk for a key. "
    "It helps to bring a card with your address on it.\n\nReaders under 16 need a parent's signature. "
) * 3


class Shouty:
    """A plug-in that knows nothing about streams: masks `needle in hay`, and stops at `forbidden`."""

    name: ClassVar[str] = "shouty"
    modes: ClassVar[tuple[Mode, ...]] = ("output", "terminal")
    window = 16
    is_inline = True

    def __init__(self, options: Mapping[str, Any]) -> None:
        """Has no options."""

    def check(self, segment: Segment, context: GuardContext) -> Verdict:
        text = segment.text
        if "forbidden" in text:
            at = text.index("forbidden")
            return Verdict(Action.BLOCK, (Finding(at, at + 9, "forbidden"),))
        if "needle in hay" not in text:
            return ALLOW
        at = text.index("needle in hay")
        return Verdict(Action.MASK, (Finding(at, at + 13, "needle"),), text.replace("needle in hay", "*"))


def after_prompt(pipeline: Pipeline) -> Exchange:
    exchange = pipeline.start()
    exchange.check_input([Segment("user", PROMPT)])
    return exchange


def stream(pipeline: Pipeline, pieces: Sequence[str], role: SegmentRole = "assistant") -> str:
    out = after_prompt(pipeline).output(role=role)
    return "".join(map(out.feed, pieces)) + out.finish()


def cut(text: str, places: Sequence[int]) -> list[str]:
    bounds = [0, *places, len(text)]
    return [text[start:end] for start, end in pairwise(bounds)]


GUARDED = build_pipeline(DEFAULT)
BLOCKING = build_pipeline([Entry("personal-data", BOTH, "block"), Entry("secrets", BOTH, "block")])
FOREIGN = Pipeline([ConfiguredGuard(Shouty({}), ("output",)), *GUARDED.guards])
TERMINAL = Pipeline([ConfiguredGuard(Shouty({}), ("terminal",)), *GUARDED.guards])
PIPELINES = {"guarded": GUARDED, "blocking": BLOCKING, "foreign": FOREIGN, "terminal": TERMINAL}

SHORT = [
    "Hi <EMAIL_1>, <CARD_1>!",
    "to < email_1 > ok",
    "a <b> & &lt;EMAIL_1&gt; c",
    "mail jane@foo.org now",
    "tel: +49 30 1234567 ok",
    "pay 5555 5555 5555 4444.",
    "born 12 March 1980 ok",
    "x\ny <EMAIL_9> 1 < 2",
    "I'm a human being.",
    "a needle in hay, b",
    "so forbidden it is",
]
LONG = [
    f"Key {STRIPE} and {KEY} then {PROSE[:80]} jane@foo.org <PHONE_1>",
    "DE89 3704 0044 0532 0130 00 and 1 2 3 4 5 6 7 8 9 10 11 12 13 14 +44 20 7946 0999 end",
    PROSE[:400] + " needle in hay and more. Then forbidden words. And the rest",
    "我的邮箱是jane@foo.org谢谢。" * 3 + "４１１１ 1111 1111 1111",
    '{"to": "<EMAIL_1>", "card": 5555555555554444, "cc": ["jane@foo.org"]}',
]


@pytest.mark.parametrize("name", PIPELINES)
@pytest.mark.parametrize("text", SHORT)
def test_every_split_of_a_short_text_gives_the_same_answer(text: str, name: str) -> None:
    pipeline = PIPELINES[name]
    whole = stream(pipeline, [text])
    assert stream(pipeline, list(text)) == whole
    for count in (1, 2):
        for places in combinations(range(1, len(text)), count):
            assert stream(pipeline, cut(text, places)) == whole, cut(text, places)


@pytest.mark.parametrize("name", PIPELINES)
@pytest.mark.parametrize("text", LONG)
def test_random_splits_of_a_long_text_give_the_same_answer(text: str, name: str) -> None:
    pipeline, source = PIPELINES[name], Random(7)
    whole = stream(pipeline, [text])
    assert stream(pipeline, list(text)) == whole
    for _ in range(30):
        places = sorted(source.sample(range(1, len(text)), source.randrange(1, min(40, len(text)))))
        assert stream(pipeline, cut(text, places)) == whole


PIECES = st.one_of(
    st.sampled_from([*SHORT, " ", "\n", "<", "@", "4", "-----BEGIN ", STRIPE]), st.text(max_size=10)
)


@settings(max_examples=60)
@given(
    st.lists(PIECES, max_size=5).map("".join),
    st.randoms(use_true_random=False),
    st.sampled_from(sorted(PIPELINES)),
)
def test_any_split_of_any_text_gives_the_same_answer(text: str, source: Random, name: str) -> None:
    places = sorted(source.sample(range(len(text) + 1), min(len(text), 6)))
    assert stream(PIPELINES[name], cut(text, places)) == stream(PIPELINES[name], [text])


@pytest.mark.parametrize("unit", ["a", "1", "aB3-", "é", "\u200b", "x1.", "1 ", "<"])
def test_a_text_without_end_is_held_within_bounds_and_cut_in_the_same_places(unit: str) -> None:
    text = unit * (3 * HELD_AT_MOST // len(unit))
    out = after_prompt(GUARDED).output()
    released = 0
    for start in range(0, len(text), 997):
        released += len(out.feed(text[start : start + 997]))
        assert min(start + 997, len(text)) - released <= 2 * HELD_AT_MOST
    assert released + len(out.finish()) == len(stream(GUARDED, [text]))


def test_a_secret_longer_than_what_is_held_is_dropped_whole() -> None:
    token = "ya29." + "aB3dE5gH7jK9mN1p" * 60
    text = "x" * (HELD_AT_MOST - 500) + "=" + token + " end"
    for pieces in ([text], cut(text, range(100, len(text), 100))):
        assert token[-200:] not in stream(GUARDED, pieces)


def test_a_clean_answer_goes_out_byte_for_byte() -> None:
    exchange = after_prompt(GUARDED)
    out = exchange.output()
    assert "".join(out.feed(PROSE[i : i + 5]) for i in range(0, len(PROSE), 5)) + out.finish() == PROSE
    assert all(not outcome.counts for outcome in exchange.outcomes if outcome.mode == "output")


def test_ordinary_prose_is_hardly_held_back() -> None:
    out = after_prompt(GUARDED).output()
    released, held = 0, []
    for seen, character in enumerate(PROSE, 1):
        released += len(out.feed(character))
        held.append(seen - released)
    print("mean hold-back", sum(held) / len(held), "most", max(held))
    assert sum(held) / len(held) < 4
    assert max(held) < 24


def test_words_that_hold_a_digit_are_not_waited_on() -> None:
    out = after_prompt(GUARDED).output()
    assert [out.feed(f"tok{number} ") for number in range(3)] == ["tok0 ", "tok1 ", "tok2 "]


def test_values_come_back_and_new_ones_are_hidden() -> None:
    assert stream(GUARDED, ["<EMA", "IL_1> and jane@foo", ".org"]) == "john@example.com and [EMAIL]"


def test_what_the_user_gave_may_be_said_again_in_full() -> None:
    assert stream(GUARDED, ["it is john@example.com"]) == "it is john@example.com"


def test_arguments_of_tools_stay_json() -> None:
    import json

    text = '{"to": "<EMAIL_1>", "card": 5555555555554444, "s": "\\u003cEMAIL_1\\u003e"}'
    arguments = json.loads(stream(GUARDED, list(text), "tool-call"))
    assert arguments == {"to": "john@example.com", "card": "[CARD]", "s": "john@example.com"}


def test_a_block_in_the_middle_leaves_nothing_after_it() -> None:
    out = after_prompt(BLOCKING).output()
    assert out.feed("fine so far, jane@foo.org and ") == "fine so far, "
    assert out.blocked
    assert (out.feed("more"), out.finish()) == ("", "")


def test_two_choices_do_not_mix() -> None:
    exchange = after_prompt(GUARDED)
    first, second = exchange.output(0), exchange.output(1)
    parts = [first.feed("jane@"), second.feed("hello "), first.feed("foo.org "), second.feed("you ")]
    assert parts == ["", "hello ", "[EMAIL] ", "you "]


@pytest.mark.parametrize("pipeline", PIPELINES.values(), ids=PIPELINES)
@pytest.mark.parametrize("role", ["assistant", "tool-call"])
@pytest.mark.parametrize("text", [*SHORT, *LONG])
def test_what_comes_last_comes_out_as_if_more_might_have_followed(
    text: str, role: SegmentRole, pipeline: Pipeline
) -> None:
    expected = stream(pipeline, [text], role)
    for place in range(0, len(text), 1 + len(text) // 16):
        out = after_prompt(pipeline).output(role=role)
        assert out.feed(text[:place]) + out.last(text[place:]) == expected


@given(st.text(st.sampled_from("ab <>&@.1234-\n"), max_size=80), st.integers(0, 80))
def test_any_end_of_a_text_may_come_last(text: str, place: int) -> None:
    out = after_prompt(GUARDED).output()
    assert out.feed(text[:place]) + out.last(text[place:]) == stream(GUARDED, [text])
