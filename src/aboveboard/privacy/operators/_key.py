"""The key of hashes, pseudonyms and ciphertexts: 32 random bytes, and one key derived for each use."""

import hashlib
import hmac
import os
import stat
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_bytes

from aboveboard.privacy.operators._errors import PrivacyKeyError

SIZE = 32
_BLOCK = 32
_CURE = (
    "make one: `aboveboard privacy key FILE`, in Python `Key.make(path)`, writes 32 random bytes, mode 0600"
)


@dataclass(frozen=True, slots=True)
class Key:
    """32 secret random bytes. Never made from a password, a name or nothing; its `repr` shows none of it."""

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) != SIZE:
            raise PrivacyKeyError(f"a key has {SIZE} bytes, not {len(self.secret)}", cure=_CURE)
        if len(set(self.secret)) < 8:  # 32 random bytes have so few different ones once in 10^40
            raise PrivacyKeyError("these bytes are not random", cure=_CURE)

    @classmethod
    def generate(cls) -> "Key":
        """A new key, of the operating system's randomness."""
        return cls(token_bytes(SIZE))

    @classmethod
    def make(cls, path: Path) -> "Key":
        """A new key in a new file of mode 0600. Raises PrivacyKeyError when there is a file already."""
        key = cls.generate()
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(key.secret)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            cure = "name a file that is not there yet, in a folder that you may write to"
            raise PrivacyKeyError(
                f"cannot write the key: {error.strerror}", where=str(path), cure=cure
            ) from error
        return key

    @classmethod
    def read(cls, path: Path) -> "Key":
        """The key in a file of 32 bytes that nobody but its owner can read. Raises PrivacyKeyError."""
        try:
            descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)  # a pipe must not make it wait
            with os.fdopen(descriptor, "rb") as file:
                _refuse_if_loose(os.fstat(file.fileno()), path)
                secret = file.read(SIZE + 1)
        except OSError as error:
            raise PrivacyKeyError(
                f"cannot read the key: {error.strerror}", where=str(path), cure=_CURE
            ) from error
        return _placed(secret, str(path))

    @classmethod
    def parse(cls, text: str, where: str = "") -> "Key":
        """The key written as 64 hexadecimal digits or in base64, as in an environment variable."""
        try:
            secret = bytes.fromhex(text) if len(text) == 2 * SIZE else urlsafe_b64decode(_url_safe(text))
        except (ValueError, NotBase64) as error:
            cure = "write 32 bytes as 64 hexadecimal digits or in base64"
            raise PrivacyKeyError("not a key", where=where, cure=cure) from error
        return _placed(secret, where)

    def text(self) -> str:
        """The key in base64, as `parse` reads it. Keep it as you keep the key."""
        return urlsafe_b64encode(self.secret).decode("ascii")

    def derive(self, purpose: str, length: int = SIZE) -> bytes:
        """A key for one purpose: HKDF-Expand with SHA-256 (RFC 5869, section 2.3) of the secret."""
        info = b"aboveboard/privacy/1/" + purpose.encode("utf-8", "surrogatepass")
        block, made = b"", b""
        for counter in range(1, -(-length // _BLOCK) + 1):
            block = hmac.digest(self.secret, block + info + bytes([counter]), hashlib.sha256)
            made += block
        return made[:length]


def _url_safe(text: str) -> str:
    text = text.strip().replace("+", "-").replace("/", "_").rstrip("=")
    return text + "=" * (-len(text) % 4)


def _placed(secret: bytes, where: str) -> Key:
    try:
        return Key(secret)
    except PrivacyKeyError as error:
        raise PrivacyKeyError(error.what, where=where, cure=error.cure) from None


def _refuse_if_loose(status: os.stat_result, path: Path) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise PrivacyKeyError("not a file", where=str(path), cure=_CURE)
    if stat.S_IMODE(status.st_mode) & 0o077:
        cure = f"chmod 600 {path}   (and make a new key if it may have been read)"
        raise PrivacyKeyError("other users of this machine can read the key", where=str(path), cure=cure)
