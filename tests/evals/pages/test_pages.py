"""Pages of suites: anybody's has one, nothing is made up, and what lies outside the package stays there."""

from dataclasses import replace

import pytest

from aboveboard.evals import About, DataUnavailableError, Item, Options, Suite, load_suite
from aboveboard.evals.pages import (
    UNTOLD,
    Code,
    Page,
    Points,
    Recorded,
    Section,
    Table,
    Text,
    Timing,
    as_markdown,
    duration,
    facts_of,
    index_page,
    page_of,
    recorded_timings,
)
from aboveboard.models import Message

LEAK = load_suite("privacy.leak")
BARE = replace(LEAK, about=None)
TIMING = Timing("1", "b", "sha256:0", 10, 0, 0, 30.0, 20.0, {"privacy.leak.rate": (0.5, 0.25, 0.75)})


def timed(timing: Timing) -> Recorded:
    return Recorded("a small machine", "python timings.py", "2026-01-02", "quick", {"privacy.leak": timing})


def with_prompts(*prompts: str) -> Suite:
    def generate(_: Options) -> list[Item]:
        messages = tuple(Message("user", prompt) for prompt in prompts)
        return [Item("only", messages, "generate", "only")]

    return replace(BARE, generate=generate)


def test_a_suite_that_says_nothing_of_itself_has_a_page_that_says_so() -> None:
    facts = facts_of(BARE)
    assert (facts.data, facts.needs, facts.cluster) == (UNTOLD, UNTOLD, UNTOLD)
    assert facts.what == BARE.title
    assert facts.sizes is not None
    assert (facts.sizes.quick, facts.sizes.full) == (32, 128)
    text = as_markdown(page_of(facts))
    assert f"`privacy.leak.rate`: {UNTOLD}" in text
    assert BARE.source in text


def test_a_suite_whose_data_are_missing_tells_neither_size_nor_example() -> None:
    def nothing(_: Options) -> list[Item]:
        raise DataUnavailableError("not here", where="x", cure="y")

    facts = facts_of(replace(BARE, generate=nothing))
    assert facts.sizes is None
    assert facts.example == ()
    text = as_markdown(page_of(facts))
    assert "not known before its data are there" in text
    assert "None can be shown before its data are there." in text


def test_where_a_suite_invents_an_example_no_item_of_its_data_is_shown() -> None:
    def of_the_data(_: Options) -> list[Item]:
        raise AssertionError("the data were read")

    invented = Item("i", (Message("user", "An invented question?"),), "generate", "i")
    about = About(what="w", sizes=(10, 20), example=lambda: invented)
    text = as_markdown(page_of(facts_of(replace(LEAK, generate=of_the_data, about=about))))
    assert "Invented, of the shape of the data's:" in text
    assert "An invented question?" in text
    assert "10 requests in the profile quick, 20 in full" in text


def test_a_long_example_is_shortened_in_the_middle_and_at_its_end() -> None:
    facts = facts_of(with_prompts(*("word " * 500 for _ in range(40)), "the question itself"))
    assert len(facts.example) == 7
    assert facts.example[4].text == "35 turns"
    assert facts.example[-1].text == "the question itself"
    assert all(len(turn.text) <= 402 for turn in facts.example)


def test_a_time_is_told_with_machine_command_and_day() -> None:
    text = as_markdown(page_of(facts_of(LEAK, timed(TIMING)), timed(TIMING)))
    assert "2 s of one processor a request; quick 64 s, full 4 min" in text
    assert "on a small machine: `python timings.py`, 2026-01-02" in text
    assert "| `privacy.leak.rate` | 0.500 | 0.250 … 0.750 |" in text


def test_values_stand_in_the_order_of_the_measures_and_large_ones_without_needless_digits() -> None:
    found = {"privacy.leak.rate": (0.5, 0.25, 1015.0321), "privacy.leak.also": (0.1, 0.0, 0.2)}
    suite = replace(LEAK, measures=(replace(LEAK.measures[0], id="privacy.leak.also"), *LEAK.measures))
    told = timed(replace(TIMING, values=found))
    text = as_markdown(page_of(facts_of(suite, told), told))
    assert "| `privacy.leak.rate` | 0.500 | 0.250 … 1,015.0 |" in text
    assert text.index("| `privacy.leak.also` | 0.100") < text.index("| `privacy.leak.rate` | 0.500")


def test_the_time_of_another_version_is_not_told() -> None:
    old = timed(replace(TIMING, version="0"))
    assert "not timed in this version" in as_markdown(page_of(facts_of(LEAK, old), old))


@pytest.mark.parametrize(
    ("seconds", "told"), [(0, "0 s"), (1.23, "1.2 s"), (60, "60 s"), (600, "10 min"), (7200, "2.0 h")]
)
def test_durations_read_as_people_say_them(seconds: float, told: str) -> None:
    assert duration(seconds) == told


def test_markdown_keeps_tables_and_fences_whole() -> None:
    blocks = (Text("t"), Points(("a", "b")), Table(("x",), (("1|2\n3",),)), Code("text", "```\nin\n```"))
    text = as_markdown(Page("p", "l", (Section("s", blocks),)))
    assert "| 1\\|2 3 |" in text
    assert "````text\n```\nin\n```\n````" in text
    assert text.startswith("# p\n\nl\n\n## s\n\nt\n\n- a\n- b\n")


def test_the_index_folds_suites_by_family() -> None:
    text = index_page([facts_of(LEAK), facts_of(load_suite("truth.false_premise"))])
    assert text.index("## Privacy") < text.index("[`privacy.leak`](privacy.leak.md)") < text.index("## Truth")


def test_what_was_recorded_is_of_one_processor_and_of_requests_that_were_made() -> None:
    recorded = recorded_timings()
    assert recorded.suites
    assert all(each.requests > 0 and each.cpu_seconds > 0 for each in recorded.suites.values())
