"""The three keys of a state directory: the log's, the attestor's, the vault's.

keys/log.key      signs checkpoints; the private text of a Go note signer
keys/attest.key   signs statements; Ed25519, PKCS#8 PEM
keys/vault.key    wraps the data keys; 32 random bytes in hexadecimal
"""

import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from aboveboard.database import Location, locate
from aboveboard.evidence import _database
from aboveboard.evidence._dsse import Attestor
from aboveboard.evidence._errors import KeyFileError
from aboveboard.evidence._key_files import make_secret, open_key_folder, read_secret
from aboveboard.ledger import LedgerError, NoteSigner, generate_signer, is_begun

MASTER_BYTES = 32


@dataclass(frozen=True, slots=True)
class Keys:
    """What the writer needs. Its `repr` shows no secret."""

    log: NoteSigner
    attestor: Attestor
    master: bytes

    def __repr__(self) -> str:
        return f"Keys(log={self.log.vkey!r}, attestor={self.attestor.id!r})"


def open_keys(state: Path, master: bytes | None = None, database: str | None = None) -> Keys:
    """The keys of a state directory, made on first use; a `master` given by the caller replaces vault.key.

    Raises KeyFileError when one is readable by others, damaged, or gone although there is evidence that only
    it can continue or open.
    """
    folder = state / "keys"
    open_key_folder(folder)
    ledger, evidence = _guards(state, database)
    return Keys(
        log=_note_signer(_secret(folder / "log.key", ledger, _new_log_key)),
        attestor=Attestor.of(_private_key(_secret(folder / "attest.key", evidence, _new_pem))),
        master=open_master(state, master, database),
    )


def open_master(state: Path, master: bytes | None = None, database: str | None = None) -> bytes:
    """The 32 bytes that wrap every data key."""
    if master is None:
        path = state / "keys" / "vault.key"
        return _master_of(_secret(path, _guards(state, database)[1], _new_master), str(path))
    if len(master) != MASTER_BYTES:
        raise KeyFileError(f"a vault key of {len(master)} bytes", cure="give exactly 32 random bytes")
    return master


def read_master(state: Path, master: bytes | None = None, database: str | None = None) -> bytes:
    """The same for a reader, which never makes one."""
    if master is None and read_secret(state / "keys" / "vault.key") is None:
        raise _missing(state / "keys" / "vault.key", "the vault")
    return open_master(state, master, database)


@dataclass(frozen=True, slots=True)
class _Guarded:
    """What shows that there was a key before, since nothing but the key can continue or open it."""

    where: Location
    is_begun: Callable[[Location], bool]


def _guards(state: Path, database: str | None) -> tuple[_Guarded, _Guarded]:
    ledger, evidence = locate(state, "ledger", database), locate(state, "evidence", database)
    return _Guarded(ledger, is_begun), _Guarded(evidence, _database.is_begun)


def _secret(path: Path, guarded: _Guarded, make: Callable[[], bytes]) -> bytes:
    """The secret at `path`, made by `make` unless `guarded` shows that there was one before."""
    found = read_secret(path)
    if found is not None:
        return found
    if guarded.is_begun(guarded.where):
        # Another process may have made both since we looked.
        found = read_secret(path)
        if found is None:
            raise _missing(path, guarded.where.name)
        return found
    return make_secret(path, make())


def _missing(path: Path, guarded: str) -> KeyFileError:
    return KeyFileError(
        f"the key is gone, and {guarded} cannot go on without it",
        where=str(path),
        cure="restore it from your backup (gateways that share a PostgreSQL need the same keys/), or start a"
        " new state directory and keep this one for its proofs",
    )


def _new_log_key() -> bytes:
    return generate_signer(f"aboveboard.local/{secrets.token_hex(4)}").to_text().encode() + b"\n"


def _new_pem() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _new_master() -> bytes:
    return os.urandom(MASTER_BYTES).hex().encode() + b"\n"


def _note_signer(text: bytes) -> NoteSigner:
    try:
        return NoteSigner.from_text(text.decode().strip())
    except (LedgerError, ValueError) as error:
        raise KeyFileError("keys/log.key is damaged", cure="restore it from your backup") from error


def _private_key(pem: bytes) -> Ed25519PrivateKey:
    try:
        key = serialization.load_pem_private_key(pem, password=None)
    except (ValueError, TypeError) as error:
        raise KeyFileError("keys/attest.key is damaged", cure="restore it from your backup") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyFileError("keys/attest.key is no Ed25519 key", cure="restore it from your backup")
    return key


def _master_of(text: bytes, where: str) -> bytes:
    try:
        master = bytes.fromhex(text.decode().strip())
    except ValueError:
        master = b""
    if len(master) != MASTER_BYTES:
        raise KeyFileError("not 32 bytes in hexadecimal", where=where, cure="restore it from your backup")
    return master
