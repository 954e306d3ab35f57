"""What a charter can say about monitoring, and what it cannot."""

import pytest

from aboveboard.charter import Charter, CharterError, DriftRule, Known, diff, explain, parse_charter

HEAD = """\
charter: 1
system: {name: Desk, purpose: Answers., context: general}
roles: {accountable: {title: Head, contact: head@example.org}}
models: [{id: big, provider: fake}]
defaults: {promises: false, guards: false}
"""
LIVE = 'promises: [{id: p, measure: m, must: "<= 0.1", when: [live], owner: accountable}]\n'
KNOWN = Known(measures=frozenset({"m"}), guards=frozenset(), providers=frozenset({"fake"}))


def charter(monitoring: str = "", promises: str = "") -> Charter:
    return parse_charter(HEAD + promises + (f"monitoring: {{{monitoring}}}\n" if monitoring else ""), KNOWN)


def test_nothing_is_watched_unless_it_is_written() -> None:
    assert charter().monitoring.drift == ()
    assert "WATCHED" not in explain(charter())


def test_all_that_can_be_said() -> None:
    found = charter(
        "probes: {share: 0.5, most_per_day: 7, tokens: 64, of: traffic},"
        " drift: [{quantity: refusal, baseline: 0.02}, {quantity: length, learn: 100, run_length: 500}]"
    ).monitoring
    assert (found.probes.share, found.probes.most_per_day) == (0.5, 7)
    assert (found.probes.tokens, found.probes.of) == (64, "traffic")
    assert found.drift == (DriftRule("refusal", 0.02), DriftRule("length", None, 100, 500))


@pytest.mark.parametrize(
    ("monitoring", "said"),
    [
        ("drift: [{quantity: mood}]", "mood"),
        ("drift: [{quantity: refusal, baseline: 2}]", "a share is from 0 to 1"),
        ("drift: [{quantity: length, learn: 3}]", "from 50"),
        ("drift: [{quantity: length}, {quantity: length}]", "length"),
        ("probes: {share: 2}", "from 0 to 1"),
        ("probe: {share: 1}", "did you mean 'probes'?"),
    ],
)
def test_what_makes_no_sense_is_refused(monitoring: str, said: str) -> None:
    with pytest.raises(CharterError) as raised:
        charter(monitoring)
    assert said in str(raised.value)


def test_it_is_told_in_plain_words() -> None:
    words = " ".join(explain(charter("drift: [{quantity: energy}]", LIVE)).split())
    assert "After 5 % of the answers, 200 times a day at most, the model is asked the same thing" in words
    assert "It is watched whether how much energy answers need changes." in words


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("", "probes: {share: 0.01}", "weaker"),
        ("", "probes: {most_per_day: 500}", "stronger"),
        ("", "probes: {of: traffic}", "changed"),
        ("drift: [{quantity: energy}]", "", "weaker"),
        ("", "drift: [{quantity: energy}]", "stronger"),
        ("drift: [{quantity: energy}]", "drift: [{quantity: energy, run_length: 90000}]", "weaker"),
    ],
)
def test_less_watching_is_weaker(before: str, after: str, kind: str) -> None:
    assert [each.kind for each in diff(charter(before), charter(after))] == [kind]
