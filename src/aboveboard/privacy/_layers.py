"""Two lists of spans made one, so that none overlap and nothing that one list covers is left out."""

from collections.abc import Callable, Iterable, Sequence

from aboveboard.privacy._span import PersonalData

Part = Callable[[PersonalData, int, int], Sequence[PersonalData]]
"""What is kept of a span between two places of the text; nothing where the second is not behind the first."""


def part_of(span: PersonalData, start: int, end: int) -> list[PersonalData]:
    """All of it, as long as it is anything."""
    return [span.at(start, end)] if start < end else []


def laid_over(
    spans: Iterable[PersonalData], above: Sequence[PersonalData], part: Part = part_of
) -> list[PersonalData]:
    """Both lists, each ordered and without overlaps. Where they overlap `above` counts, and of what stands
    out of a span below it, on either side, `part` is kept. Linear.
    """
    made, place = list(above), 0
    for span in spans:
        start = span.start
        while place < len(above) and above[place].end <= start:
            place += 1
        at = place
        while at < len(above) and above[at].start < span.end:
            made += part(span, start, above[at].start)
            start, at = max(start, above[at].end), at + 1
        made += part(span, start, span.end)
    return sorted(made, key=lambda item: item.start)


def untangled(spans: Iterable[PersonalData], length: int) -> list[PersonalData]:
    """Any spans as spans within a text of this length, in order, without overlaps: of what two cover, the
    earlier (the longer of two that begin together) keeps all, the other what is left.
    """
    made: list[PersonalData] = []
    done = 0
    for span in sorted(spans, key=lambda item: (item.start, -item.end)):
        made += part_of(span, max(span.start, done), min(span.end, length))
        done = max(done, min(span.end, length))
    return made
