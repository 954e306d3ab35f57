"""One request to one receiver: no redirects, no proxies, and no more time than it is given."""

import http.client
import socket
import ssl
import threading
from collections.abc import Mapping
from urllib.parse import urlsplit

from aboveboard.webhooks._address import resolved
from aboveboard.webhooks._errors import UndeliveredError

SECONDS = 10.0
_GONE = 410


class _Connection(http.client.HTTPConnection):
    """A connection to an address that was looked up before, under the name that it was looked up by."""

    def __init__(self, url: str, address: tuple[str, int], seconds: float) -> None:
        parts = urlsplit(url)
        super().__init__(parts.hostname or "", parts.port, timeout=seconds)
        self._is_secure = parts.scheme == "https"
        self._address = address

    def connect(self) -> None:
        opened = socket.create_connection(self._address, self.timeout)
        if self._is_secure:
            opened = ssl.create_default_context().wrap_socket(opened, server_hostname=self.host)
        self.sock = opened


def post(url: str, body: bytes, headers: Mapping[str, str], seconds: float = SECONDS) -> None:
    """Sends it; raises UndeliveredError for anything but a 2xx within the time, redirects included."""
    connection = _Connection(url, resolved(url), seconds)
    # A receiver that gives a byte now and then would reset the socket's own clock with each.
    watch = threading.Timer(seconds, _cut, (connection,))
    watch.daemon = True
    watch.start()
    try:
        status = _status(connection, url, body, headers)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise UndeliveredError(f"the receiver could not be told: {type(error).__name__}") from error
    finally:
        watch.cancel()
        connection.close()
    if not 200 <= status < 300:
        refusal = UndeliveredError(f"the receiver answered {status}")
        refusal.is_final = status == _GONE
        raise refusal


def _status(connection: _Connection, url: str, body: bytes, headers: Mapping[str, str]) -> int:
    parts = urlsplit(url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    sent = {"content-type": "application/json", "user-agent": "aboveboard", "host": parts.netloc, **headers}
    connection.request("POST", path, body, sent)
    return connection.getresponse().status


def _cut(connection: _Connection) -> None:
    """Ends a connection whose time is over, from another thread: whoever reads from it gets an OSError."""
    opened = connection.sock
    if opened is not None:
        try:
            opened.shutdown(socket.SHUT_RDWR)
        except OSError:
            return
