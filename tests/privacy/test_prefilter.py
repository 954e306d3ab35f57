"""One pass over the bytes wakes finders: never one too few."""

import re
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aboveboard.privacy._decoding import decode_marks
from aboveboard.privacy.patterns._engine import Engine, engine
from aboveboard.privacy.patterns._prefilter import HyperscanPrefilter, prefilter
from aboveboard.privacy.patterns._regions import CONTEXT, LONGEST_LEAD
from aboveboard.privacy.patterns._triggers import alternatives, is_beside
from aboveboard.privacy.patterns._windows import BEFORE
from aboveboard.privacy.patterns.families import FINDERS
from aboveboard.values import normalise

pytest.importorskip(
    "hyperscan", reason="no wheel of Hyperscan for this platform: `find` does without, slower"
)

EXAMPLES = [line.split("\t")[1] for line in (Path(__file__).parent / "examples.txt").read_text().splitlines()]
LABELS = (
    "username: gender: passport tax id account phone tel born DOB NHS BIC plate MRN age years old Mr. call"
)
GLUE = st.sampled_from(
    ["_", " ", "  ", "\n", ", ", ": ", '"', "-", ".", "/", "é", "谢", "\u200b", "x", "0", "A"]
)
TEXTS = st.one_of(
    st.lists(
        st.one_of(
            st.sampled_from(EXAMPLES),
            GLUE,
            st.sampled_from(LABELS.split()),
            st.from_regex(r"[0-9]{1,17}", fullmatch=True),
            st.text(max_size=5),
        ),
        max_size=9,
    ).map("".join),
    st.text(alphabet="0123456789 .-/+@:aAX", max_size=60),
    st.text(max_size=60),
)
EVERYWHERE = Engine(FINDERS, lambda triggers, labels: None)


def spans(found: Engine, text: str, start: int) -> set[tuple[int, int, str, float]]:
    return {(item.start, item.end, item.type, item.confidence) for item in found.candidates(text, start)}


@settings(deadline=None)  # the first call compiles
@given(TEXTS)
def test_with_and_without_hyperscan_the_same_is_found(text: str) -> None:
    text = normalise(text).text
    assert spans(engine(None), text, 0) == spans(EVERYWHERE, text, 0)


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_so_it_is_after_a_context(before: str, text: str) -> None:
    text, start = normalise(f"{before} {text}").text, len(normalise(before).text) + 1
    assert spans(engine(None), text, start) == spans(EVERYWHERE, text, start)


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_is_found_both_ways(example: str) -> None:
    text = normalise(decode_marks(f"é {example}").text).text
    found = spans(engine(None), text, 0)
    assert found
    assert found == spans(EVERYWHERE, text, 0)


@pytest.mark.parametrize("finder", FINDERS, ids=[f"{n}-{each.type}" for n, each in enumerate(FINDERS)])
def test_a_trigger_is_written_in_what_both_engines_share(finder: object) -> None:
    trigger = str(getattr(finder, "trigger", ""))
    assert trigger, "without a trigger a finder is tried on every number"
    re.compile(trigger.encode("latin-1"))
    HyperscanPrefilter([trigger])


LABELS_TRIGGERS = [finder.trigger for finder in FINDERS if finder.digits and not finder.inside]


@pytest.mark.parametrize("trigger", LABELS_TRIGGERS)
def test_a_label_and_its_number_fit_into_one_window(trigger: str) -> None:
    parser = import_module("re._parser")
    for part in alternatives(trigger):
        assert is_beside(part) or parser.parse(part).getwidth()[1] <= BEFORE - CONTEXT - LONGEST_LEAD, part


def test_labels_are_told_beside_digits_at_least() -> None:
    found = prefilter(["name", "phone", "[0-9]{3}"], labels=[1])
    assert found is not None
    assert found.hits(b"name, phone") == [(4, 0)]
    assert found.hits(b"phone" + b" " * 107 + b"123") == [(5, 1), (115, 2)]


def test_every_end_of_every_match_is_a_hit() -> None:
    found = prefilter(["a{2,3}", "(?i)b"])
    assert found is not None
    assert found.hits(b"caaaB") == [(3, 0), (4, 0), (5, 1)]


def test_letters_beyond_ascii_match_in_both_cases() -> None:
    found = prefilter(["(?i)né[eà]"])
    assert found is not None
    assert [end for end, _ in found.hits("NÉE NÉÀ".encode("latin-1"))] == [3, 7]


def test_a_trigger_falls_into_its_alternatives() -> None:
    parts = list(alternatives(r"(?i)\b(?:a[|]|b(?:c|d)|(?:e|f)?g)|h\|"))
    assert parts == [rb"(?i)\ba[|]", rb"(?i)\bb(?:c|d)", rb"(?i)\b(?:e|f)?g", rb"(?i)h\|"]


def test_threads_share_a_prefilter() -> None:
    shared = engine(None)
    text = " ".join(EXAMPLES)
    alone = spans(shared, text, 0)
    with ThreadPoolExecutor(4) as pool:
        assert all(each == alone for each in pool.map(lambda _: spans(shared, text, 0), range(40)))
