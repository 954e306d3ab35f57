"""Who has access: looked up where people log in, and changed once that is on record."""

from aboveboard.access import Access, Act
from aboveboard.console._errors import PageError
from aboveboard.console._services import ConsoleServices


def access_of(services: ConsoleServices) -> Access:
    """Raises PageError where the charter asks nobody to log in."""
    if services.access is None:
        raise PageError(404, "Nobody logs in here", "The charter says `access: {console: none}`.")
    return services.access


def keep(services: ConsoleServices, act: Act) -> None:
    """Records an act, then makes the change; raises AboveboardError."""
    access = access_of(services)
    services.record(act.change, {})
    access.keep(act)
    access.keyring.refresh()
