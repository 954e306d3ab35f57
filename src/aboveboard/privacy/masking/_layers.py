"""Two lists of spans made one, so that none overlap and nothing that one list covers is left out."""

from collections.abc import Iterable, Sequence

from aboveboard.privacy._span import PersonalData


def laid_over(spans: Iterable[PersonalData], above: Sequence[PersonalData]) -> list[PersonalData]:
    """Both lists, each ordered and without overlaps. Where they overlap `above` counts, and what stands
    out of a span below it, on either side, stays of that span's type. Linear.
    """
    made, place = list(above), 0
    for span in spans:
        start = span.start
        while place < len(above) and above[place].end <= start:
            place += 1
        at = place
        while at < len(above) and above[at].start < span.end:
            made += _part(span, start, above[at].start)
            start, at = max(start, above[at].end), at + 1
        made += _part(span, start, span.end)
    return sorted(made, key=lambda item: item.start)


def _part(span: PersonalData, start: int, end: int) -> list[PersonalData]:
    return [PersonalData(start, end, span.type, span.confidence)] if start < end else []
