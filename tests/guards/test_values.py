"""The values of an exchange: masked on the way in, and shown again to those who may see them."""

import json
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aboveboard.guards import Segment, SegmentRole
from aboveboard.guards._values import Values
from aboveboard.privacy import PersonalData, find

MAIL = "john@example.com"


def values(*texts: str, role: SegmentRole = "user") -> tuple[Values, list[str]]:
    made = Values(restores=True)
    return made, [made.mask(Segment(role, text), find(text)) for text in texts]


def restored(made: Values, *pieces: str, is_json: bool = False) -> str:
    stream = made.restorer(is_json=is_json)
    if stream is None:
        return "".join(pieces)
    return "".join(map(stream.feed, pieces)) + stream.finish()


@pytest.mark.parametrize(
    "written", ["<EMAIL_1>", "<email_1>", "< EMAIL_1 >", "<EMAIL 1>", "<EMAIL\\_1>", "&lt;EMAIL_1&gt;"]
)
def test_small_changes_a_model_makes_are_understood(written: str) -> None:
    made, _ = values(MAIL)
    assert restored(made, f"to {written}.") == f"to {MAIL}."


@pytest.mark.parametrize("written", ["EMAIL_1", "<EMAIL_2>", "<EMAIL>", "<EMAIL_1", "<EMAIL_1_2>"])
def test_what_may_mean_something_else_is_left_alone(written: str) -> None:
    made, _ = values(MAIL)
    assert restored(made, written) == written


def test_a_bare_number_in_json_becomes_a_string() -> None:
    _, (masked,) = values('{"card": 4111111111111111}', role="tool-call")
    assert json.loads(masked) == {"card": "<CARD_1>"}


def test_brackets_do_not_disclose_a_value_that_is_not_for_the_reader() -> None:
    made = Values(restores=True)
    masked = made.mask(Segment("tool-result", "<SSN 536904399> <A_1>"), [PersonalData(5, 14, "ssn")])
    assert "536904399" not in masked + restored(made, masked)
    assert not made.knows("536904399")


def test_its_representation_shows_no_value() -> None:
    made, _ = values(MAIL)
    assert MAIL not in repr(made)


EXTENDED = [
    "<EMAIL_1>.their.site",
    "<EMAIL_1>x.their.site",
    "<EMAIL_1>-é.site",
    "<EMAIL_1>。site",
    "<EMAIL_1>\\.site",
    "<EMAIL_1>\\u002esite",
    "<EMAIL_1>&#46;site",
    "<EMAIL_1>&period;site",
    "<EMAIL_1>%2esite",
    "<EMAIL_1>\u200b.site",
    "<EMAIL_1>@their.site",
    "<EMAIL_1>&#x40;their.site",
    "< email_1 >.their.site",
]


@pytest.mark.parametrize("written", EXTENDED)
@pytest.mark.parametrize("is_json", [True, False])
def test_no_value_becomes_a_part_of_somebody_elses_address_however_it_is_cut(
    written: str, is_json: bool
) -> None:
    made, _ = values(MAIL)
    text = f"to {written} now"
    assert restored(made, text, is_json=is_json) == text
    assert restored(made, *text, is_json=is_json) == text
    for place in range(1, len(text)):
        assert restored(made, text[:place], text[place:], is_json=is_json) == text


@pytest.mark.parametrize("after", [".", ". Then", ", and", "!", "'s", "-", "\\", "&", "%", " .x", "…", ""])
def test_the_end_of_a_sentence_is_no_address(after: str) -> None:
    made, _ = values(MAIL)
    assert restored(made, *f"to <EMAIL_1>{after}") == f"to {MAIL}{after}"


AFTER = st.text(alphabet="<EMAIL_1>.@\\&#46;%2eu0periodx \u00ad", max_size=24)


@settings(deadline=None, max_examples=300)
@given(AFTER, st.lists(st.integers(1, 6), min_size=1, max_size=8))
def test_what_comes_back_does_not_depend_on_the_cut(after: str, sizes: list[int]) -> None:
    made, _ = values(MAIL)
    text, places = f"<EMAIL_1>{after}<EMAIL_1>{after}", [0]
    while places[-1] < len(text):
        places.append(places[-1] + sizes[len(places) % len(sizes)])
    pieces = [text[start:end] for start, end in pairwise(places)]
    assert restored(made, *pieces) == restored(made, text)


def seconds(made: Values) -> float:
    began = time.thread_time()
    for number in range(20_000):
        made.knows(f"z{number}")
    return time.thread_time() - began


def test_looking_up_a_value_costs_the_same_however_many_there_are() -> None:
    few, many = Values(restores=True), Values(restores=True)
    for made, count in ((few, 100), (many, 20_000)):
        text = " ".join(f"a{number:05}@b.co" for number in range(count))
        spans = [PersonalData(at, at + 11, "email") for at in range(0, len(text), 12)]
        made.mask(Segment("user", text), spans)
    assert many.knows("a19999@b.co")
    assert min(seconds(many) for _ in range(3)) < 20 * min(seconds(few) for _ in range(3)) + 0.005
