"""Of findings that overlap, which one stays."""

from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter

from aboveboard.privacy._span import PersonalData

_UNSURE = 0.5
_START = attrgetter("start")


def resolve(found: Sequence[PersonalData], ranks: Mapping[str, int]) -> list[PersonalData]:
    """The findings in order, none overlapping: the longest stays; of equally long ones one that is sure, the
    one whose type ranks lower, then the earlier.

    Credentials in a URL come before all, since their password and the host read as an e-mail address. Linear
    in the number of findings and the span of those that overlap (but for sorting).
    """
    if len(found) < 2:
        return list(found)
    kept: list[PersonalData] = []
    cluster: list[PersonalData] = []
    end = -1
    for item in sorted(found, key=_START):
        if item.start >= end and cluster:
            kept += cluster if len(cluster) == 1 else _resolved(cluster, ranks)
            cluster = []
        cluster.append(item)
        end = max(end, item.end)
    return kept + (cluster if len(cluster) == 1 else _resolved(cluster, ranks))


def _resolved(cluster: Iterable[PersonalData], ranks: Mapping[str, int]) -> list[PersonalData]:
    """Of findings that hang together, those that stay."""
    ordered = sorted(
        cluster,
        key=lambda item: (
            item.type != "url-credentials",
            item.start - item.end,
            -item.confidence if item.confidence <= _UNSURE else -1.0,
            ranks[item.type],
            item.start,
        ),
    )
    first = min(item.start for item in ordered)
    taken = bytearray(max(item.end for item in ordered) - first)  # looked up in place of all kept so far
    kept: list[PersonalData] = []
    for item in ordered:
        start, end = item.start - first, item.end - first
        if taken.find(1, start, end) < 0:
            kept.append(item)
            taken[start:end] = b"\x01" * (end - start)
    return sorted(kept, key=_START)
