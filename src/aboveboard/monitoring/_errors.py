"""What can go wrong while promises are watched live.

MonitoringError
├── MonitoringStoreError   monitoring.db cannot be opened, read or written
└── UnknownAlarmError      no alarm of this id stands
"""

from aboveboard.errors import AboveboardError


class MonitoringError(AboveboardError):
    """Any failure of this package."""


class MonitoringStoreError(MonitoringError):
    """monitoring.db cannot be opened, read or written."""


class UnknownAlarmError(MonitoringError):
    """No alarm of this id stands."""
