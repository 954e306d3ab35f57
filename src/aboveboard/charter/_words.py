"""Plain words for what a charter holds."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from functools import cache

from aboveboard.charter._charter import Promise
from aboveboard.charter._containers import MapOf
from aboveboard.charter._packaged import read_packaged
from aboveboard.charter._scalars import Text
from aboveboard.values import Bound

_COMPARISONS = {">=": "at least", ">": "more than", "<=": "at most", "<": "less than"}
_MOMENTS = {"release": "before each release", "live": "all the time on live answers", "daily": "every day"}
_MOMENTS |= {
    "weekly": "every week",
    "monthly": "every month",
    "quarterly": "every quarter",
    "yearly": "every year",
}
_CONSEQUENCES = {
    "warn": "the people responsible are warned; answers go on",
    "fallback": "the fallback model answers instead",
    "hold": "every answer waits for a person to release it, until the promise is kept again",
    "stop": "the system stops answering",
}


@cache
def _phrases() -> Mapping[str, str]:
    phrases: Mapping[str, str] = read_packaged("plain_words.yaml", MapOf(Text(), Text()), {})
    return phrases


def measure_phrase(measure: str) -> str:
    """A noun phrase for a measure; its own name when we have no words for it."""
    return _phrases().get(measure, f"the measure {measure}")


def sentence_list(items: Iterable[str], last: str = "and") -> str:
    """`a, b and c`."""
    words = list(items)
    return f" {last} ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def bound_words(bound: Bound) -> str:
    """`at least 0.8`."""
    return f"{_COMPARISONS[bound.comparison]} {bound.threshold:g}"


def promise_words(promise: Promise) -> str:
    """The requirement as a sentence."""
    subject = measure_phrase(promise.measure)
    over = f" For every {sentence_list(map(_attribute, promise.over))}, by itself." if promise.over else ""
    return f"{subject[0].upper()}{subject[1:]} must be {bound_words(promise.must)}.{over}"


def _attribute(name: str) -> str:
    parts = name.split("*")
    return parts[0] if len(parts) == 1 else f"combination of {sentence_list(parts)}"


def moments(when: Sequence[str]) -> str:
    """`before each release and every month`."""
    return sentence_list(_MOMENTS[moment] for moment in when)


def consequence(promise: Promise) -> str:
    """What follows when the promise is broken."""
    return _CONSEQUENCES[promise.if_broken]


def duration_words(length: timedelta) -> str:
    """`30 days`, `3 years`, in the largest unit that is whole."""
    seconds = int(length.total_seconds())
    for unit, size in (("year", 365 * 86400), ("day", 86400), ("hour", 3600), ("minute", 60), ("second", 1)):
        if seconds % size == 0 and seconds >= size:
            count = seconds // size
            return f"{count} {unit}{'s' * (count != 1)}"
    return "not at all"
