"""What a request's headers say."""

from collections.abc import MutableMapping
from typing import Any

import pytest

from aboveboard.gateway.http._asgi import HttpRequest


async def nothing() -> MutableMapping[str, Any]:
    return {}


async def nowhere(message: MutableMapping[str, Any]) -> None:
    del message


@pytest.mark.parametrize(
    ("sent", "read"),
    [("Zoë".encode(), "Zoë"), ("Zoë".encode("latin-1"), "Zoë"), (b"customer-17", "customer-17")],
)
def test_a_name_in_a_header_is_the_name_that_a_body_has(sent: bytes, read: str) -> None:
    request = HttpRequest({"headers": [(b"x-aboveboard-subject", sent)]}, nothing, nowhere)
    assert request.header(b"x-aboveboard-subject") == read
