"""The console as an ASGI application."""

from importlib.resources import files

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from aboveboard.console._answers import AnswerPages
from aboveboard.console._cases import CasePages
from aboveboard.console._gate import Door, Gate
from aboveboard.console._keys import KeyPages
from aboveboard.console._labels import LabelPages
from aboveboard.console._ledger import LedgerPages
from aboveboard.console._live import LivePages
from aboveboard.console._login import LoginPages
from aboveboard.console._misuse import MisusePages
from aboveboard.console._overview import Pages
from aboveboard.console._pages import problem
from aboveboard.console._people import PeoplePages
from aboveboard.console._permissions import Permission
from aboveboard.console._runs import RunPages
from aboveboard.console._services import ConsoleServices
from aboveboard.documents import stylesheet

_STATIC = {"console.css": "text/css; charset=utf-8", "verify.js": "text/javascript; charset=utf-8"}


def console_app(services: ConsoleServices) -> Starlette:
    """Pages under `/console`, `/answers`, `/cases` and `/transparency`.

    Answers only to the host names of `services.hosts`, so that a foreign page cannot reach a console on
    loopback by a name of its own (DNS rebinding).
    """
    hosts = Middleware(TrustedHostMiddleware, allowed_hosts=list(services.hosts), www_redirect=False)
    handlers = {404: _not_found, 405: _not_so, 500: _failed}
    return Starlette(routes=_routes(services), middleware=[hosts], exception_handlers=handlers)


def _routes(services: ConsoleServices) -> list[Door]:
    gate = Gate(services)
    return [
        *_public(gate),
        *_evidence(gate),
        *_oversight(gate),
        *_labels(gate),
        *_misuse(gate),
        *_keys(gate),
        *_people(gate),
        gate.page("/{path:path}", _nothing, None),
    ]


def _public(gate: Gate) -> list[Door]:
    """What anybody may see, and the way in."""
    services = gate.services
    answers, login = AnswerPages(services), LoginPages(services)
    return [
        gate.page("/", _home, None),
        gate.page("/console/static/{name}", static, None),
        gate.page("/answers/{record}", answers.show, None),
        gate.form("/answers/{record}/challenge", answers.challenge, None),
        gate.page("/cases/{reference}", answers.case, None),
        gate.page("/transparency", Pages(services).transparency, None),
        gate.page("/console/login", login.show, None),
        gate.form("/console/login", login.log_in, None),
        gate.form("/console/logout", login.log_out, Permission.ACCOUNT),
        gate.page("/console/account", login.account, Permission.ACCOUNT),
        gate.form("/console/account", login.change_password, Permission.ACCOUNT),
    ]


def _evidence(gate: Gate) -> list[Door]:
    services, needs = gate.services, Permission.LOOK
    runs, ledger = RunPages(services), LedgerPages(services)
    return [
        gate.page("/console", Pages(services).overview, needs),
        gate.page("/console/runs", runs.index, needs),
        gate.page("/console/runs/{run}", runs.show, needs),
        gate.page("/console/live", LivePages(services).index, needs),
        gate.page("/console/ledger", ledger.explore, needs),
        gate.page("/console/records/{record}", ledger.record, needs),
        gate.page("/console/records/{record}/receipt", ledger.receipt, needs),
    ]


def _oversight(gate: Gate) -> list[Door]:
    cases = CasePages(gate.services)
    return [
        gate.page("/console/cases", cases.queue, Permission.QUEUE),
        gate.page("/console/cases/{case}", cases.show, Permission.READ),
        gate.form("/console/cases/{case}/full", cases.show_in_full, Permission.READ),
        gate.form("/console/cases/{case}/decide", cases.decide, Permission.DECIDE),
    ]


def _labels(gate: Gate) -> list[Door]:
    labels, path = LabelPages(gate.services), "/console/runs/{run}/label"
    return [gate.page(path, labels.show, Permission.DECIDE), gate.form(path, labels.keep, Permission.DECIDE)]


def _misuse(gate: Gate) -> list[Door]:
    misuse = MisusePages(gate.services)
    return [
        gate.page("/console/misuse", misuse.index, Permission.QUEUE),
        gate.form("/console/misuse/lift", misuse.lift, Permission.DECIDE),
    ]


def _keys(gate: Gate) -> list[Door]:
    keys, sees, changes = KeyPages(gate.services), Permission.SEE_KEYS, Permission.CHANGE_KEYS
    return [
        gate.page("/console/keys", keys.index, sees),
        gate.form("/console/keys", keys.make_key, changes),
        gate.page("/console/keys/{key}", keys.key, sees),
        gate.form("/console/keys/{key}/limits", keys.limit_key, changes),
        gate.form("/console/keys/{key}/rotate", keys.rotate, changes),
        gate.form("/console/keys/{key}/revoke", keys.revoke, changes),
        gate.form("/console/tenants", keys.make_tenant, changes),
        gate.page("/console/tenants/{tenant}", keys.tenant, sees),
        gate.form("/console/tenants/{tenant}/limits", keys.limit_tenant, changes),
    ]


def _people(gate: Gate) -> list[Door]:
    people, sees, changes = PeoplePages(gate.services), Permission.SEE_PEOPLE, Permission.CHANGE_PEOPLE
    return [
        gate.page("/console/people", people.index, sees),
        gate.form("/console/people", people.add, changes),
        gate.page("/console/people/{person}", people.show, sees),
        gate.form("/console/people/{person}/roles", people.set_roles, changes),
        gate.form("/console/people/{person}/password", people.set_password, changes),
        gate.form("/console/people/{person}/remove", people.remove, changes),
    ]


def _home(request: Request) -> Response:
    return RedirectResponse("/console")


def static(request: Request) -> Response:
    """The console's own style and script; the list of names is closed."""
    name = request.path_params["name"]
    if name == "style.css":
        return Response(str(stylesheet()), media_type="text/css")
    if name not in _STATIC:
        return problem(404, "There is no such file")
    text = files("aboveboard.console").joinpath("static", name).read_text(encoding="utf-8")
    return Response(text, headers={"Content-Type": _STATIC[name], "X-Content-Type-Options": "nosniff"})


def _nothing(request: Request) -> Response:
    return problem(404, "There is no such page", "The console starts at /console.")


def _not_found(request: Request, error: Exception) -> Response:
    return _nothing(request)


def _not_so(request: Request, error: Exception) -> Response:
    return problem(405, "This is not done so", "The console starts at /console.")


def _failed(request: Request, error: Exception) -> Response:
    return problem(
        500, "The page could not be drawn", "The server's log says why; `aboveboard doctor` checks the state."
    )
