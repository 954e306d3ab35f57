"""Names in text: the same however it comes, in any script, within bounds."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aboveboard.errors import UnknownNameError
from aboveboard.privacy._words import words_from
from aboveboard.privacy.tagger import NAME_TYPES, _finder, find_names, find_names_many, settled_names
from aboveboard.privacy.tagger._features import PIECE_ROWS, WORD_ROWS
from aboveboard.privacy.tagger._reader import LONGEST_READ, Reader
from aboveboard.privacy.tagger._weights import LABELS, build_weights

WORDS = st.sampled_from(
    ["Ann", "Jürgen", "lives", "in", "New", "York", ",", ".", "\n", "  ", "12", "½", "ﬁ", "Main", "St",
     "\u200b", "O'Hara", "東京", "ΛΕΥΚΩΣΙΑ", "a" * 40, "e\u0301", "\ud800", "AG", "-" * 30]
)  # fmt: skip
TEXTS = st.lists(WORDS | st.text(max_size=6), max_size=120).map(" ".join) | st.text(max_size=60)


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
        "matrices1": draw.integers(-127, 128, (3, 6, len(LABELS))).astype(np.int8),
        "factor1": np.full(len(LABELS), 0.01, np.float32),
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
    kept, origin, start, at = "", 0, 0, 0
    while at < len(text):
        size = sizes[at % len(sizes)]
        kept += text[at : at + size]
        at += size
        is_end = at >= len(text)
        end = len(kept) if is_end else max(settled_names(kept, start), default=start)
        for item in find_names(kept, start=start, end=end):
            yield item.moved(origin)
        context = words_from(kept, end)
        kept, origin, start = kept[context:], origin + context, end - context


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
