"""What a policy does to the risk."""

import pytest

from aboveboard.privacy.operators import Generalise, Key, Policy, PrivacyKeyError, preset
from aboveboard.privacy.risk import apply_policy, assess_policy

COLUMNS: dict[str, list[object]] = {
    "name": ["Anna", "Ben", "Cleo", "Dora"],
    "age": [31, 34, 52, None],
    "score": [1, 2, 3, 4],
}
TYPES = {"name": "person", "age": "age"}


def test_values_are_replaced_and_gaps_stay() -> None:
    made = apply_policy(COLUMNS, TYPES, preset("share"))
    assert made == {"name": ["[PERSON]"] * 4, "age": ["30-39", "30-39", "50-59", None], "score": [1, 2, 3, 4]}


def test_before_and_after() -> None:
    effect = assess_policy(COLUMNS, TYPES, preset("share"), sensitive=["score"])
    assert (effect.before.k, effect.before.unique_share) == (1, 1.0)
    assert (effect.after.k, effect.after.unique_share) == (1, 0.5)
    assert effect.after.sensitive[0].column == "score"
    assert effect.lines()[1] == "unique rows: 100.0% before, 50.0% after"


def test_pseudonyms_do_not_lower_the_risk() -> None:
    policy = Policy({"age": Generalise(band=50)}, preset("research").kinds)
    assert assess_policy(COLUMNS, TYPES, policy, key=Key.generate()).after.unique_share == 1.0


def test_a_missing_key_is_asked_for() -> None:
    with pytest.raises(PrivacyKeyError):
        assess_policy(COLUMNS, TYPES, preset("research"))
