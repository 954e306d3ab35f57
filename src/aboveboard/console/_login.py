"""Logging in and out, and one's own password."""

import re
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from aboveboard.access import Access, LoginError, Session, ThrottledError
from aboveboard.console._cookies import (
    begin,
    end,
    is_own_login,
    keep_login_secret,
    login_secret,
    login_token,
    session_of,
)
from aboveboard.console._errors import PageError
from aboveboard.console._forms import SMALL, Form, is_same_origin, read_form
from aboveboard.console._gate import LOGIN
from aboveboard.console._keeping import access_of, keep
from aboveboard.console._pages import HEADERS, page
from aboveboard.console._services import ConsoleServices
from aboveboard.console._visitor import VISITOR

HOME = "/console"
_LONGEST_NAME, _LONGEST_PASSWORD = 200, 1024
_OWN_PATH = re.compile(r"/console(?:/[A-Za-z0-9][A-Za-z0-9._-]*)*", re.ASCII)


def own_path(text: str) -> str:
    """Where to go after logging in: a page of the console, whatever was asked for."""
    is_own = _OWN_PATH.fullmatch(text) and not text.startswith((LOGIN, "/console/logout"))
    return text if is_own else HOME


@dataclass(frozen=True, slots=True)
class LoginPages:
    """The way in, and out."""

    services: ConsoleServices

    @property
    def access(self) -> Access:
        return access_of(self.services)

    def show(self, request: Request) -> Response:
        """The form; straight on for whoever is in already."""
        _ = self.access
        wanted = own_path(request.query_params.get("next", ""))
        if VISITOR.get().session:
            return RedirectResponse(wanted, status_code=303, headers=HEADERS)
        return _form(request, wanted)

    async def log_in(self, request: Request) -> Response:
        """Begins a session under a new token, whatever the browser brought."""
        _ = self.access
        if not is_same_origin(request):
            raise PageError(403, "This form was not sent from here", f"Open {LOGIN} and log in there.")
        form = await read_form(request, SMALL)
        if not is_own_login(request, form.text("csrf")):
            raise PageError(
                403,
                "The login form came without its cookie",
                f"Open {LOGIN} and try again. From another machine it takes https: else no browser keeps it.",
            )
        wanted = own_path(form.text("next"))
        try:
            session = await run_in_threadpool(self._session, request, form)
        except LoginError as error:
            return _refused(request, wanted, error)
        await run_in_threadpool(self._end, session_of(request))
        response = RedirectResponse(wanted, status_code=303, headers=HEADERS)
        begin(request, response, session.token)
        return response

    def log_out(self, request: Request) -> Response:
        """Ends the session, here and on the server."""
        self._end(session_of(request))
        response = RedirectResponse(LOGIN, status_code=303, headers=HEADERS)
        end(request, response)
        return response

    def account(self, request: Request) -> Response:
        """Who one is here, and a form for another password."""
        return _account("")

    def change_password(self, request: Request) -> Response:
        """Another password, for whoever knows the present one; every session of theirs ends."""
        form: Form = request.state.form
        visitor, access = VISITOR.get(), self.access
        present, wanted = form.text("present")[:_LONGEST_PASSWORD], form.text("password")
        if wanted != form.text("again"):
            return _account("The new password was not written twice the same.", 422)
        try:
            again = access.sessions.login(visitor.name, present, address_of(request))
        except LoginError as error:
            return _account(_said(error, "The present password is wrong."), _status(error))
        act = access.people.draft_password(again.user, wanted, visitor.actor)
        keep(self.services, act)
        response = RedirectResponse(LOGIN, status_code=303, headers=HEADERS)
        end(request, response)
        return response

    def _session(self, request: Request, form: Form) -> Session:
        name, password = form.text("name"), form.text("password")
        if len(name) > _LONGEST_NAME or len(password) > _LONGEST_PASSWORD:
            raise LoginError("name or password is wrong")
        return self.access.sessions.login(name, password, address_of(request))

    def _end(self, token: str) -> None:
        if token:
            self.access.sessions.end(token)


def address_of(request: Request) -> str:
    """What guesses are counted by: an IPv4 address, or the network of 64 bits that one customer has."""
    host = request.client.host if request.client else ""
    try:
        found = ip_address(host)
    except ValueError:
        return host
    return str(ip_network((found, 64), strict=False)) if isinstance(found, IPv6Address) else host


def _form(request: Request, wanted: str, said: str = "", status: int = 200) -> Response:
    secret = login_secret(request)
    context = {"csrf": login_token(secret), "wanted": wanted, "said": said}
    response = page("login.html.j2", "Log in", context, status)
    keep_login_secret(request, response, secret)
    return response


def _refused(request: Request, wanted: str, error: LoginError) -> Response:
    said = _said(error, "Name or password is wrong.")
    response = _form(request, wanted, said, _status(error))
    if isinstance(error, ThrottledError):
        response.headers["Retry-After"] = str(error.seconds)
    return response


def _said(error: LoginError, otherwise: str) -> str:
    if isinstance(error, ThrottledError):
        return f"Too many attempts. Wait {error.seconds} seconds and try again."
    return otherwise


def _status(error: LoginError) -> int:
    return 429 if isinstance(error, ThrottledError) else 403


def _account(said: str, status: int = 200) -> Response:
    return page("account.html.j2", "Your account", {"said": said}, status)
