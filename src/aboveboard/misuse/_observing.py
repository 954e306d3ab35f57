"""What happened since the last round, as hits and misses of each holder."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from aboveboard.misuse._rule import MisuseRule
from aboveboard.misuse._rungs import Signal
from aboveboard.misuse._sketch import Repetitions


@dataclass(frozen=True, slots=True)
class Seen:
    """A request that is over: whose (a key, a person's pseudonym, or both), its minute since 1970, whether a
    guard stopped it, and what was asked, masked; that is forgotten within a second.
    """

    holders: tuple[str, ...]
    minute: int
    is_blocked: bool
    text: str


@dataclass(frozen=True, slots=True)
class Gathered:
    """Of each holder: requests by minute, and hits (true) or misses of a signal, in order."""

    requests: dict[str, Counter[int]]
    hits: dict[tuple[str, str], list[bool]]


def gather(seen: Iterable[Seen], rule: MisuseRule, repetitions: Repetitions) -> Gathered:
    """What there is to judge, as far as the rule watches for it."""
    found = Gathered(defaultdict(Counter), defaultdict(list))
    for each in seen:
        for holder in each.holders:
            signals = rule.signals(holder)
            if Signal.VOLUME in signals:
                found.requests[holder][each.minute] += 1
            for signal, is_hit in _hits(each, holder, repetitions):
                if signal in signals:
                    found.hits[holder, signal].append(is_hit)
    return found


def _hits(seen: Seen, holder: str, repetitions: Repetitions) -> Iterator[tuple[str, bool]]:
    yield Signal.BLOCKS.value, seen.is_blocked
    is_repeated = repetitions.is_repeated(holder, seen.text) if seen.text else None
    if is_repeated is not None:
        yield Signal.DUPLICATES.value, is_repeated
