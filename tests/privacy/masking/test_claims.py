"""Claims: pseudonymised; anonymised only for somebody, under assumptions, with the risk measured."""

import pytest

from aboveboard.privacy.masking import Anonymised, ClaimError, Pseudonymised, mask
from aboveboard.privacy.operators import PRESETS, Generalise, Hash, Keep, Key, Mask, Policy, preset
from aboveboard.privacy.risk import PolicyEffect, assess_policy

KEY = Key(bytes(range(32)))
ROWS: dict[str, list[object]] = {
    "name": [f"Person {n}" for n in range(60)],
    "age": [str(20 + n % 30) for n in range(60)],
}
TYPES = {"name": "person", "age": "age"}
ASSUMED = ("has no other data on these people",)


def effect(policy: Policy) -> PolicyEffect:
    return assess_policy(ROWS, TYPES, policy, key=KEY)


@pytest.mark.parametrize("name", PRESETS)
def test_masked_text_is_never_called_anonymous(name: str) -> None:
    claim = mask("anna@example.org", preset(name), KEY).claim
    assert isinstance(claim, Pseudonymised)
    assert str(claim) == "pseudonymised"
    assert claim.because[-1] == "what the finder missed stands there still"


def test_the_claim_says_what_leads_back() -> None:
    assert mask("x").claim.because[0] == "whoever has the table can put the value back"


def test_rows_are_anonymous_for_somebody_under_assumptions() -> None:
    claim = Anonymised("the university", ASSUMED, effect(preset("share")))
    assert str(claim) == (
        "anonymised for recipient the university under assumptions has no other data on these people"
    )


@pytest.mark.parametrize("recipient", ["", " "])
def test_not_for_nobody(recipient: str) -> None:
    with pytest.raises(ClaimError, match="for whom"):
        Anonymised(recipient, ASSUMED, effect(preset("share")))


@pytest.mark.parametrize("assumptions", [(), ("",), "none"])
def test_not_without_assumptions(assumptions: tuple[str, ...]) -> None:
    with pytest.raises(ClaimError, match="which assumptions"):
        Anonymised("R", assumptions, effect(preset("share")))


@pytest.mark.parametrize(
    "policy",
    [
        preset("mask"),
        preset("research"),
        Policy({"person": Hash()}, preset("share").kinds),
        Policy({"age": Mask(keep=2)}, preset("share").kinds),
        Policy({"person": Keep()}, preset("share").kinds),
    ],
)
def test_not_while_anything_leads_back(policy: Policy) -> None:
    with pytest.raises(ClaimError, match="pseudonymised"):
        Anonymised("R", ASSUMED, effect(policy))


def test_not_while_the_risk_is_high() -> None:
    fine = Policy({"age": Generalise(band=2)}, preset("share").kinds)
    with pytest.raises(ClaimError, match=r"0\.250, above 0\.09"):
        Anonymised("R", ASSUMED, effect(fine))
    assert Anonymised("R", ASSUMED, effect(fine), highest_risk=0.25)


@pytest.mark.parametrize("accepted", [0, 0.6, 1.0])
def test_not_at_any_risk(accepted: float) -> None:
    with pytest.raises(ClaimError, match=r"at most 0\.5"):
        Anonymised("R", ASSUMED, effect(preset("share")), highest_risk=accepted)


def test_not_without_a_measured_risk() -> None:
    with pytest.raises(ClaimError, match="no risk was measured"):
        Anonymised("R", ASSUMED, None)  # type: ignore[arg-type]  # what the types forbid, refused as well


def test_not_while_a_column_is_not_accounted_for() -> None:
    columns: dict[str, list[object]] = {**ROWS, "passport": [*range(60)]}
    found = assess_policy(columns, TYPES, preset("share"))
    with pytest.raises(ClaimError, match="nothing is said of passport"):
        Anonymised("R", ASSUMED, found)


AGES: list[object] = [20 + n % 4 for n in range(200)]


def label_with(sensitive: list[object]) -> Anonymised:
    columns: dict[str, list[object]] = {"age": AGES, "column": sensitive}
    found = assess_policy(columns, {"age": "age"}, preset("share"), sensitive=["column"])
    return Anonymised("R", ASSUMED, found)


def test_not_while_a_sensitive_column_holds_addresses() -> None:
    with pytest.raises(ClaimError, match="column is different in nearly every row"):
        label_with([f"person{n}@example.org" for n in range(200)])
    with pytest.raises(ClaimError, match=r"direct identifiers \(email\)"):
        label_with([f"person{n % 7}@example.org" for n in range(200)])


def test_not_while_a_sensitive_column_holds_names() -> None:
    names = ["Anna Schmidt", "John Smith", "María García", "Peter Müller", "Mary Johnson", "Robert Brown"]
    with pytest.raises(ClaimError, match=r"direct identifiers \(person\)"):
        label_with([names[n % 6] for n in range(200)])


def test_not_while_a_sensitive_column_is_different_in_every_row() -> None:
    with pytest.raises(ClaimError, match="nearly every row"):
        label_with([f"case {n:05}" for n in range(200)])


def test_not_while_the_class_tells_a_sensitive_value() -> None:
    with pytest.raises(ClaimError, match=r"told by the class for 100\.0%"):
        label_with(["flu"] * 200)


def test_a_sensitive_column_of_a_few_values_is_fine() -> None:
    assert label_with([("flu", "cold", "cough")[n % 3] for n in range(200)])


def test_not_while_a_step_keeps_identifiers_or_shows_domains() -> None:
    addresses: dict[str, list[object]] = {"where": ["person@example.org"] * 200}
    keeping = Policy({"place": Keep()}, preset("share").kinds)
    with pytest.raises(ClaimError, match=r"where holds .*\(email\)"):
        Anonymised("R", ASSUMED, assess_policy(addresses, {"where": "place"}, keeping))
    showing = Policy({"email": Generalise(email="domain")}, preset("share").kinds)
    with pytest.raises(ClaimError, match="where shows domains"):
        Anonymised("R", ASSUMED, assess_policy(addresses, {"where": "email"}, showing))
