"""What a charter may say how long it is kept: kinds, and categories of some."""

from datetime import timedelta

import pytest

from aboveboard.charter import CharterError, Known, parse_charter

CHARTER = """
charter: 1
system: {{name: x, purpose: y, context: general}}
roles: {{accountable: {{title: t, contact: a@example.org}}}}
models: [{{id: m, provider: fake, role: primary}}]
defaults: {{promises: false, guards: false}}
retention: {{{rule}}}
"""
KNOWN = Known(frozenset(), frozenset(), frozenset({"fake"}))


@pytest.mark.parametrize(
    "name", ["payloads", "consents", "handed-out", "consents/newsletter", "incident/crisis", "appeal/wrong"]
)
def test_these_have_a_time_of_their_own(name: str) -> None:
    assert parse_charter(CHARTER.format(rule=f"{name}: 9d"), KNOWN).retention[name] == timedelta(days=9)


@pytest.mark.parametrize("name", ["payload", "decision/x", "incident/", "incident/A B", "consents/../x", "7"])
def test_these_have_not(name: str) -> None:
    with pytest.raises(CharterError):
        parse_charter(CHARTER.format(rule=f'"{name}": 9d'), KNOWN)


def test_a_misspelt_one_is_told_the_nearest() -> None:
    with pytest.raises(CharterError, match="payloads"):
        parse_charter(CHARTER.format(rule="payload: 9d"), KNOWN)
