"""Who is on the misuse ladder, why, and off it again."""

from dataclasses import dataclass
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from aboveboard.console._errors import PageError
from aboveboard.console._forms import Form
from aboveboard.console._pages import HEADERS, page
from aboveboard.console._services import ConsoleServices
from aboveboard.console._visitor import VISITOR
from aboveboard.misuse import Ladder, person_of
from aboveboard.values import format_time

_MOST = 1000


@dataclass(frozen=True, slots=True)
class MisusePages:
    """The ladder. People on it are shown by pseudonym."""

    services: ConsoleServices

    @property
    def ladder(self) -> Ladder:
        """Raises PageError where the charter has none."""
        if self.services.misuse is None:
            raise PageError(404, "There is no ladder", "The charter says `misuse: {ladder: off}`.")
        return self.services.misuse

    def index(self, request: Request) -> Response:
        """Who is on which rung, the highest first."""
        found = self.services.misuse.all() if self.services.misuse else ()
        rows = [
            {
                "standing": each,
                "since": format_time(datetime.fromtimestamp(each.since, UTC)),
                "until": format_time(datetime.fromtimestamp(each.until, UTC)),
            }
            for each in found[:_MOST]
        ]
        plan = self.services.charter().misuse
        return page("misuse.html.j2", "Misuse", {"rows": rows, "count": len(found), "plan": plan})

    def lift(self, request: Request) -> Response:
        """Takes somebody off, with a reason that goes on record first."""
        form: Form = request.state.form
        holder, reason = form.text("holder"), form.text("reason").strip()
        if not reason:
            raise PageError(422, "No reason was given", "Say in a sentence why.")
        visitor = VISITOR.get()
        if self.services.pseudonym(visitor.name) == person_of(holder):
            raise PageError(403, "This is about yourself", "Have somebody else decide it.")
        self.ladder.lift(holder, reason[:4000], visitor.actor, lambda step: self.services.record(step, {}))
        return RedirectResponse("/console/misuse", status_code=303, headers=HEADERS)
