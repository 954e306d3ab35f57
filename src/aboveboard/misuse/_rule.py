"""What the charter says of the ladder."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import timedelta

from aboveboard.misuse._rungs import Rung, Signal

KEY = "key:"


def holder_of(pseudonym: str, tenant: str) -> str:
    """A person as one tenant's applications name them. What others say or do in the same name, by chance or
    on purpose, is not held against them.
    """
    return f"{pseudonym}@{tenant}" if pseudonym and tenant else pseudonym


def person_of(holder: str) -> str:
    """The pseudonym of a holder; empty for a key."""
    return "" if holder.startswith(KEY) else holder.partition("@")[0]


@dataclass(frozen=True, slots=True)
class MisuseRule:
    """How far the ladder goes, what is watched for, and how rarely it may be wrong.

    `false_alarms`: at most this chance, for each thing observed, that an alarm is false. `keys` and `people`:
    the signals of each. `blocks` and `duplicates` are the shares that are ordinary, `volume` how many times
    the busiest minute of the holder's own busy hours is still ordinary. `decay` is the time after which
    one goes a rung down, `slow` how many requests a minute are let through on that rung, by each gateway.
    """

    most: Rung = Rung.OFF
    false_alarms: float = 1e-5
    decay: timedelta = timedelta(days=1)
    slow: int = 6
    keys: Collection[str] = (Signal.VOLUME, Signal.BLOCKS)
    people: Collection[str] = (Signal.VOLUME, Signal.DUPLICATES, Signal.BLOCKS)
    volume: float = 4.0
    duplicates: float = 0.5
    blocks: float = 0.05
    _shares: dict[str, float] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        shares = {
            Signal.VOLUME: VOLUME_SHARE,
            Signal.DUPLICATES: self.duplicates,
            Signal.BLOCKS: self.blocks,
        }
        object.__setattr__(self, "_shares", shares)

    def signals(self, holder: str) -> Collection[str]:
        """What is watched for in a holder."""
        return self.keys if holder.startswith(KEY) else self.people

    def share(self, signal: str) -> float:
        """The share of hits that is ordinary."""
        return self._shares[signal]


VOLUME_SHARE = 0.05
"""The share of minutes over their bound that is ordinary; it is `volume` times what one hour in 20 passed."""
