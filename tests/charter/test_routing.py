"""What a charter can say about routing, and what it cannot."""

from datetime import timedelta
from pathlib import Path

import pytest

from aboveboard.charter import Charter, CharterError, Known, diff, explain, parse_charter

HEAD = """\
charter: 1
system: {name: Desk, purpose: Answers., context: general}
roles: {accountable: {title: Head, contact: head@example.org}}
models: [{id: big, provider: fake}, {id: small, provider: fake, role: other}]
defaults: {promises: false, guards: false}
"""
KNOWN = Known(measures=frozenset(), guards=frozenset(), providers=frozenset({"fake"}))


def charter(routing: str = "") -> Charter:
    return parse_charter(HEAD + (f"routing: {{{routing}}}\n" if routing else ""), KNOWN)


def problem(routing: str) -> str:
    with pytest.raises(CharterError) as raised:
        charter(routing)
    return str(raised.value)


def test_nothing_falls_over_and_nothing_is_remembered_unless_it_is_written() -> None:
    routing = charter().routing
    assert (routing.fallback, routing.auto, routing.cache.exact) == ((), None, None)


def test_all_that_can_be_said() -> None:
    routing = charter(
        "fallback: [small, big], within: 1m, circuit: {share: 0.2, calls: 5, window: 2m, rest: 10s},"
        " auto: {id: best, among: [small, big]}, cache: {exact: 1h, always: true, most: 10}"
    ).routing
    assert routing.fallback == ("small", "big")
    assert routing.auto and (routing.auto.id, routing.auto.among) == ("best", ("small", "big"))
    assert routing.circuit.window == timedelta(minutes=2)
    assert (routing.cache.exact, routing.cache.most) == (timedelta(hours=1), 10)


@pytest.mark.parametrize(
    ("routing", "found"),
    [
        ("fallback: [smal]", "unknown model 'smal'"),
        ("fallback: [big, big]", "duplicate item 'big'"),
        ("auto: {among: [gig]}", "unknown model 'gig'"),
        ("auto: {among: []}", "the list is empty"),
        ("auto: {id: big, among: [small]}", "a model is called 'big' already"),
        ("within: 0s", "no time at all"),
        ("circuit: {window: 0m}", "no time at all"),
        ("circuit: {share: 0}", "0.01"),
        ("cache: {exact: 0d}", "no time at all"),
        ("cache: {exact: soon}", "duration"),
        ("cache: {reworded: true}", "for no time"),
        ("fallbacks: [big]", "did you mean 'fallback'"),
    ],
)
def test_what_cannot_be(routing: str, found: str) -> None:
    assert found in problem(routing)


def test_a_name_for_the_choice_that_a_model_has_is_refused_also_when_it_is_not_written() -> None:
    text = HEAD.replace("id: big", "id: auto") + "routing: {auto: {among: [small]}}\n"
    with pytest.raises(CharterError, match="a model is called 'auto' already"):
        parse_charter(text, KNOWN)


def test_it_is_part_of_the_digest_and_shows_in_a_comparison() -> None:
    before, after = charter(), charter("fallback: [small]")
    assert before.digest != after.digest
    assert [change.path for change in diff(before, after)] == ["routing.fallback"]


def test_it_is_explained() -> None:
    words = " ".join(
        explain(charter("fallback: [small], auto: {among: [small, big]}, cache: {exact: 1h}")).split()
    )
    assert "asked in its place, in this order: small." in words
    assert "Who asks for auto gets the cheapest of small or big whose promises are all kept." in words
    assert "the same answer again for 1 hour" in words
    assert "courtesy" not in words
    assert "in words of courtesy alone" in explain(charter("cache: {exact: 1h, reworded: true}"))


def test_the_pages_example_is_a_charters() -> None:
    page = (Path(__file__).parents[2] / "docs" / "reference" / "upstreams.md").read_text(encoding="utf-8")
    example = page.partition("```yaml\n")[2].partition("```")[0]
    head = "\n".join(line for line in HEAD.splitlines() if not line.startswith("models"))
    known = Known(measures=frozenset(), guards=frozenset(), providers=frozenset({"openai", "local"}))
    routing = parse_charter(f"{head}\n{example}", known).routing
    assert (routing.fallback, routing.cache.exact) == (("small", "big"), timedelta(hours=1))
