"""What the pages on oversight and webhooks show works: the charter's lines, and how a receiver verifies."""

import base64
import re
import time
from pathlib import Path
from typing import Any

import pytest

from aboveboard.charter import HoldPlan, Known, Webhook, parse_charter
from aboveboard.webhooks import Secret

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
KEY = bytes(range(32))
SECRET = "whsec_" + base64.b64encode(KEY).decode()
FRAME = """
charter: 1
system: {name: x, purpose: y, context: general}
roles: {accountable: {title: t, contact: a@example.org}, reviewer: {title: r, contact: r@example.org}}
models: [{id: m, provider: fake}]
defaults: {promises: false, guards: false}
"""


def block(page: str, language: str) -> str:
    """The first block of a language on a page."""
    text = (REFERENCE / page).read_text(encoding="utf-8")
    found = re.search(rf"^```{language}\n(.*?)^```", text, re.S | re.M)
    assert found
    return found[1]


def test_the_charters_lines_are_valid_and_the_defaults() -> None:
    known = Known(frozenset(), frozenset(), frozenset({"fake"}))
    shown = FRAME + block("oversight.md", "yaml") + block("webhooks.md", "yaml")
    charter = parse_charter(shown, known)
    assert charter.oversight.hold == HoldPlan()
    assert charter.webhooks == (Webhook("https://alerts.example.org/in", "HOOK_SECRET"),)


@pytest.mark.parametrize(
    ("changed", "genuine"),
    [({}, True), ({"body": b"{}"}, False), ({"webhook-id": "msg_2"}, False), ({"seconds": -301}, False)],
)
def test_a_receiver_verifies_what_is_sent_and_nothing_else(changed: dict[str, Any], genuine: bool) -> None:
    shown: dict[str, Any] = {}
    exec(block("webhooks.md", "python"), shown)
    sent, body = int(time.time()) + changed.get("seconds", 0), b'{"type":"aboveboard.hold"}'
    headers = {
        "webhook-id": changed.get("webhook-id", "msg_1"),
        "webhook-timestamp": str(sent),
        "webhook-signature": "v1,AAAA " + Secret(KEY).sign("msg_1", sent, body),
    }
    assert shown["is_genuine"](SECRET, headers, changed.get("body", body)) == genuine
