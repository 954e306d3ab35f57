"""A ladder that misuse leads keys and people up: watch, slow, hold, suspend; with reasons, and ways down."""

from aboveboard.misuse._alarm import Evidence, rings, seen
from aboveboard.misuse._errors import MisuseError, MisuseStoreError, NotOnLadderError
from aboveboard.misuse._ladder import Ladder
from aboveboard.misuse._observing import Seen
from aboveboard.misuse._round import Duties
from aboveboard.misuse._rule import KEY, MisuseRule, holder_of, person_of
from aboveboard.misuse._rungs import RUNGS, SIGNALS, Rung, Signal, Standing
from aboveboard.misuse._sketch import Repetitions
from aboveboard.misuse._tables import MISUSE
from aboveboard.misuse._volume import Volume

__all__ = [
    "KEY",
    "MISUSE",
    "RUNGS",
    "SIGNALS",
    "Duties",
    "Evidence",
    "Ladder",
    "MisuseError",
    "MisuseRule",
    "MisuseStoreError",
    "NotOnLadderError",
    "Repetitions",
    "Rung",
    "Seen",
    "Signal",
    "Standing",
    "Volume",
    "holder_of",
    "person_of",
    "rings",
    "seen",
]
