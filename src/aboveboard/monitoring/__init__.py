"""Live promises: watched on the gateway's records as they are made, and by probes that nobody is shown.

`watches_of` says what a charter has watched; a `Monitor` reads the record on, round by round, and a `Prober`
asks. State lives in a `MonitoringStore`. `docs/reference/monitoring.md` has the statistics.
"""

from aboveboard.monitoring._errors import MonitoringError, MonitoringStoreError, UnknownAlarmError
from aboveboard.monitoring._figure import Figure, GroupFigure
from aboveboard.monitoring._measures import live_measures
from aboveboard.monitoring._monitor import Consequences, Monitor, Ruling, lifting
from aboveboard.monitoring._prober import Cost, Prober
from aboveboard.monitoring._store import MonitoringStore
from aboveboard.monitoring._view import LiveView, WatchView
from aboveboard.monitoring._watch import Watch
from aboveboard.monitoring._watches import Unwatched, Watches, watches_of

__all__ = [
    "Consequences",
    "Cost",
    "Figure",
    "GroupFigure",
    "LiveView",
    "Monitor",
    "MonitoringError",
    "MonitoringStore",
    "MonitoringStoreError",
    "Prober",
    "Ruling",
    "UnknownAlarmError",
    "Unwatched",
    "Watch",
    "WatchView",
    "Watches",
    "lifting",
    "live_measures",
    "watches_of",
]
