"""Where to listen, taken before anything slow begins."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import ip_address

from aboveboard.charter import Charter
from aboveboard.errors import AboveboardError

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True, slots=True)
class Address:
    """Where to listen, which host names to answer to beside loopback's, and how to announce it.

    `without_keys`: others may reach it although nobody is asked who they are.
    """

    host: str
    port: int
    names: tuple[str, ...] = ()
    as_json: bool = False
    without_keys: bool = False

    @property
    def hosts(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*LOOPBACK, self.host, *self.names)))


def is_open(listener: socket.socket) -> bool:
    """Whether others than this machine reach a socket."""
    return not ip_address(listener.getsockname()[0]).is_loopback


def must_ask(address: Address, listener: socket.socket) -> bool:
    """Whether a charter has to ask for keys here: others reach it, and nobody said that this is meant."""
    return is_open(listener) and not address.without_keys


def check_keys(charter: Charter, address: Address, listener: socket.socket) -> None:
    """Raises AboveboardError for a charter that lets anybody ask where it must not."""
    if charter.access.keys == "none" and must_ask(address, listener):
        raise lets_anybody_ask(charter)


def lets_anybody_ask(charter: Charter) -> AboveboardError:
    """What is wrong with such a charter, and the cure."""
    return AboveboardError(
        "others reach this address, and the charter lets anybody ask",
        where=str(charter.path or "charter"),
        cure="write `access: {keys: required}` there, or say --without-keys if something else asks them",
    )


@contextmanager
def bind(address: Address) -> Iterator[socket.socket]:
    """The socket, taken before anything slow begins; raises AboveboardError when the port is busy."""
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((address.host, address.port))
    except OSError as error:
        listener.close()
        raise AboveboardError(
            f"cannot listen here: {error.strerror or error}",
            where=f"{address.host}:{address.port}",
            cure="stop what listens there, or choose another port with --port",
        ) from error
    try:
        yield listener
    finally:
        listener.close()
