"""The gate before every page: who comes, whether they may, and whether a form is their own."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from inspect import iscoroutinefunction
from ipaddress import ip_address
from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from aboveboard.console._cookies import session_of
from aboveboard.console._errors import PageError, status_of
from aboveboard.console._forms import is_same_origin, read_form
from aboveboard.console._pages import HEADERS, problem
from aboveboard.console._permissions import ANYBODY, Permission, roles_with
from aboveboard.console._services import ConsoleServices
from aboveboard.console._visitor import VISITOR, Visitor
from aboveboard.errors import AboveboardError

LOGIN = "/console/login"
Endpoint = Callable[[Request], Any]


class Door(Route):
    """A route, and what who comes through it must be allowed: None for the public ones."""

    def __init__(self, path: str, enter: Endpoint, needs: Permission | None, methods: list[str]) -> None:
        super().__init__(path, enter, methods=methods)
        self.needs = needs


@dataclass(frozen=True, slots=True)
class Gate:
    """Lets people in. A public page may be had by anybody, and looks after its own forms."""

    services: ConsoleServices

    def page(self, path: str, endpoint: Endpoint, needs: Permission | None) -> Door:
        """A page to look at."""
        return Door(path, self._guarded(endpoint, needs), needs, ["GET"])

    def form(self, path: str, endpoint: Endpoint, needs: Permission | None) -> Door:
        """What a form is sent to; its endpoint finds it in `request.state.form`, unless it is public."""
        return Door(path, self._guarded(endpoint, needs), needs, ["POST"])

    def _guarded(
        self, endpoint: Endpoint, needs: Permission | None
    ) -> Callable[[Request], Awaitable[Response]]:
        async def enter(request: Request) -> Response:
            try:
                return await self._enter(request, endpoint, needs)
            except AboveboardError as error:
                return problem(status_of(error), error.what, error.cure)

        return enter

    async def _enter(self, request: Request, endpoint: Endpoint, needs: Permission | None) -> Response:
        visitor = await run_in_threadpool(self.visitor, request)
        VISITOR.set(visitor)
        if needs is not None:
            self._check_place(request)
            if visitor.session is None and visitor.can_log_in:
                return _asked_to_log_in(request)
            _check_permission(visitor, needs)
            if request.method == "POST":
                await _take_form(request, visitor)
        if iscoroutinefunction(endpoint):
            answer: Response = await endpoint(request)
        else:
            answer = await run_in_threadpool(endpoint, request)
        return answer

    def visitor(self, request: Request) -> Visitor:
        """Whoever sends a request; raises AccessStoreError when that cannot be known."""
        access = self.services.access
        if access is None:
            return Visitor(permissions=ANYBODY)
        token = session_of(request)
        session = access.sessions.find(token) if token else None
        return Visitor.of(session) if session else Visitor(can_log_in=True)

    def _check_place(self, request: Request) -> None:
        """Raises PageError where nobody is asked who they are, and who asks is not on this machine."""
        services = self.services
        if services.access is None and services.is_open and not _is_here(request):
            raise PageError(
                403,
                "This console asks nobody who they are",
                "So it is seen on its own machine alone. Write `access: {console: required}` in the charter,"
                " and add people with `aboveboard user add`.",
            )


def _is_here(request: Request) -> bool:
    try:
        return request.client is not None and ip_address(request.client.host).is_loopback
    except ValueError:
        return False


def _asked_to_log_in(request: Request) -> Response:
    if request.method == "POST":
        return problem(
            401,
            "You are not logged in any more",
            "Nothing was done. Log in, go back, and send it again.",
        )
    wanted = quote(request.url.path, safe="/")
    return RedirectResponse(f"{LOGIN}?next={wanted}", status_code=303, headers=HEADERS)


def _check_permission(visitor: Visitor, needs: Permission) -> None:
    if visitor.may(needs):
        return
    if not visitor.can_log_in:
        raise PageError(
            403,
            "Nobody logs in here, so nobody may do this here",
            "Use the command line, or write `access: {console: required}` in the charter.",
        )
    own, wanted = ", ".join(visitor.roles), " or ".join(roles_with(needs))
    raise PageError(
        403, "Your roles do not allow this", f"You are {own}; it takes {wanted}. An admin gives roles."
    )


async def _take_form(request: Request, visitor: Visitor) -> None:
    """Reads the form; raises PageError for one that no page of this session made."""
    if not is_same_origin(request):
        raise PageError(403, "This form was not sent from here", "Open the page and send it again.")
    form = await read_form(request)
    if visitor.session is None or not visitor.session.is_own_form(form.text("csrf")):
        raise PageError(
            403, "This form is not of your session", "You have logged in anew since: open the page again."
        )
    request.state.form = form
