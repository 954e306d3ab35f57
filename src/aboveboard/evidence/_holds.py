"""Legal holds: who may not be forgotten yet, until when, and why (GDPR Art. 17(3))."""

from datetime import UTC, datetime

from aboveboard.evidence._errors import HeldError
from aboveboard.evidence._paging import every
from aboveboard.evidence._reader import Reader
from aboveboard.evidence.records import LegalHold
from aboveboard.values import parse_time


def holds(reader: Reader, data_subject: str | None = None, now: datetime | None = None) -> list[LegalHold]:
    """The holds in force of one person, or of everybody: placed, not released, not over."""
    moment = now or datetime.now(UTC)
    events = every(reader, "legal-hold", data_subject=data_subject)
    placed = [each for each in events if isinstance(each, LegalHold)]
    released = {link for each in placed if each.stage == "released" for link in each.links}
    return [
        each
        for each in placed
        if each.stage == "placed" and each.id not in released and moment < parse_time(each.until)
    ]


def held_people(reader: Reader, now: datetime | None = None) -> frozenset[str]:
    """The pseudonyms of all people on hold."""
    return frozenset(each.data_subject for each in holds(reader, now=now))


def refuse_while_held(reader: Reader, data_subject: str) -> None:
    """Raises HeldError when a hold on a person is in force."""
    for hold in holds(reader, data_subject):
        raise HeldError(
            f"this person's data are on legal hold until {hold.until[:10]}: {hold.reason}",
            cure="tell the person so; `aboveboard subject release` ends a hold before its time",
        )
