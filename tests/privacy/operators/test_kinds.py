"""Every type that is found has a kind, and a policy may name it."""

import pytest

from aboveboard.privacy import TYPES
from aboveboard.privacy.operators import DIRECT_TYPES, QUASI_TYPES, Kind, Policy, Redact, kind_of
from aboveboard.privacy.secrets._rules import RULES

SECRETS = sorted({rule.type for rule in RULES} | {"password", "private-key", "web-token"})
NAMES = ("address", "organisation", "person", "place")


@pytest.mark.parametrize("type_", sorted({*TYPES, *NAMES}))
def test_every_type_of_personal_data_is_one_kind_of_identifier(type_: str) -> None:
    assert (type_ in DIRECT_TYPES) != (type_ in QUASI_TYPES)


@pytest.mark.parametrize("type_", SECRETS)
def test_every_kind_of_key_is_a_secret(type_: str) -> None:
    assert kind_of(type_) is Kind.SECRET


@pytest.mark.parametrize("type_", sorted({*TYPES, *NAMES, *SECRETS}))
def test_every_type_can_be_named_in_a_policy(type_: str) -> None:
    assert Policy.load({type_: "redact"}).operator_for(type_) == Redact()
