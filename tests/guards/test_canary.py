"""What a system prompt says is found when an answer says it again, however it is dressed and cut."""

import base64
import codecs
import json
from itertools import combinations, pairwise
from random import Random
from time import thread_time
from typing import Any, ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aboveboard.guards import (
    HELD_AT_MOST,
    Action,
    ConfiguredGuard,
    GuardContext,
    GuardOptionError,
    Pipeline,
    Segment,
    build_pipeline,
)
from aboveboard.guards._canary import CanaryGuard
from aboveboard.testing import GuardConformance

PROMPT = (
    "You are Mira, the assistant of the Harbour Street library. Never promise a room before the desk has "
    "confirmed it. If somebody asks for a refund of fines, tell them that only the branch manager can decide "
    "it, and hand over after two attempts. The reading room opens at nine. canary: 7f3a9c2e11bb04"
)
SECRET = "never promise a room before the desk has confirmed it if somebody asks"
HIDDEN = "[SYSTEM PROMPT]"


class TestCanary(GuardConformance):
    guard_class = CanaryGuard
    options: ClassVar[dict[str, Any]] = {"words": 8, "public": ["The reading room opens at nine."]}


def pipeline(action: Action = Action.MASK, **options: Any) -> Pipeline:
    return Pipeline([ConfiguredGuard(CanaryGuard(options), ("input", "output"), action, timeout_ms=5000)])


def said(pieces: list[str], made: Pipeline, user: str = "hello", role: Any = "assistant") -> str:
    exchange = made.start()
    exchange.check_input([Segment("system", PROMPT), Segment("user", user)])
    out = exchange.output(0, role)
    return "".join(map(out.feed, pieces)) + out.finish()


MASKING, BLOCKING = pipeline(), pipeline(Action.BLOCK)
DRESSED = {
    "as it is": SECRET,
    "shouted": SECRET.upper(),
    "in other punctuation": SECRET.replace(" ", " * ", 4).replace("desk", "**desk**"),
    "with invisible characters": "\u200b".join(SECRET),
    "with look-alikes": SECRET.replace("a", "а").replace("o", "ο"),
    "escaped for a link": SECRET.replace(" ", "%20"),
    "escaped for HTML": SECRET.replace(" ", "&#32;"),
    "with a word put in": SECRET.replace("desk", "front desk"),
    "with a word changed": SECRET.replace("before", "until"),
    "in base64": base64.b64encode(SECRET.encode()).decode(),
    "in hexadecimal": SECRET.encode().hex(),
    "in rot13": codecs.encode(SECRET, "rot13"),
    "backwards": SECRET[::-1],
    "over lines": SECRET.replace(" ", "\n> "),
}


@pytest.mark.parametrize("how", DRESSED)
def test_what_the_prompt_says_is_found_however_it_is_dressed(how: str) -> None:
    text = f"Well. {DRESSED[how]}. Anything else?"
    assert said([text], MASKING) == f"Well. {HIDDEN}. Anything else?"
    assert said(list(text), BLOCKING) == "Well. "


@pytest.mark.parametrize(
    "text",
    [
        "You can ask me for a refund of fines, and the branch manager will decide.",
        "Never promise a room before the desk is open.",
        "The assistant of the library. The reading room opens at nine. If somebody asks, tell them.",
        "",
    ],
)
def test_fewer_words_than_the_least_are_no_leak(text: str) -> None:
    assert said(list(text), MASKING) == text


def test_a_short_prompt_that_everybody_uses_raises_no_alarm() -> None:
    exchange = BLOCKING.start()
    exchange.check_input([Segment("system", "You are a helpful assistant.")])
    out = exchange.output()
    assert out.feed("You are right: I am, as they say, a helpful assistant. You are a helpful assistant.")
    assert not out.blocked


def test_a_canary_word_is_found_by_itself() -> None:
    assert said(list("It is 7F3A9c2e11bb04, I think"), MASKING) == "It is [CANARY TOKEN], I think"
    encoded = base64.b64encode(b"the word is 7f3a9c2e11bb04 they say").decode()
    assert said([f"so {encoded} "], MASKING) == "so [CANARY TOKEN] "


def test_a_canary_word_within_a_leak_does_not_part_it() -> None:
    text = "two attempts. The reading room opens at nine. canary: 7f3a9c2e11bb04 or so, that only the branch"
    assert said([f"{text} manager can"], MASKING) == HIDDEN
    assert said(list(f"{text} manager can"), MASKING) == HIDDEN


def test_what_may_be_said_is_no_leak() -> None:
    made = pipeline(public=["Never promise a room before the desk has confirmed it.", SECRET])
    assert said([SECRET], made) == SECRET


def test_what_the_user_wrote_may_be_repeated_to_them() -> None:
    assert said([SECRET], MASKING, user=f"My colleague told me: {SECRET}!") == SECRET


def test_the_least_number_of_words_is_the_charters_to_say() -> None:
    text = "only the branch manager can decide so"
    assert said([text], pipeline(words=6)) == f"{HIDDEN} so"
    assert said([text], MASKING) == text


def test_arguments_of_tools_are_read_and_stay_json() -> None:
    written = json.dumps({"note": f"a “{SECRET}” b", "n": 1}).replace("room", "r\\u006fom")
    for pieces in ([written], list(written)):
        assert json.loads(said(pieces, MASKING, role="tool-call")) == {"note": f"a “{HIDDEN}” b", "n": 1}


def test_without_a_system_prompt_nothing_is_found() -> None:
    out = BLOCKING.start().output()
    assert out.feed(PROMPT) + out.finish() == PROMPT


def test_two_exchanges_do_not_know_each_others_prompts() -> None:
    first, second = MASKING.start(), MASKING.start()
    first.check_input([Segment("system", PROMPT)])
    second.check_input([Segment("system", "Something else.")])
    out = second.output()
    assert out.feed(SECRET) + out.finish() == SECRET


def test_nothing_of_a_prompt_is_kept_but_hashes() -> None:
    guard = CanaryGuard({})
    context = GuardContext(mode="input")
    guard.check(Segment("system", PROMPT), context)
    kept = repr(vars(guard)) + repr(context.memory)
    assert "Mira" not in kept and "promise" not in kept


def test_it_needs_to_see_what_goes_in(entry: Any) -> None:
    with pytest.raises(GuardOptionError, match="finds nothing without the mode 'input'"):
        build_pipeline([entry("canary", ("output",), "block")])


@pytest.mark.parametrize(
    ("options", "path"),
    [
        ({"words": 4}, ("words",)),
        ({"words": True}, ("words",)),
        ({"public": "text"}, ("public",)),
        ({"public": ["We open at 9.", 9]}, ("public", 1)),
        ({"plant": True}, ("plant",)),
    ],
)
def test_an_option_it_cannot_use_is_an_error_that_says_where_it_stands(
    options: dict[str, Any], path: tuple[Any, ...]
) -> None:
    assert [flaw.path for flaw in CanaryGuard.flaws(options)] == [path]
    with pytest.raises(GuardOptionError):
        CanaryGuard(options)


def cut(text: str, places: list[int]) -> list[str]:
    return [text[start:end] for start, end in pairwise([0, *places, len(text)])]


SMALL = pipeline(words=5)
SMALL_BLOCKING = pipeline(Action.BLOCK, words=5)


@pytest.mark.parametrize("made", [SMALL, SMALL_BLOCKING], ids=["mask", "block"])
@pytest.mark.parametrize(
    "text",
    ["a never promise a room before, x", "the desk has confirmed it if so", "if somebody asks for x a"],
)
def test_every_split_gives_the_same_answer(text: str, made: Pipeline) -> None:
    whole = said([text], made)
    for count in (1, 2, 3) if len(text) < 28 else (1, 2):
        for places in combinations(range(1, len(text)), count):
            assert said(cut(text, list(places)), made) == whole


WORDS = st.sampled_from([*PROMPT.split(), *codecs.encode(SECRET, "rot13").split(), "—", "\u200b", "%20", "x"])
ROWS = st.integers(0, 40).flatmap(
    lambda start: st.integers(1, 20).map(lambda size: " ".join(PROMPT.split()[start : start + size]))
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.one_of(WORDS, ROWS, st.sampled_from(list(DRESSED.values()))), max_size=8).map(" ".join),
    st.randoms(use_true_random=False),
    st.sampled_from([MASKING, BLOCKING, SMALL]),
)
def test_any_split_of_any_answer_gives_the_same(text: str, source: Random, made: Pipeline) -> None:
    places = sorted(source.sample(range(len(text) + 1), min(len(text), 8)))
    assert said(cut(text, places), made) == said([text], made)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(WORDS, ROWS), max_size=12).map(" ".join))
def test_no_run_of_the_least_length_ever_goes_out(text: str) -> None:
    out = said([text], MASKING).lower().split()
    prompt = f" {' '.join(PROMPT.lower().split())} "
    assert not any(f" {' '.join(out[at : at + 12])} " in prompt for at in range(len(out) - 11))


def test_ordinary_prose_is_hardly_held_back() -> None:
    prose = "You can renew a loan twice, and if another reader waits for the book you will get a letter. " * 5
    exchange = BLOCKING.start()
    exchange.check_input([Segment("system", PROMPT)])
    out, released, held = exchange.output(), 0, []
    for seen, character in enumerate(prose, 1):
        released += len(out.feed(character))
        held.append(seen - released)
    assert sum(held) / len(held) < 8
    assert max(held) < 32


def test_a_prompt_longer_than_what_is_held_is_hidden_in_parts() -> None:
    long = " ".join(f"rule{number} says{number % 7} thus" for number in range(1500))
    exchange = MASKING.start()
    exchange.check_input([Segment("system", long)])
    for step in (len(long), 997, 31):
        out = exchange.output()
        text = "".join(out.feed(long[at : at + step]) for at in range(0, len(long), step)) + out.finish()
        assert "rule" not in text.replace(HIDDEN, "")
        assert len(long) > 2 * HELD_AT_MOST


def seconds(made: Pipeline, text: str, step: int) -> float:
    exchange = made.start()
    exchange.check_input([Segment("system", text)])
    out, began = exchange.output(), thread_time()
    for at in range(0, len(text), step):
        out.feed(text[at : at + step])
    out.finish()
    return thread_time() - began


def test_a_leak_that_comes_in_small_pieces_takes_linear_time() -> None:
    short = " ".join(f"word{number}" for number in range(1000))
    long = " ".join(f"word{number}" for number in range(8000))
    assert min(seconds(MASKING, long, 5) for _ in range(3)) < 20 * min(
        seconds(MASKING, short, 5) for _ in range(3)
    )
