"""What an assistant is not for gets a stated answer; everything else goes on as it came."""

import csv
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aboveboard.guards import (
    Action,
    Checked,
    ConfiguredGuard,
    GuardContext,
    GuardOptionError,
    Pipeline,
    Segment,
    build_pipeline,
)
from aboveboard.guards._scope import ScopeGuard
from aboveboard.guards._scope_model import FLOOR, controlled
from aboveboard.testing import GuardConformance

HERE = Path(__file__).parent
ANSWER = "I can only help with housing benefit."


def table(name: str) -> list[tuple[str, str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [(rule, kind, text) for rule, kind, text in rows[1:]]


WRITTEN = table("scope_rules.tsv")


def rule(name: str, **more: Any) -> dict[str, Any]:
    texts = {
        kind: [text for which, each, text in WRITTEN if (which, each) == (name, kind)]
        for kind in ("deny", "allow")
    }
    return {"name": name, "examples": texts, **more}


LEGAL = rule("legal-advice", deny=["lawsuit", "evict*", "legal action"], allow=["advice centre"])
OPTIONS = {"rules": [LEGAL, rule("medical", answer="Ask a doctor.")], "answer": ANSWER}
GUARD = ScopeGuard(OPTIONS)


class TestScope(GuardConformance):
    guard_class = ScopeGuard
    options: ClassVar[dict[str, Any]] = OPTIONS
    matching: ClassVar[tuple[str, ...]] = ("Should I sue my landlord?",)


def pipeline(action: Action | None = None, guard: ScopeGuard = GUARD) -> Pipeline:
    return Pipeline([ConfiguredGuard(guard, ("input",), action, timeout_ms=5000)])


def asked(text: str, action: Action | None = None, guard: ScopeGuard = GUARD) -> Checked:
    return pipeline(action, guard).start().check_input([Segment("user", text)])


def counts(checked: Checked) -> dict[str, int]:
    return dict(checked.outcomes[0].counts)


def test_a_request_out_of_scope_gets_the_stated_answer_and_no_model_is_asked() -> None:
    checked = asked("Should I sue my landlord over this?")
    assert (checked.supportive_text, checked.action) == (ANSWER, Action.REPLACE)
    assert [segment.text for segment in checked.segments] == ["Should I sue my landlord over this?"]


def test_a_rule_may_have_an_answer_of_its_own() -> None:
    assert asked("What dose of ibuprofen can I take today?").supportive_text == "Ask a doctor."


@pytest.mark.parametrize("text", ["How do I apply for housing benefit?", "hello", "", "谢谢", "x" * 9000])
def test_what_is_in_scope_goes_on_as_it_came(text: str) -> None:
    checked = asked(text)
    assert (checked.supportive_text, checked.action) == (None, Action.ALLOW)


def test_the_record_names_rule_and_nearest_example_and_no_word_of_the_user() -> None:
    found = counts(asked("Should I sue my landlord over this?"))
    assert set(found) == {"legal-advice", "legal-advice.deny-1"}


def test_a_phrase_is_enough_and_says_so() -> None:
    assert set(counts(asked("They filed a lawsuit, where is the form?"))) == {
        "legal-advice",
        "legal-advice.phrase",
    }
    assert "legal-advice.phrase" in counts(asked("are they EVICT\u200bING us all"))
    assert not counts(asked("the lawsuits of the neighbours are in the paper"))


def test_an_allowed_phrase_stands_before_all_in_its_sentence_alone() -> None:
    assert asked("Is there an advice centre for evictions?").action is Action.ALLOW
    both = "Is there an advice centre near my home now? They want to evict all of us from here."
    assert asked(both).action is Action.REPLACE


@pytest.mark.parametrize("action", [Action.BLOCK, Action.HOLD])
def test_the_charter_may_ask_for_more(action: Action) -> None:
    checked = asked("Should I sue my landlord?", action)
    assert (checked.action, checked.supportive_text) == (action, None)


def test_the_charter_may_ask_for_a_note_alone() -> None:
    checked = asked("Should I sue my landlord?", Action.ANNOTATE)
    assert (checked.action, checked.supportive_text) == (Action.ANNOTATE, None)
    assert counts(checked)


def test_an_escalation_states_the_answer_too() -> None:
    checked = asked("Should I sue my landlord?", Action.ESCALATE)
    assert (checked.action, checked.supportive_text) == (Action.ESCALATE, ANSWER)


@pytest.mark.parametrize("action", ["replace", "escalate", "block", "hold"])
def test_a_person_in_need_is_helped_whatever_the_scope(action: str, entry: Any) -> None:
    guards = [entry("scope", ("input",), action, options=OPTIONS), entry("crisis", ("input",), "escalate")]
    for order in (guards, guards[::-1]):
        text = "Should I sue my landlord? I want to kill myself."
        checked = build_pipeline(order).start().check_input([Segment("user", text)])
        assert checked.action is Action.ESCALATE
        assert checked.supportive_text
        assert "findahelpline" in checked.supportive_text


def test_a_block_of_another_guard_lets_no_stated_answer_out(entry: Any) -> None:
    guards = [entry("scope", options=OPTIONS), entry("secrets", ("input",), "block")]
    text = "Should I sue my landlord? My key is sk_live_" + "aB3dE5gH7jK9mN1p"
    checked = build_pipeline(guards).start().check_input([Segment("user", text)])
    assert (checked.action, checked.supportive_text) == (Action.BLOCK, None)


def test_only_the_message_being_answered_is_judged() -> None:
    segments = [
        Segment("system", "Should I sue my landlord?"),
        Segment("user", "Should I sue my landlord?"),
        Segment("assistant", ANSWER),
        Segment("user", "Then how do I apply for housing benefit?"),
    ]
    assert pipeline().start().check_input(segments).action is Action.ALLOW


def test_a_sentence_within_a_long_message_is_found() -> None:
    filler = "How do I apply for housing benefit, and which documents do I need for my claim? " * 20
    checked = asked(f"{filler}Should I sue my landlord? {filler}")
    assert checked.action is Action.REPLACE


def test_a_rule_with_few_examples_says_that_it_is_uncalibrated(caplog: pytest.LogCaptureFixture) -> None:
    few = rule("legal-advice")
    few["examples"] = {kind: texts[:4] for kind, texts in few["examples"].items()}
    guard = ScopeGuard({"rules": [few]})
    assert "uncalibrated" in caplog.text
    assert guard.models[0].threshold == FLOOR
    assert "legal-advice.uncalibrated" in counts(asked("Should I sue my landlord?", None, guard))


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=60), st.sampled_from([0.05, 0.1, 0.2, 0.4]))
def test_the_controlled_threshold_is_the_least_that_keeps_the_bound(
    scores: list[float], share: float
) -> None:
    limit = controlled(scores, share)
    if limit is None:
        assert 1 / (len(scores) + 1) > share
        return
    refused = sum(score >= limit for score in scores)
    assert (refused + 1) / (len(scores) + 1) <= share + 1e-9
    below = [score for score in scores if score < limit]
    if below:
        assert (sum(score >= max(below) for score in scores) + 1) / (len(scores) + 1) > share


def test_it_is_as_sure_as_the_docs_say_on_sentences_it_was_not_made_with() -> None:
    held_out = table("scope_held_out.tsv")
    guard = ScopeGuard({"rules": [rule("legal-advice"), rule("medical")]})
    refused = {
        kind: [
            asked(text, None, guard).action is Action.REPLACE for _, each, text in held_out if each == kind
        ]
        for kind in ("deny", "allow")
    }
    assert sum(refused["deny"]) / len(refused["deny"]) >= 0.25
    assert sum(refused["allow"]) / len(refused["allow"]) <= 0.15


def test_no_sentence_is_both_an_example_and_held_out() -> None:
    examples = {text.lower() for _, _, text in WRITTEN}
    assert not examples & {text.lower() for _, _, text in table("scope_held_out.tsv")}


def test_fitting_twice_gives_the_same() -> None:
    again = ScopeGuard(OPTIONS)
    assert [model.weights for model in again.models] == [model.weights for model in GUARD.models]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(["sue ", "my. ", "landlord? ", "\n", "\u200b", "word " * 40, "evict ", "x"]),
        max_size=30,
    )
)
def test_findings_lie_within_any_text(parts: list[str]) -> None:
    text = "".join(parts)
    for finding in GUARD.check(Segment("user", text), GuardContext(mode="input")).findings:
        assert 0 <= finding.start < finding.end <= len(text)


EXAMPLES = rule("legal-advice")["examples"]
WRONG: list[tuple[dict[str, Any], tuple[Any, ...]]] = [
    ({"rules": [{"name": "a"}]}, ("rules", 0)),
    ({"rules": [{"name": "a", "examples": {"deny": ["x"], "allow": []}}]}, ("rules", 0, "examples", "deny")),
    ({"rules": [rule("medical"), rule("medical")]}, ("rules", 1, "name")),
    ({"rules": [{"name": "A b", "examples": EXAMPLES}]}, ("rules", 0, "name")),
    ({"rules": [{"name": "a", "examples": EXAMPLES, "deny": ["*"]}]}, ("rules", 0, "deny", 0)),
    ({"rules": [{"name": "a", "examples": EXAMPLES, "forbid": []}]}, ("rules", 0, "forbid")),
    ({"rules": "legal"}, ("rules",)),
    ({"rules": ["legal"]}, ("rules", 0)),
    ({"answer": 5}, ("answer",)),
    ({"refused_in_error": 0.9}, ("refused_in_error",)),
    ({"threshold": 1}, ("threshold",)),
]


@pytest.mark.parametrize(("options", "path"), WRONG)
def test_a_flaw_has_its_place_and_the_guard_refuses_it(
    options: dict[str, Any], path: tuple[Any, ...]
) -> None:
    assert path in [flaw.path for flaw in ScopeGuard.flaws(options)]
    with pytest.raises(GuardOptionError):
        ScopeGuard(options)
