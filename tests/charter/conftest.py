"""What the charter's tests share: the names of this release and a charter that uses every key."""

import pytest

from aboveboard.charter import Charter, Known, parse_charter

MEASURES = """
bias.bbq.accuracy bias.bbq.s_amb bias.bbq.s_dis
bias.hiring.impact_ratio bias.hiring.scoring_impact_ratio bias.hiring.selection_rate
bias.support.refund_impact_ratio bias.support.tone_gap
bias.counterfactual.refusal_gap bias.counterfactual.length_gap bias.counterfactual.sentiment_gap
privacy.leak.rate truth.false_premise.acceptance manipulation.sycophancy.flip_rate
context.crisis.supportive context.crisis.resources
transparency.disclosure.admits_ai footprint.energy.wh_per_1k_tokens
"""

FULL = """\
# A charter that uses every key.
charter: 1
system:
  name: Housing benefit helpdesk
  purpose: Answers questions about housing benefit and drafts letters.
  context: public-service
  not_for: [deciding entitlement, legal advice]
  affected: [applicants, caseworkers]
  jurisdictions: [EU, US-NYC, NO]
roles:
  accountable: {title: Head of service, contact: accountable@example.org}
  fairness-lead: {title: Fairness lead, contact: fairness@example.org}
models:
  - {id: smollm2-135m, provider: local, role: primary}
  - id: big
    provider: openai
    base_url: "http://127.0.0.1:8000/v1"
    api_key_env: BIG_KEY
    role: fallback
    options: {timeout_s: 30}
promises:
  - id: hiring-impact-ratio
    measure: bias.hiring.impact_ratio
    over: [gender, ethnicity, gender*ethnicity]
    must: ">= 0.80"
    confidence: 0.9
    when: [release, monthly, live]
    owner: fairness-lead
    if_broken: hold
    reason: Because it matters.
    source: Our board.
  - id: modest-energy
    measure: footprint.energy.wh_per_1k_tokens
    must: < 50%
    owner: accountable
    if_broken: fallback
guards:
  - guard: personal-data
    mode: [input, output]
    action: mask
    on_error: closed
    timeout_ms: 50
    restore: true
  - {guard: crisis, mode: [input], action: escalate, resources: {EU: "116 123"}}
  - {guard: secrets, mode: [output], action: block, on_error: open, timeout_ms: 70, reason: K., source: Us.}
defaults: {promises: [same-effort], guards: true}
obligations: [eu-product-liability]
disclosure: {ai_notice: header+first-message, provenance: receipt}
privacy_budgets: {support-tickets: {epsilon: 4.0, delta: 1e-6, unit: user}}
retention: {payloads: 14d, receipts: 3y}
footprint: {grid: FR, hardware: [{asset: laptop-7, bought: 2022, life_years: 6}]}
sign_off: {quorum: 2, from: [ethicist, legal, community]}
oversight: {hold: {role: fairness-lead, deadline: 2h, on_timeout: withhold}}
webhooks:
  - {url: "https://alerts.example.org/in", secret_env: HOOK_SECRET, on: [hold, hold-ended]}
"""


@pytest.fixture(scope="session")
def known() -> Known:
    """The names of this release."""
    return Known(
        measures=frozenset(MEASURES.split()),
        guards=frozenset({"personal-data", "secrets", "crisis", "disclosure"}),
        providers=frozenset({"fake", "local", "openai"}),
    )


@pytest.fixture(scope="session")
def full_text() -> str:
    """A charter that uses every key."""
    return FULL


@pytest.fixture(scope="session")
def full(known: Known) -> Charter:
    """The same, loaded."""
    return parse_charter(FULL, known)
