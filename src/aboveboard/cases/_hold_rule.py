"""What a charter says of held answers."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class HoldRule:
    """Who decides, within which time, and what follows when nobody does: `withhold` or `release`; and
    how many may wait."""

    role: str = "reviewer"
    deadline: timedelta = timedelta(hours=4)
    on_timeout: str = "withhold"
    most: int = 10_000
