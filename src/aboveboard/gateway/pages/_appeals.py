"""`POST /v1/appeals`: whoever is on the misuse ladder says why they should not be."""

import asyncio
from dataclasses import dataclass

from aboveboard.errors import AboveboardError
from aboveboard.gateway._services import GatewayServices
from aboveboard.gateway.admission import Admission, ConflictError, pseudonym_of, subject_of
from aboveboard.gateway.http import (
    BadRequestError,
    HttpRequest,
    NotFoundError,
    UnrecordedError,
    decode_object,
)

_LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Appeals:
    """Takes appeals, also of those who are suspended."""

    services: GatewayServices
    admission: Admission

    async def take(self, request: HttpRequest) -> None:
        """Opens a case and answers 201 with its reference.

        Raises NotFoundError for whoever stands on no rung, ConflictError while an appeal of theirs waits.
        """
        caller = await self.admission.enter(request, "answer")
        words = _words(await request.json_body(self.services.limits))
        person = await pseudonym_of(subject_of(request), self.services.pseudonym)
        standing = self.admission.laddering.standing(caller, person)
        if standing is None or self.services.open_appeal is None:
            raise NotFoundError("nothing is held against whoever asks", code="not_on_ladder")
        try:
            reference = await asyncio.to_thread(self.services.open_appeal, standing, words)
        except AboveboardError as error:
            raise UnrecordedError from error
        if not reference:
            raise ConflictError("an appeal waits already; follow that one", code="appeal_waits")
        body = {"object": "appeal", "reference": reference, "url": f"/cases/{reference}"}
        await request.reply_json(body, 201, ((b"cache-control", b"no-store"),))


def _words(body: bytes) -> str:
    given = decode_object(body)
    words = given.pop("words", None)
    if given:
        raise BadRequestError(f"an appeal has no field {next(iter(given))[:40]!r}", code="unknown_field")
    if not isinstance(words, str) or not words.strip() or len(words) > _LONGEST:
        raise BadRequestError(f"say in `words` why, in 1 to {_LONGEST} characters", param="words")
    return words
