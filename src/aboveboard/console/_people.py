"""Who works in the console: added, given roles and passwords, removed."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from aboveboard.access import ROLES, Access, Act, User
from aboveboard.console._errors import PageError
from aboveboard.console._forms import Form
from aboveboard.console._keeping import access_of, keep
from aboveboard.console._pages import HEADERS, page
from aboveboard.console._services import ConsoleServices
from aboveboard.console._visitor import VISITOR


@dataclass(frozen=True, slots=True)
class PeoplePages:
    """The users. Nobody changes their own roles: what one may is somebody else's to say."""

    services: ConsoleServices

    @property
    def access(self) -> Access:
        return access_of(self.services)

    def index(self, request: Request) -> Response:
        """Everybody, and a form for somebody new."""
        context = {"people": self.access.people.all(), "roles": self._roles()}
        return page("people.html.j2", "People", context)

    def add(self, request: Request) -> Response:
        """Somebody new, with a password to begin with."""
        form: Form = request.state.form
        roles = self._known(form.texts("role"))
        actor = VISITOR.get().actor
        _, act = self.access.people.draft_user(form.text("name"), roles, form.text("password"), actor)
        return self._kept(act)

    def show(self, request: Request) -> Response:
        """One person."""
        context = {"person": self._person(request), "roles": self._roles()}
        return page("person.html.j2", "Person", context)

    def set_roles(self, request: Request) -> Response:
        """Other roles; they have to log in again."""
        person, form = self._other(request), request.state.form
        roles = self._known(form.texts("role"))
        return self._kept(self.access.people.draft_roles(person, roles, VISITOR.get().actor))

    def set_password(self, request: Request) -> Response:
        """Another password, for who has lost theirs; wherever they are logged in, they are out."""
        person, form = self._other(request), request.state.form
        act = self.access.people.draft_password(person, form.text("password"), VISITOR.get().actor)
        return self._kept(act)

    def remove(self, request: Request) -> Response:
        """Their name, password and sessions go; records keep the random id."""
        act = self.access.people.draft_removal(self._other(request), VISITOR.get().actor)
        return self._kept(act)

    def _roles(self) -> Sequence[str]:
        """Those of the console, those of the charter, and the one that decides about held answers."""
        charter = self.services.charter()
        return tuple(dict.fromkeys((*ROLES, charter.oversight.hold.role, *charter.roles)))

    def _known(self, roles: Sequence[str]) -> Sequence[str]:
        """Raises PageError for a role that nobody knows."""
        known = self._roles()
        if not roles or not set(roles) <= set(known):
            raise PageError(422, "Not a list of roles", f"Choose some of {', '.join(known)}.")
        return roles

    def _person(self, request: Request) -> User:
        wanted = request.path_params["person"]
        for person in self.access.people.all():
            if person.id == wanted:
                return person
        raise PageError(404, "There is nobody of this id", "They may have been removed.")

    def _other(self, request: Request) -> User:
        person = self._person(request)
        if person.actor == VISITOR.get().actor:
            raise PageError(403, "This is you", "Have another admin do it; your password is at Your account.")
        return person

    def _kept(self, act: Act) -> Response:
        keep(self.services, act)
        return RedirectResponse("/console/people", status_code=303, headers=HEADERS)
