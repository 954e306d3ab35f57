"""The client's side of one exchange: headers first, frames after, and one way to fail."""

from collections.abc import Sequence
from dataclasses import dataclass

from aboveboard.gateway.dialects import Dialect, Writer
from aboveboard.gateway.http import STREAM_HEADERS, ApiError, Header, HeldError, HttpRequest, comment


@dataclass(slots=True)
class Wire:
    """Sends an answer. A stream begins with its first frame, so that an earlier failure has a real status.

    `writer` is the one whose frames were sent: it also says how a stream fails.
    """

    request: HttpRequest
    opening: list[Header]
    dialect: Dialect
    writer: Writer | None = None
    is_open: bool = False
    is_ended: bool = False
    status: int = 200

    async def whole(self, value: object, closing: Sequence[Header]) -> None:
        """A complete JSON answer with all its headers."""
        self.is_ended = True
        await self.request.reply_json(value, 200, [*self.opening, *closing])

    async def frames(self, data: bytes) -> None:
        """Some frames of a stream."""
        if not self.is_open:
            await self._open()
        await self.request.send({"type": "http.response.body", "body": data, "more_body": True})

    async def end(self, data: bytes, closing: Sequence[Header]) -> None:
        """The last frames, the headers that were not known at the start as comments, and `[DONE]`.

        Clients of protocols without a `[DONE]` stop at the last frame, so the comments come before it.
        """
        if not self.is_open:
            await self._open()
        self.is_ended = True
        late, done = comment(closing), self.dialect.done
        body = data + late + done if done else late + data
        await self.request.send({"type": "http.response.body", "body": body, "more_body": False})

    async def fail(self, error: ApiError, closing: Sequence[Header]) -> None:
        """An error: a status and an object, or in mid-stream a typed frame and nothing after it.

        Nothing at all where the answer has come to its end: what fails then is no business of who asked.
        """
        if self.is_ended:
            return
        if self.is_open and self.writer is not None:
            await self.end(self.writer.error(error), closing)
            return
        self.is_ended = True
        headers = [*self.opening, *closing, *error.headers]
        await self.request.reply_json(self.dialect.error(error), error.status, headers)

    async def held(self, error: HeldError, closing: Sequence[Header]) -> None:
        """Where to ask for an answer that is held: a status and an object, or a stream's last frame."""
        headers = [*closing, *error.headers]
        if self.writer is None:
            self.is_ended = True
            await self.request.reply_json(error.hold, error.status, [*self.opening, *headers])
            return
        if not self.is_open:
            self.status = error.status
            self.opening.extend(error.headers)
        await self.end(self.writer.error(error), headers)

    async def _open(self) -> None:
        self.is_open = True
        await self.request.send(
            {
                "type": "http.response.start",
                "status": self.status,
                "headers": [*STREAM_HEADERS, *self.opening],
            }
        )
