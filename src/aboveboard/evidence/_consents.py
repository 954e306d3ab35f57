"""The register of consents: events of one person, from which what holds now is computed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from aboveboard.evidence._paging import every
from aboveboard.evidence._reader import Reader
from aboveboard.evidence.records import Consent
from aboveboard.values import parse_time

_AGREEING = ("consent", "explicit-consent")


@dataclass(frozen=True, slots=True)
class ConsentState:
    """What holds of one purpose: the event that decides it, and who could prove it by which notice."""

    purpose: str
    given: Consent | None
    withdrawn: Consent | None

    def is_in_force(self, at: datetime) -> bool:
        """Whether processing for the purpose rests on this at a moment."""
        if self.given is None or self.withdrawn is not None:
            return False
        return not self.given.until or at < parse_time(self.given.until)


def has_consent(reader: Reader, data_subject: str, purpose: str, at: datetime | None = None) -> bool:
    """Whether a person (by pseudonym) has agreed to a purpose, and not withdrawn, at a moment (else now).

    Only an agreement counts: processing on another basis of Art. 6 may be lawful and is no consent.
    """
    moment = at or datetime.now(UTC)
    state = consent_state(reader, data_subject, purpose, moment)
    return state.is_in_force(moment) and state.given is not None and state.given.basis in _AGREEING


def consent_state(reader: Reader, data_subject: str, purpose: str, at: datetime) -> ConsentState:
    """What holds of a purpose at a moment: the last event that counts from then or before."""
    events = every(reader, "consent", subject=purpose_subject(purpose), data_subject=data_subject)
    return _state(purpose, as_recorded(reader, [each for each in events if isinstance(each, Consent)]), at)


def consents(reader: Reader, data_subject: str, at: datetime | None = None) -> list[ConsentState]:
    """What holds of every purpose a person was ever asked about, by purpose."""
    moment, by_purpose = at or datetime.now(UTC), dict[str, list[Consent]]()
    for event in consent_events(reader, data_subject):
        by_purpose.setdefault(event.purpose, []).append(event)
    return [
        _state(purpose, as_recorded(reader, events), moment) for purpose, events in sorted(by_purpose.items())
    ]


def consent_events(reader: Reader, data_subject: str | None = None) -> Iterator[Consent]:
    """The register of one person, or the whole of it, the oldest event first."""
    return (each for each in every(reader, "consent", data_subject=data_subject) if isinstance(each, Consent))


def purpose_subject(purpose: str) -> str:
    """What the record of a consent is about."""
    return f"purpose:{purpose}"


def as_recorded(reader: Reader, events: Sequence[Consent]) -> list[Consent]:
    """Events in the order of the ledger, which no clock can alter."""
    return sorted(events, key=lambda each: reader.index(each.id))


def ended_by_withdrawal(events: Sequence[Consent], at: datetime) -> list[Consent]:
    """Every consent that was on record before a withdrawal that had taken effect at a moment.

    `events` are one person's, of one purpose, in the order of the record. A withdrawal ends them all,
    whatever moment they claim: a clock that runs ahead brings none of them back.
    """
    ends = [
        place
        for place, each in enumerate(events)
        if each.stage == "withdrawn" and parse_time(each.effective) <= at
    ]
    return [each for each in events[: max(ends, default=0)] if each.stage == "given"]


def _state(purpose: str, events: Sequence[Consent], at: datetime) -> ConsentState:
    ended = {each.id for each in ended_by_withdrawal(events, at)}
    counting = [each for each in events if parse_time(each.effective) <= at]
    # Sorted stably: of two events of one moment the one recorded later counts.
    ordered = sorted(counting, key=lambda each: parse_time(each.effective))
    given = [each for each in ordered if each.stage == "given"]
    standing = [each for each in ordered if each.id not in ended]
    last = standing[-1] if standing else None
    if last is not None and last.stage == "given":
        return ConsentState(purpose, last, None)
    return ConsentState(purpose, given[-1] if given else None, last)
