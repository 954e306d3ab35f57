"""What became weaker is called weaker."""

import re

import pytest

from aboveboard.charter import Change, Charter, Known, diff, parse_charter

# what is written, what it becomes, the path of the change
WEAKENED = [
    ('must: ">= 0.80"', 'must: ">= 0.70"', "promises.hiring-impact-ratio.must"),
    ('must: ">= 0.80"', 'must: "> 0.79"', "promises.hiring-impact-ratio.must"),
    ("must: < 50%", "must: <= 50%", "promises.modest-energy.must"),
    ("must: < 50%", "must: < 0.51", "promises.modest-energy.must"),
    ("confidence: 0.9", "confidence: 0.8", "promises.hiring-impact-ratio.confidence"),
    ("when: [release, monthly, live]", "when: [release]", "promises.hiring-impact-ratio.when"),
    (
        "over: [gender, ethnicity, gender*ethnicity]",
        "over: [gender, ethnicity]",
        "promises.hiring-impact-ratio.over",
    ),
    ("if_broken: hold", "if_broken: warn", "promises.hiring-impact-ratio.if_broken"),
    ("if_broken: hold", "if_broken: fallback", "promises.hiring-impact-ratio.if_broken"),
    ("[same-effort]", "[same-effort, keeps-secrets]", "promises.keeps-secrets"),
    ("guards: true", "guards: [disclosure]", "guards.disclosure"),
    ("mode: [input, output]\n", "mode: [input]\n", "guards.personal-data.output"),
    ("action: mask\n    on_error", "action: annotate\n    on_error", "guards.personal-data.action"),
    ("on_error: closed", "on_error: open", "guards.personal-data.on_error"),
    ("timeout_ms: 70", "timeout_ms: 7", "guards.secrets.timeout_ms"),
    ("payloads: 14d", "payloads: 90d", "retention.payloads"),
    ("receipts: 3y", "receipts: 1y", "retention.receipts"),
    ("epsilon: 4.0", "epsilon: 8", "privacy_budgets.support-tickets.epsilon"),
    ("delta: 1e-6", "delta: 1e-5", "privacy_budgets.support-tickets.delta"),
    ("unit: user", "unit: record", "privacy_budgets.support-tickets.unit"),
    ("{support-tickets: {epsilon: 4.0, delta: 1e-6, unit: user}}", "{}", "privacy_budgets.support-tickets"),
    ("ai_notice: header+first-message", "ai_notice: header", "disclosure.ai_notice"),
    ("ai_notice: header+first-message", "ai_notice: none", "disclosure.ai_notice"),
    ("provenance: receipt", "provenance: none", "disclosure.provenance"),
    ("[EU, US-NYC, NO]", "[EU, US-NYC]", "system.jurisdictions"),
    ("[deciding entitlement, legal advice]", "[legal advice]", "system.not_for"),
    ("quorum: 2", "quorum: 1", "sign_off.quorum"),
    ("sign_off: {quorum: 2, from: [ethicist, legal, community]}", "", "sign_off"),
    ("obligations: [eu-product-liability]", "", "obligations"),
    ("on_timeout: withhold", "on_timeout: release", "oversight.hold.on_timeout"),
    ("on: [hold, hold-ended]", "on: [hold]", "webhooks"),
]

CHANGED = [
    ("name: Housing benefit helpdesk", "name: Desk", "system.name"),
    ("owner: fairness-lead", "owner: accountable", "promises.hiring-impact-ratio.owner"),
    ("restore: true", "restore: false", "guards.personal-data.options"),
    ("timeout_ms: 50", "timeout_ms: 60", "guards.personal-data.timeout_ms"),
    ("contact: fairness@example.org", "contact: x@example.org", "roles.fairness-lead.contact"),
    ("api_key_env: BIG_KEY", "api_key_env: OTHER", "models.big.api_key_env"),
    ("grid: FR", "grid: DE", "footprint.grid"),
    ("grid: FR", "grid: FR, wue: 0.4", "footprint.wue"),
    ("life_years: 6", "life_years: 6, embodied_kg: 320", "footprint.hardware.laptop-7.embodied_kg"),
    ("deadline: 2h", "deadline: 3h", "oversight.hold.deadline"),
    ("role: fairness-lead, deadline", "role: accountable, deadline", "oversight.hold.role"),
    ("secret_env: HOOK_SECRET", "secret_env: OTHER_SECRET", "webhooks.secret_env"),
    ("life_years: 6", "life_years: 7", "footprint.hardware.laptop-7.life_years"),
    (
        "measure: bias.hiring.impact_ratio",
        "measure: bias.hiring.selection_rate",
        "promises.hiring-impact-ratio.measure",
    ),
    ("reason: Because it matters.", "reason: Else.", "promises.hiring-impact-ratio.reason"),
]


def changes(old: Charter, new: Charter, path: str) -> list[Change]:
    return [change for change in diff(old, new) if change.path == path]


@pytest.mark.parametrize(
    ("right", "other", "path"), WEAKENED, ids=[f"{row[2]}-{row[1][:12]}" for row in WEAKENED]
)
def test_weaker_one_way_is_stronger_the_other(
    full_text: str, full: Charter, known: Known, right: str, other: str, path: str
) -> None:
    assert right in full_text
    weakened = parse_charter(full_text.replace(right, other, 1), known)
    assert {change.kind for change in changes(full, weakened, path)} == {"weaker"}
    assert {change.kind for change in changes(weakened, full, path)} == {"stronger"}


@pytest.mark.parametrize(("right", "other", "path"), CHANGED, ids=[row[2] for row in CHANGED])
def test_the_rest_has_changed(
    full_text: str, full: Charter, known: Known, right: str, other: str, path: str
) -> None:
    changed = parse_charter(full_text.replace(right, other, 1), known)
    assert [change.kind for change in diff(full, changed)] == ["changed"]
    assert changes(full, changed, path)


def test_a_charter_does_not_differ_from_itself(full: Charter) -> None:
    assert diff(full, full) == []


def test_a_bound_turned_round_is_weaker_both_ways(full_text: str, full: Charter, known: Known) -> None:
    turned = parse_charter(full_text.replace('must: ">= 0.80"', 'must: "<= 0.80"'), known)
    assert {change.kind for change in (*diff(full, turned), *diff(turned, full))} == {"weaker"}


def test_dropping_an_own_guard_falls_back_on_the_contexts(
    full_text: str, full: Charter, known: Known
) -> None:
    dropped = parse_charter(re.sub(r"  - {guard: secrets.*\n", "", full_text), known)
    kinds = {change.path: change.kind for change in diff(full, dropped)}
    assert kinds["guards.secrets.action"] == "weaker"  # block became the default's mask
    assert kinds["guards.secrets.on_error"] == "stronger"
    assert kinds["guards.secrets.input"] == "stronger"


def test_what_became_weaker_comes_first(full_text: str, full: Charter, known: Known) -> None:
    text = full_text.replace("name: Housing benefit helpdesk", "name: Desk").replace("quorum: 2", "quorum: 3")
    changed = parse_charter(text.replace("payloads: 14d", "payloads: 1y"), known)
    assert [change.kind for change in diff(full, changed)] == ["weaker", "stronger", "changed"]


def test_to_keep_nothing_is_strongest(full_text: str, full: Charter, known: Known) -> None:
    nothing = parse_charter(full_text.replace("payloads: 14d", "payloads: 0d, cases: 0d"), known)
    assert diff(full, nothing) == [
        Change("stronger", "retention.payloads", "was 14 days, now not at all"),
        Change("stronger", "retention.cases", "was without limit, now not at all"),
    ]


def test_a_change_says_what_it_was_and_is(full_text: str, full: Charter, known: Known) -> None:
    (change,) = diff(full, parse_charter(full_text.replace("payloads: 14d", "payloads: 90d"), known))
    assert change == Change("weaker", "retention.payloads", "was 14 days, now 90 days")


def test_another_order_is_told_too(full_text: str, full: Charter, known: Known) -> None:
    other = parse_charter(full_text.replace("[applicants, caseworkers]", "[caseworkers, applicants]"), known)
    assert [change.path for change in diff(full, other)] == ["charter"]
