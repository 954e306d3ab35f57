"""Forms as browsers send them: bounded, and nothing else taken for one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from starlette.requests import Request

from aboveboard.console._errors import PageError
from aboveboard.gateway.http import BODY_SECONDS, within

SMALL = 32 * 1024
LARGE = 1280 * 1024
"""Bytes: an edited answer of 100,000 characters has up to twelve for each, percent-encoded."""

_MOST_FIELDS = 64
_TYPE = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Form:
    """What was filled in. A field that is not there is empty."""

    fields: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """The first value of a field, its lines ended as everywhere else."""
        return next(iter(self.fields.get(name, ())), "").replace("\r\n", "\n")

    def texts(self, name: str) -> Sequence[str]:
        """All values of a field: what was ticked."""
        return self.fields.get(name, ())

    def words(self, name: str) -> Sequence[str]:
        """What stands in a field, apart by spaces, commas or lines."""
        return self.text(name).replace(",", " ").split()


async def read_form(request: Request, most: int = LARGE, seconds: float = BODY_SECONDS) -> Form:
    """The form of a request; raises PageError for one of over `most` bytes, for one that takes longer, and
    for anything else.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _TYPE:
        raise PageError(415, "This is no form", "Send it from the page it belongs to.")
    try:
        body = await within(seconds, _read(request, most))
    except TimeoutError:
        raise PageError(408, "The form did not arrive in time", "Send it again.") from None
    try:
        found = parse_qs(body.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise PageError(400, "This form cannot be read", "Send it from the page it belongs to.") from error
    return Form(found)


async def _read(request: Request, most: int) -> bytes:
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > most:
            raise PageError(413, "Too much was written", "Shorten it and send it again.")
    return bytes(body)


def is_same_origin(request: Request) -> bool:
    """Refuses forms that another site made the browser send (Fetch Metadata, else Origin)."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is None or origin.split("://")[-1] == request.headers.get("host")
