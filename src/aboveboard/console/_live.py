"""Live promises: what is watched, how it stands, which alarms there are."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from aboveboard.console._pages import page
from aboveboard.console._services import ConsoleServices


@dataclass(frozen=True, slots=True)
class LivePages:
    """One page, drawn from what the monitor read last."""

    services: ConsoleServices

    def index(self, request: Request) -> Response:
        """All that is watched, alarms first."""
        return page("live.html.j2", "Live", {"live": self.services.live()})
