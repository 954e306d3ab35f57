"""Policies: an operator for each type, from mappings and files, every problem with its place."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.errors import UnknownNameError
from aboveboard.privacy.operators import (
    PRESETS,
    Encrypt,
    Generalise,
    Hash,
    Keep,
    Kind,
    Mask,
    Policy,
    PolicyError,
    Pseudonymise,
    Redact,
    kind_of,
    preset,
)
from aboveboard.privacy.operators._yaml import lines_of


def test_types_come_before_kinds() -> None:
    policy = Policy.load({"email": {"mask": {"keep": 4}}, "direct": "redact", "quasi": "keep"})
    assert policy.operator_for("email") == Mask(keep=4)
    assert policy.operator_for("phone") == Redact()
    assert policy.operator_for("age") == Keep()
    assert policy.operator_for("openai-key") == Mask()


def test_a_preset_can_be_changed() -> None:
    policy = Policy.load(
        {"privacy": {"preset": "share", "age": {"generalise": {"band": 5}}, "scope": "study-3"}}
    )
    assert policy.operator_for("age") == Generalise(band=5)
    assert policy.operator_for("date") == Generalise()
    assert policy.operator_for("person") == Redact()
    assert policy.scope == "study-3"


def test_a_file_reads_like_a_mapping(tmp_path: Path) -> None:
    file = tmp_path / "policy.yaml"
    file.write_text(
        "privacy:\n  email: hash\n  birth-date:\n    generalise: {birth: decade}\n  slack-webhook: redact\n"
    )
    policy = Policy.load(file)
    assert policy == Policy.load(str(file))
    assert policy.operator_for("email") == Hash()
    assert policy.operator_for("birth-date") == Generalise(birth="decade")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("email: encrpt", "policy.yaml:1: email: unknown operator 'encrpt'\n  did you mean 'encrypt'?"),
        (
            "a: 1\nb: 2\nemial: mask",
            "policy.yaml:3: emial: unknown type of data 'emial'\n  did you mean 'email'?",
        ),
        (
            "age:\n  generalise:\n    bnad: 5",
            "policy.yaml:3: age.generalise.bnad: `generalise` has no such option",
        ),
        (
            "age:\n  generalise:\n    band: ten",
            "policy.yaml:3: age.generalise.band: must be a whole number, not str",
        ),
        (
            "age:\n  generalise:\n    band: 1",
            "policy.yaml:3: age.generalise.band: not allowed: 1\n  allowed: 2 to 50",
        ),
        ("age: {mask: {}, redact: {}}", "policy.yaml:1: age: must be one operator"),
        ("preset: maks", "policy.yaml:1: preset: unknown preset 'maks'\n  did you mean 'mask'?"),
        ("scope: [1]", "policy.yaml:1: scope: must be a text"),
        ("email: mask\nemail: redact", "policy.yaml:2: email: named twice"),
        ("email: &a mask\nphone: *a", "policy.yaml:2: aliases (`*name`) are not read"),
        ("email: [", "policy.yaml:1: not YAML"),
        ("- email", "a policy is a mapping"),
        ("", "a policy is a mapping"),
        ("email: !!python/object:os.system x", "not YAML"),
        ("email: {mask: [1]}", "email.mask: options are a mapping"),
        ("\x00", "not YAML"),
        ("[" * 5000, "levels deep"),
        ("#" * 70_000, "more than 65536 bytes"),
    ],
)
def test_problems_have_a_place_and_a_cure(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "policy.yaml"
    file.write_text(text)
    with pytest.raises(PolicyError) as caught:
        Policy.load(file)
    assert said in str(caught.value).replace(f"{tmp_path}/", "")


def test_all_problems_are_named_at_once() -> None:
    with pytest.raises(PolicyError) as caught:
        Policy.load({"privacy": {"email": "x", "phone": 3, "age": {"mask": {"kep": 1}}}})
    assert [problem.path for problem in caught.value.problems] == [
        "privacy.email",
        "privacy.phone",
        "privacy.age.mask.kep",
    ]


@pytest.mark.parametrize("content", [b"\xff\xfe", None])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "p.yaml").write_bytes(content)
    with pytest.raises(PolicyError, match=r"p\.yaml"):
        Policy.load(tmp_path / "p.yaml")


@pytest.mark.parametrize(
    ("name", "restorable", "irreversible", "keyed"),
    [
        ("mask", True, False, False),
        ("redact", False, True, False),
        ("research", False, False, True),
        ("share", False, True, False),
    ],
)
def test_presets(name: str, restorable: bool, irreversible: bool, keyed: bool) -> None:
    policy = preset(name)
    assert (policy.is_restorable, policy.is_irreversible, policy.needs_key) == (
        restorable,
        irreversible,
        keyed,
    )
    assert name in PRESETS


def test_an_unknown_preset_is_named() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'redact'"):
        preset("redct")


@pytest.mark.parametrize("operator", [Mask(), Mask(keep=2), Hash(), Pseudonymise(), Encrypt()])
def test_one_operator_that_leads_back_makes_a_policy_reversible(
    operator: Mask | Hash | Pseudonymise | Encrypt,
) -> None:
    assert not Policy({"age": operator}, preset("share").kinds).is_irreversible


def test_a_quasi_identifier_may_be_kept_a_direct_one_not() -> None:
    assert Policy({"age": Keep()}, preset("share").kinds).is_irreversible
    assert not Policy({"email": Keep()}, preset("share").kinds).is_irreversible


def test_a_type_nobody_knows_is_treated_as_a_secret() -> None:
    assert kind_of("something-new") is Kind.SECRET


WORDS = st.one_of(
    st.sampled_from(
        ["privacy", "preset", "scope", "email", "age", "quasi", "mask", "generalise", "band", "keep", "share"]
    ),
    st.text(max_size=6),
)
TREES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), WORDS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(WORDS, inner, max_size=4)),
    max_leaves=12,
)


@given(st.dictionaries(st.one_of(WORDS, st.integers()), TREES, max_size=5))
def test_any_mapping_is_a_policy_or_says_why_not(tree: dict[str, object]) -> None:
    try:
        assert Policy.load(tree).operator_for("email")
    except PolicyError as error:
        assert str(error)


@given(
    st.one_of(st.text(max_size=60), TREES.map(yaml.safe_dump), st.text("[]{}:-&*!|>#'\"\n\t a", max_size=40))
)
def test_any_text_is_a_policy_or_says_why_not(text: str) -> None:
    try:
        tree, _ = lines_of(text, "policy.yaml")
    except PolicyError as error:
        assert str(error).startswith("policy.yaml")
    else:
        assert tree is None or isinstance(tree, str | int | float | bool | list | dict | date)
