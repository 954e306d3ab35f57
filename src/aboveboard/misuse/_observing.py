"""What happened since the last round, as hits and misses of each holder."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from aboveboard.misuse._rule import MisuseRule, person_of
from aboveboard.misuse._rungs import Signal
from aboveboard.misuse._sketch import Repetitions


@dataclass(frozen=True, slots=True)
class Seen:
    """A request that is over: whose (a key, a person, or both), its minute since 1970, whether a
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
    """What there is to judge, as far as the rule watches for it.

    What a named person asks is that person's doing: of the key it counts in the volume alone, so that nobody
    takes an application down with them.
    """
    found = Gathered(defaultdict(Counter), defaultdict(list))
    for each in seen:
        is_named = any(person_of(holder) for holder in each.holders)
        for holder in each.holders:
            signals = rule.signals(holder)
            if Signal.VOLUME in signals:
                found.requests[holder][each.minute] += 1
            if is_named and not person_of(holder):
                continue
            if Signal.BLOCKS in signals:
                found.hits[holder, Signal.BLOCKS.value].append(each.is_blocked)
            if Signal.DUPLICATES in signals and each.text:
                is_repeated = repetitions.is_repeated(holder, each.text)
                if is_repeated is not None:
                    found.hits[holder, Signal.DUPLICATES.value].append(is_repeated)
    return found
