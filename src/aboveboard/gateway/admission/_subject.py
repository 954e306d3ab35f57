"""Whom a request is about, as the application names them."""

import asyncio
from collections.abc import Callable

from aboveboard.gateway.http import BadRequestError, HttpRequest

LONGEST_SUBJECT = 512


def subject_of(request: HttpRequest) -> str:
    """The name in `X-Aboveboard-Subject`, empty without one; raises BadRequestError for one that is too long:
    cut short, two people could become one.
    """
    name = request.header(b"x-aboveboard-subject")
    if len(name) > LONGEST_SUBJECT:
        raise BadRequestError(
            f"X-Aboveboard-Subject has more than {LONGEST_SUBJECT} characters", code="subject_too_long"
        )
    return name


async def pseudonym_of(name: str, pseudonym: Callable[[str], str]) -> str:
    """How evidence knows whoever has that name; empty for an empty one.

    A name that can be spelt in several ways costs a look into the vault: that is done beside the event loop.
    """
    if not name:
        return ""
    if name.isascii() and name == name.strip():
        return pseudonym(name)
    return await asyncio.to_thread(pseudonym, name)
