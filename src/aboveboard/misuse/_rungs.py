"""The rungs of the ladder, what is watched for, and who stands where."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Rung(IntEnum):
    """How far somebody has come: noted, kept to a few requests a minute, each answer held, refused."""

    OFF = 0
    WATCH = 1
    SLOW = 2
    HOLD = 3
    SUSPEND = 4

    @property
    def label(self) -> str:
        """The name that charters, records and answers have for it."""
        return self.name.lower()


class Signal(StrEnum):
    """What is watched for."""

    VOLUME = "volume"
    """Minutes with far more requests than the same holder's busy hours ever had in one."""
    DUPLICATES = "duplicates"
    """Texts that nearly repeat one of the holder's last ones."""
    BLOCKS = "blocks"
    """Requests or answers that a guard stops."""


SIGNALS = tuple(str(each) for each in Signal)
RUNGS = tuple(each.label for each in Rung)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stands. `holder` is `key:…` (a public id) or a person (`holder_of`); `since` and `until`
    (the next step down, if nothing more happens) are seconds since 1970; `step` is the record of the last
    step up, `appeal` the case in which it is challenged, if it is.
    """

    holder: str
    rung: Rung
    signal: str
    since: int
    until: int
    step: str
    appeal: str = ""
