"""The two cookies: of a session, and of a login form that nobody has sent yet."""

import hmac
import secrets

from starlette.requests import Request
from starlette.responses import Response

_SESSION, _LOGIN = "aboveboard", "aboveboard-login"
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def is_secure(request: Request) -> bool:
    """Whether cookies may travel over TLS alone: always, but for a browser on this very machine.

    Behind a proxy that speaks TLS this is so whatever the proxy tells. Where others come by plain http, their
    browsers keep no such cookie, and nobody can log in: passwords must not travel in the clear.
    """
    return request.url.scheme == "https" or request.url.hostname not in _LOOPBACK


def session_of(request: Request) -> str:
    """The token that a request brings; empty for none."""
    return request.cookies.get(_named(request, _SESSION), "")


def begin(request: Request, response: Response, token: str) -> None:
    """Gives a browser a session; what the login form had is over."""
    _set(request, response, _SESSION, token)
    _delete(request, response, _LOGIN)


def end(request: Request, response: Response) -> None:
    """Takes the session away from a browser."""
    _delete(request, response, _SESSION)


def login_secret(request: Request) -> str:
    """What a browser that has not logged in is known by, or something new."""
    return request.cookies.get(_named(request, _LOGIN), "") or secrets.token_urlsafe(32)


def keep_login_secret(request: Request, response: Response, secret: str) -> None:
    """Lets the browser bring it back with its form."""
    _set(request, response, _LOGIN, secret)


def login_token(secret: str) -> str:
    """What stands in the login form: made of the cookie, from which another site cannot make it."""
    return hmac.digest(secret.encode(errors="replace"), b"login", "sha256").hex()


def is_own_login(request: Request, token: str) -> bool:
    """Whether the browser that sends a login form is the one that it was made for."""
    secret = request.cookies.get(_named(request, _LOGIN), "")
    return bool(secret) and hmac.compare_digest(token.encode(errors="replace"), login_token(secret).encode())


def _named(request: Request, name: str) -> str:
    """`__Host-`: set by this host alone, over TLS, for all its paths (RFC 6265bis, section 4.1.3.2)."""
    return f"__Host-{name}" if is_secure(request) else name


def _set(request: Request, response: Response, name: str, value: str) -> None:
    response.set_cookie(
        _named(request, name),
        value,
        path="/",
        secure=is_secure(request),
        httponly=True,
        samesite="strict",
    )


def _delete(request: Request, response: Response, name: str) -> None:
    response.delete_cookie(
        _named(request, name), path="/", secure=is_secure(request), httponly=True, samesite="strict"
    )
