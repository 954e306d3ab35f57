"""What the record of an answered request tells, as numbers."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from aboveboard.evals.rules import load_rule
from aboveboard.evidence.records import Decision
from aboveboard.monitoring._language import language_asked

_READ = 8000  # characters of an answer: a refusal says so at the beginning
_TOXIC = ("toxicity", "hate")
_REFUSING = ("content_filter", "refusal")


@dataclass(frozen=True, slots=True)
class Seen:
    """One request. None where the record cannot tell: shares are 0 or 1, latency is in milliseconds, energy
    in Wh, length in tokens.
    """

    decision: Decision
    refused: float | None = None
    blocked: float | None = None
    toxic: float | None = None
    length: float | None = None
    latency: float | None = None
    energy: float | None = None
    language: str = ""

    @property
    def energy_per_1k(self) -> float | None:
        """Wh for 1,000 tokens written."""
        return 1000.0 * self.energy / self.length if self.energy is not None and self.length else None

    def group(self, by: str) -> str:
        """The group under what a record can tell: `tenant`, `key`, `endpoint`, `language`; empty where it
        cannot."""
        if by == LANGUAGE:
            return self.language
        return str(getattr(self.decision, by, "")) if by in GROUPS else ""


GROUPS = ("tenant", "key", "endpoint")
"""What a record can tell about who asks. Nothing is inferred about a person."""

LANGUAGE = "language"
"""In which language the request is written: read off its kept words, so only where it is promised over."""


def seen(decision: Decision, answer: bytes | None, prompt: bytes | None = None) -> Seen:
    """Reads a record and, where they are kept, the masked answer, and of the prompt its language. An answer
    given again tells nothing new."""
    if prompt is not None:
        return replace(seen(decision, answer), language=language_asked(prompt))
    if decision.reuses:
        return Seen(decision)
    if decision.error:
        return Seen(decision, blocked=0.0 if decision.model_digest else None)
    blocked = decision.outcome == "block"
    if blocked or not decision.model_digest:
        return Seen(decision, blocked=float(blocked), toxic=_toxic(decision))
    return Seen(
        decision,
        refused=_refused(decision, answer),
        blocked=0.0,
        toxic=_toxic(decision),
        length=float(decision.completion_tokens) or None,
        latency=decision.latency_ms or None,
        energy=decision.footprint.energy_wh if decision.footprint else None,
    )


def _toxic(decision: Decision) -> float | None:
    """Whether a guard that looks for it found it; None where none looked."""
    looked = [each for each in decision.guards if each.guard in _TOXIC and not each.error]
    return float(any(sum(each.counts.values()) for each in looked)) if looked else None


def _refused(decision: Decision, answer: bytes | None) -> float | None:
    if decision.finish_reason in _REFUSING:
        return 1.0
    said = list(_choices(answer)) if answer else []
    if not said:
        return None
    return float(any(each.get("refusal") or _declines(str(each.get("text") or "")) for each in said))


def _declines(text: str) -> bool:
    return load_rule("refusal").holds(text[:_READ])


def _choices(answer: bytes) -> Iterator[dict[str, Any]]:
    try:
        found = json.loads(answer)
    except ValueError:
        return
    yield from (each for each in found if isinstance(each, dict)) if isinstance(found, list) else ()
