"""All records that fit, page by page, so that memory stays flat however many there are."""

from collections.abc import Iterator

from aboveboard.evidence._reader import Reader
from aboveboard.evidence.records import Record

_PAGE = 500


def every(
    reader: Reader,
    kind: str | None = None,
    *,
    subject: str | None = None,
    data_subject: str | None = None,
    newest_first: bool = False,
) -> Iterator[Record]:
    """The records of a kind, about a subject, of a person, erased ones left out; the oldest first."""
    after: str | None = None
    while page := reader.find(
        kind,
        subject=subject,
        data_subject=data_subject,
        limit=_PAGE,
        newest_first=newest_first,
        after=after,
    ):
        yield from page
        after = page[-1].id
