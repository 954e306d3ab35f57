"""Names in text: the same however it comes, in any script, within bounds."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aboveboard.errors import UnknownNameError
from aboveboard.privacy import find
from aboveboard.privacy.streams import kept, settled_findings, settled_personal_data
from aboveboard.privacy.tagger import NAME_TYPES, _finder, find_names, find_names_many, settled_names
from aboveboard.privacy.tagger._features import PIECE_ROWS, WORD_ROWS
from aboveboard.privacy.tagger._reader import LONGEST_READ, Reader
from aboveboard.privacy.tagger._weights import TAGS, build_weights

WORDS = st.sampled_from(
    ["Ann", "Jürgen", "lives", "in", "New", "York", ",", ".", "\n", "  ", "12", "½", "ﬁ", "Main", "St",
     "\u200b", "O'Hara", "東京", "ΛΕΥΚΩΣΙΑ", "a" * 40, "e\u0301", "\ud800", "AG", "-" * 30]
)  # fmt: skip
ESCAPES = st.sampled_from(
    ["&#65;nna", "Schm\\u0069dt", "Ann%20Roe", "%2520", "&#37;20", "&uuml;", "\\\\u00fc", "=C3=BC", "\\",
     "Bob[at]x", "(dot)y", "=?utf-8?Q?J=C3=BCrgen_Roe?=", "=?UTF-8?B?SsO8cmdlbiBNw7xsbGVy?=", "%", "&", "x=4",
     "%CC%81"]
)  # fmt: skip
TEXTS = (
    st.lists(WORDS | st.text(max_size=6), max_size=120).map(" ".join)
    | st.lists(WORDS | ESCAPES | st.sampled_from([" ", " lives in "]), max_size=60).map("".join)
    | st.text(max_size=60)
)


def wild_reader() -> Reader:
    """A network of random weights: it names far more than any trained one, so runs meet every cut."""
    draw = np.random.default_rng(3)
    arrays = {
        "words": draw.integers(-127, 128, (WORD_ROWS, 8)).astype(np.int8),
        "pieces": draw.integers(-127, 128, (PIECE_ROWS, 8)).astype(np.int8),
        "layers": np.int16(2),
        "sureness": np.tile(np.array([1, 0, 0, -1], np.float32), (4, 1)),
        "threshold": np.float64(0.6),
        "offsets0": np.array([-2, 0, 1], np.int16),
        "matrices0": draw.integers(-127, 128, (3, 8, 6)).astype(np.int8),
        "factor0": np.full(6, 0.02, np.float32),
        "bias0": np.full(6, 20, np.float32),
        "offsets1": np.array([-1, 0, 1], np.int16),
        "matrices1": draw.integers(-127, 128, (3, 6, len(TAGS))).astype(np.int8),
        "factor1": np.full(len(TAGS), 0.01, np.float32),
        "bias1": np.array([-20, *[-30, 60] * 4], np.float32),
    }
    return Reader(build_weights({name: np.asarray(array) for name, array in arrays.items()}))


WILD = wild_reader()


@pytest.fixture(params=["trained", "wild"], scope="class")
def reader(request: pytest.FixtureRequest) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "wild":
            patch.setattr(_finder, "reader", lambda: WILD)
        yield


@pytest.mark.usefixtures("reader")
class TestAnyText:
    @given(TEXTS)
    def test_spans_are_within_bounds_in_order_and_apart(self, text: str) -> None:
        end = 0
        for item in find_names(text):
            assert end <= item.start < item.end <= len(text)
            assert item.type in NAME_TYPES and 0 <= item.confidence <= 1
            end = item.end

    @given(TEXTS, st.lists(st.integers(1, 40), min_size=1, max_size=60))
    @settings(max_examples=200)
    def test_a_stream_is_read_as_the_whole_however_it_is_cut(self, text: str, sizes: list[int]) -> None:
        assert list(_streamed(text, sizes)) == find_names(text)

    @given(st.lists(TEXTS, max_size=6))
    def test_many_are_read_as_each_alone(self, texts: list[str]) -> None:
        assert find_names_many(texts) == [find_names(text) for text in texts]

    @given(TEXTS, TEXTS)
    def test_what_is_settled_stays(self, text: str, more: str) -> None:
        end = max(settled_names(text), default=0)
        settled = [item for item in find_names(text) if item.end <= end]
        assert [item for item in find_names(text + more) if item.start < end] == settled

    def test_a_long_text_is_read_as_its_beginning_is(self) -> None:
        part = "Ann Schmidt lives in Berlin, e\u0301t ﬁ ½ and 12 Main Street\n" * 150
        assert len(part) > LONGEST_READ / 2
        long = part * 6
        once, found = find_names(part), find_names(long)
        assert found[: len(once) // 2] == once[: len(once) // 2]
        assert find_names(long, start=len(part) * 5)[-3:] == found[-3:]


def _streamed(text: str, sizes: list[int]) -> Iterator[object]:
    """What is found when the text comes in pieces and only as much is kept as must be."""
    given, origin, start, at = "", 0, 0, 0
    while at < len(text):
        size = sizes[at % len(sizes)]
        given += text[at : at + size]
        at += size
        is_end = at >= len(text)
        end = len(given) if is_end else max(settled_names(given, start), default=start)
        for item in find_names(given, start=start, end=end):
            yield item.moved(origin)
        context = end - len(kept(given[:end]))
        given, origin, start = given[context:], origin + context, end - context


def test_a_text_that_grows_is_settled_but_for_a_window_and_one_finding() -> None:
    text = "The report was late and nobody read it until the next day. " * 20
    assert len(text) - max(settled_names(text)) < 60


def test_only_the_types_asked_for_are_found() -> None:
    text = "My name is Anna Schmidt and I live in Berlin."
    everything = find_names(text)
    assert {item.type for item in everything} == {"person", "place"}
    assert find_names(text, ["person"]) == [item for item in everything if item.type == "person"]
    assert find_names_many([text, text], ("place",))[1] == find_names(text, ["place"])


def test_an_unknown_type_is_refused_by_name() -> None:
    with pytest.raises(UnknownNameError, match="unknown type of name 'persn'"):
        find_names("Ann", ["persn"])
    with pytest.raises(UnknownNameError):
        find_names_many([], ["persn"])


@pytest.mark.parametrize(
    "text", ["my name is anna schmidt", "MY NAME IS ANNA SCHMIDT", "My name is An\u200bna Schmidt"]
)
def test_case_and_hidden_characters_hide_no_name(text: str) -> None:
    (found,) = find_names(text)
    assert (found.start, found.end, found.type) == (11, len(text), "person")


@pytest.mark.parametrize(
    "name",
    [
        "Anna\\u0020Schm\\u0069dt",
        "&#65;nna&nbsp;Schmidt",
        "&#65;&#110;&#110;&#97;&#32;&#83;&#99;&#104;&#109;&#105;&#100;&#116;",
        "Anna%20Schmidt",
        "An%25%36%45a Schmidt",
        "=?utf-8?Q?J=C3=BCrgen_M=C3=BCller?=",
        "J%C3%BCrgen%20M%C3%BCller",
        "An\u200bna&#32;Schm\\u200bidt",
    ],
)
def test_escapes_hide_no_name(name: str) -> None:
    text = f"My name is {name} and I live here."
    (found,) = find(text, ["person"])
    assert (found.start, found.end) == (11, 11 + len(name))
    assert find_names_many([text, text], ["person"]) == [find_names(text, ["person"])] * 2


def test_two_names_in_one_escape_are_one_finding() -> None:
    text = "From: =?utf-8?Q?Anna_Schmidt,_J=C3=BCrgen_M=C3=BCller?= wrote"
    assert [(item.start, item.end) for item in find_names(text, ["person"])] == [(6, 55)]


def test_what_was_found_on_the_way_is_what_is_found_up_to_there() -> None:
    text = "Ask An&#110;a Schmidt in Leeds, +44 20 7946 0958, and then nobody else for a while, at all."
    for types in (None, ["person", "email"], ["phone"]):
        end, found = settled_findings(text, types)
        assert (end, found) == (settled_personal_data(text, types), find(text, types, 0, end))
        assert end and found


def test_more_words_than_the_table_holds_are_read_as_before() -> None:
    names = "Anna Schmidt lives in Berlin. "
    before = find_names(names)
    for start in range(0, 60_000, 2_000):
        find_names(" ".join(f"w{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676)}"
                            for n in range(start, start + 2_000)))  # fmt: skip
    assert find_names(names) == before


def test_threads_share_what_was_learned_of_words() -> None:
    names = product(("Ann", "Bo", "Li"), ("Ek", "Wu", "Ray"), ("Rome", "Oslo", "Bonn"))
    texts = [f"{first} {last} lives in {place}" for first, last, place in names]
    expected = [find_names(text) for text in texts]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(find_names, texts * 4)) == expected * 4
