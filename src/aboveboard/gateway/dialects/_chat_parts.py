"""The parts of a message's content: text is read, images pass, and all that lies beside them is read too."""

import re
from collections.abc import Iterator
from typing import Any

from aboveboard.gateway.fields import AnyPlace, Place, bad, fields_within, others, texts_within
from aboveboard.gateway.http import BadRequestError
from aboveboard.guards import SegmentRole

# An image in the request itself: the one thing that passes unread. Any other address is read as a text.
IMAGE = re.compile(r"data:image/[a-z0-9.+-]{1,40};base64,[A-Za-z0-9+/]*={0,2}")
_BESIDE: SegmentRole = "tool-result"


def places_of_part(part: Any, role: SegmentRole, where: str) -> Iterator[AnyPlace]:
    """The texts of one part; raises BadRequestError for a kind that no guard could read."""
    kind = part.get("type") if isinstance(part, dict) else None
    if kind == "text" or (kind == "refusal" and role == "assistant"):
        yield _text(part, kind, role, where)
    elif kind == "image_url":
        yield from _image(part, where)
    else:
        # The kind itself is the client's text: it is not repeated.
        raise BadRequestError(
            f"{where} is of a type that the guards cannot read; send text or image_url parts",
            code="unsupported_content_part",
            param=where,
        )
    yield from fields_within(part, others(part, "type", kind), _BESIDE, where)


def text_of(content: Any) -> str:
    """The text of a whole content, for providers that take only text."""
    if isinstance(content, str):
        return content
    return "".join(part["text"] for part in content or () if part["type"] == "text")


def _text(part: dict[str, Any], kind: str, role: SegmentRole, where: str) -> Place:
    if not isinstance(part.get(kind), str):
        raise bad(f"{where}.{kind}", "a text")
    return Place(role, part, kind)


def _image(part: dict[str, Any], where: str) -> Iterator[AnyPlace]:
    image = part.get("image_url")
    if not isinstance(image, dict) or not isinstance(image.get("url"), str):
        raise bad(f"{where}.image_url", "an object with a url")
    if not IMAGE.fullmatch(image["url"]):
        yield from texts_within(image, "url", _BESIDE, where)
    yield from fields_within(image, others(image, "url"), _BESIDE, where)
