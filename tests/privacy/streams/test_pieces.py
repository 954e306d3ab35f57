"""A text that comes in pieces: what is found does not depend on where it was cut, names included."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from aboveboard.privacy import NAME_TYPES, TYPES, find
from aboveboard.privacy.streams import MOST_CONTEXT, kept, settled_personal_data

LINES = (Path(__file__).parents[1] / "examples.txt").read_text().splitlines()
EXAMPLES = [line.split("\t")[1] for line in LINES]
SAID = (
    "Ask Anna Schmidt, +44 20 7946 0958. Dr. Maria García lives in Leeds. \n 12 Mill Lane, LS1 4AP Leeds, "
    "Mr. Roe, born 12 March 1980, Siemens AG in München (“Rosa Lee”) ﬁ ½ e\u0301t 東京 李明 O'Hara A.B. Ann"
)
NAMED = SAID.split(" ")
GLUE = st.sampled_from(
    [" ", "  ", "\n", '"', "-", ".", ", ", "\u200b", "谢", "%40", "&#32;", "[at]", "=", "%20", "&#",
     "46;", "&#37;", "20", "\\u00", "fc", "(at)", "=?utf-8?Q?J=C3=BC", "rgen_Roe?=", "%CC%81",
     "=?UTF-8?B?SsO8cmdlbiBNw7xsbGVy?="]
)  # fmt: skip
TEXTS = st.one_of(
    st.lists(st.sampled_from(NAMED), max_size=60).map(" ".join),
    st.lists(st.one_of(st.sampled_from([*EXAMPLES, *NAMED]), GLUE, st.text(max_size=6)), max_size=20).map(
        "".join
    ),
    st.text(max_size=60),
)
SIZES = st.lists(st.integers(1, 40), min_size=1, max_size=20)
Found = tuple[int, int, str]


def in_pieces(text: str, sizes: list[int], types: tuple[str, ...]) -> Iterator[Found]:
    """What is found when each piece is judged as soon as it is settled, and no more is kept than must be."""
    before, done, seen, turn = "", 0, 0, 0
    while seen < len(text):
        seen, turn = min(len(text), seen + sizes[turn % len(sizes)]), turn + 1
        given, start = before + text[done:seen], len(before)
        end = len(given) if seen == len(text) else settled_personal_data(given, types, start)
        for item in find(given, types, start, end):
            yield item.start - start + done, item.end - start + done, item.type
        before, done = kept(given[:end]), done + end - start


def whole(text: str, types: tuple[str, ...]) -> list[Found]:
    return [(item.start, item.end, item.type) for item in find(text, types)]


@pytest.mark.parametrize("types", [TYPES, NAME_TYPES, ("person", "email", "date")])
@settings(deadline=None, max_examples=120)
@given(text=TEXTS, sizes=SIZES)
@example(
    text="谢" * 40 + "[at]b.org Ann 李" + "明" * 70 + " " + "Anna Schmidt lives in Leeds. " * 9, sizes=[1]
)
@example(text="Roe bornSWIFT code NWBK2L(at)=?UTF-8?B?SsO8cmdlbg==?= and then some more", sizes=[25])
def test_any_cutting_finds_what_the_whole_holds(text: str, sizes: list[int], types: tuple[str, ...]) -> None:
    assert list(in_pieces(text, sizes, types)) == whole(text, types)


FLOODS = {
    "unseen": "\u200b" * 20_000,
    "no spaces": "東京" * 6_000,
    "one word": "a" * 9_000 + " ",
    "escapes": "&#37;&#52;&#49;" * 900,
    "marks": "e\u0301" * 5_000 + " ",
    "rules": "-" * 9_000,
}


@pytest.mark.parametrize("flood", FLOODS.values(), ids=FLOODS)
@pytest.mark.parametrize("size", [977, 4_000])
def test_no_flood_washes_away_what_stood_before(flood: str, size: int) -> None:
    text = f"Dear Mr. Roe, passport no: {flood} X1234567, yours Anna Schmidt, Mill Lane 7, Leeds."
    assert list(in_pieces(text, [size], TYPES)) == whole(text, TYPES)


@pytest.mark.parametrize(
    "unit", ["\u200b", "東京", "a", "&#37;&#52;&#49;", "e\u0301", "-", "a b ", "Ann\u200b Roe, "]
)
def test_what_is_kept_is_bounded_however_long_the_text(unit: str) -> None:
    text = ""
    for _ in range(40):
        text = kept(text + (unit * 1_000)[:1_000])
    assert len(text) < MOST_CONTEXT + 400


@settings(deadline=None, max_examples=100)
@given(TEXTS, st.data())
def test_what_stands_behind_the_end_is_context_only(text: str, data: st.DataObject) -> None:
    end = data.draw(st.integers(0, len(text)))
    assert find(text, end=end) == [item for item in find(text) if item.start < end]
