"""The words of the page for a person: what a kind of record, a field, a rule of retention is called."""

import re
from collections.abc import Mapping
from datetime import UTC

from aboveboard.values import parse_time

TITLES = {
    "appeal": "You challenged an answer",
    "consent": "A consent",
    "decision": "An answer you were given",
    "feedback": "Feedback of yours",
    "incident": "Something that a person had to look at",
    "legal-hold": "A reason not to erase your data yet",
    "rectification": "A correction",
    "remains": "What is left of a record",
    "review": "A decision on a case",
    "subject-access": "Your data were drawn for you",
    "subject-request": "A request of yours about your data",
    "viewing": "Somebody looked at your words in full, to decide on a case",
}
"""What a record is, by kind."""

PARTS = {
    "answer": "What was answered",
    "correction": "What is right",
    "digest-key": "A key for the digests in the receipt",
    "notice": "What you were shown",
    "prompt": "What was asked",
    "words": "What you wrote",
}
"""What is attached to a record, by name."""

FIRST = {
    "appeal": ("ground",),
    "consent": ("stage", "purpose", "effective", "basis", "until"),
    "decision": ("system", "accountable", "model"),
    "feedback": ("topic",),
    "incident": ("category", "due"),
    "legal-hold": ("stage", "reason", "until"),
    "rectification": ("stage", "reason"),
    "review": ("outcome", "reason"),
    "subject-access": ("stage", "form"),
    "subject-request": ("stage", "right", "due", "reason"),
    "viewing": ("what",),
}
"""The fields that say the most, by kind; the others are folded away."""

KEPT = {
    "appeal": "Challenges to an answer",
    "cases": "Cases, once they are decided",
    "consents": "Consents, once they are withdrawn",
    "handed-out": "Reports like this one, and exports",
    "incident": "What a person had to look at",
    "payloads": "The texts of questions, answers and letters",
    "receipts": "Records about you",
    "runs": "Logs of tests of the system",
    "subject-request": "Requests about your data",
}
"""What a rule of the charter's `retention` is about."""

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.\dZ+:-]*", re.ASCII)


def kept_words(rule: str) -> str:
    """What a rule is about: `incident/crisis` is of one category."""
    kind, slash, category = rule.partition("/")
    return KEPT.get(kind, kind) + (f": {category}" if slash else "")


def field_words(name: str) -> str:
    """`made_from_it` is `Made from it`."""
    return name.replace("_", " ").replace("-", " ").capitalize()


def plain(value: str) -> str:
    """A moment as people write it, `22 November 2026, 03:54 UTC`; any other text as it is."""
    if not _MOMENT.fullmatch(value):
        return value
    try:
        moment = parse_time(value).astimezone(UTC)
    except (ValueError, OverflowError):
        return value
    return f"{moment.day} {moment:%B %Y, %H:%M} UTC"


def split(kind: str, content: Mapping[str, object]) -> tuple[dict[str, object], dict[str, object]]:
    """The fields that say the most, and the others; what is empty says nothing."""
    said = {name: value for name, value in content.items() if value not in ("", None, [], {}, ())}
    first = {name: said[name] for name in FIRST.get(kind, ()) if name in said}
    return first, {name: value for name, value in said.items() if name not in first}
