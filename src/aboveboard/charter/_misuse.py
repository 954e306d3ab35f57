"""The charter's `misuse`: who is watched for what, and how far the ladder leads."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

from aboveboard.charter._containers import ListOf
from aboveboard.charter._keys import Key
from aboveboard.charter._record import Record
from aboveboard.charter._scalars import Choice, Duration, Number

RUNGS = ("off", "watch", "slow", "hold", "suspend")  # weakest first
SIGNALS = ("volume", "duplicates", "blocks")


@dataclass(frozen=True, slots=True)
class OrdinaryUse:
    """What is ordinary, so that it speaks against nobody."""

    volume: Annotated[
        float,
        Key(Number(1, 1000), "Up to how many times the busiest minute of one's own busy hours."),
    ] = 4.0
    duplicates: Annotated[
        float, Key(Number(0.01, 0.99), "The share of texts that nearly repeat one of the last 32.")
    ] = 0.5
    blocks: Annotated[float, Key(Number(0.001, 0.99), "The share of requests that a guard stops.")] = 0.05


@dataclass(frozen=True, slots=True)
class MisusePlan:
    """What becomes of keys and people who misuse the gateway."""

    ladder: Annotated[
        str,
        Key(
            Choice(RUNGS),
            "The highest rung: `watch` only notes, `slow` lets a few requests a minute through, `hold` has"
            " every answer wait for a person, `suspend` refuses.",
        ),
    ] = "off"
    keys: Annotated[tuple[str, ...], Key(ListOf(Choice(SIGNALS)), "What is watched for in keys.")] = (
        "volume",
        "blocks",
    )
    people: Annotated[
        tuple[str, ...], Key(ListOf(Choice(SIGNALS)), "What is watched for in end users, by pseudonym.")
    ] = SIGNALS
    ordinary: Annotated[OrdinaryUse, Key(Record(OrdinaryUse, "what is ordinary"), "What is ordinary.")] = (
        OrdinaryUse()
    )
    false_alarms: Annotated[
        float,
        Key(
            Number(1e-9, 0.1),
            "The chance of a false alarm, at most, for each thing observed of whoever stays within that.",
        ),
    ] = 1e-5
    decay: Annotated[timedelta, Key(Duration(), "After how long without an alarm one goes a rung down.")] = (
        timedelta(days=1)
    )
    slow: Annotated[
        int, Key(Number(1, 10_000, is_whole=True), "Requests a minute on the rung `slow`, at each gateway.")
    ] = 6
