"""Asking a running gateway as a client does, with the standard library alone."""

import http.client
import json
import socket
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit


@dataclass
class Heard:
    """What a client got: nothing (status 0) when the connection was refused or broke."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: str = ""

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def receipt(self) -> str:
        return self.headers.get("x-aboveboard-receipt", "")

    @property
    def charter(self) -> str:
        return self.headers.get("x-aboveboard-charter", "")


def request(
    address: str,
    path: str,
    body: Any = None,
    headers: dict[str, str] | None = None,
    timeout: float = 30,
) -> Heard:
    """One request on a connection of its own."""
    where = urlsplit(address)
    connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=timeout)
    given = {"Content-Type": "application/json", **(headers or {})}
    try:
        sent = None if body is None else json.dumps(body)
        connection.request("GET" if body is None else "POST", path, sent, given)
        answer = connection.getresponse()
        names = {name.lower(): value for name, value in answer.getheaders()}
        return Heard(answer.status, names, answer.read().decode())
    except (OSError, http.client.HTTPException):
        return Heard(0)
    finally:
        connection.close()


def chat(address: str, text: str = "Hello", model: str = "smollm2-135m", **fields: Any) -> Heard:
    """One chat completion."""
    timeout = fields.pop("timeout", 30)
    headers = fields.pop("headers", None)
    body = {"model": model, "messages": [{"role": "user", "content": text}], **fields}
    return request(address, "/v1/chat/completions", body, headers, timeout)


def listens(address: str) -> bool:
    """Whether somebody accepts connections there."""
    where = urlsplit(address)
    try:
        with socket.create_connection((where.hostname, where.port), timeout=1):
            return True
    except OSError:
        return False


def wait_until(holds: Any, seconds: float = 20) -> Any:
    """What `holds()` returns once it is true; fails the test after some seconds."""
    end = time.monotonic() + seconds
    while not (found := holds()):
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)
    return found
