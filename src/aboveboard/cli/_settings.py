"""The settings of one run. Nothing else in the project reads the environment."""

import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import click

from aboveboard.database import Location, locate
from aboveboard.errors import AboveboardError

_VAULT_KEY = "ABOVEBOARD_VAULT_KEY"
_KEY_BYTES = 32
_KEY_PARTS = 3


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are: the state directory, the charter, copies of public data, a PostgreSQL in place of the
    state's databases. Its address may hold a password, so `repr` leaves it out.
    """

    state: Path
    charter: Path
    data: Path | None
    database: str | None = field(default=None, repr=False)

    @property
    def ledger(self) -> Location:
        """Where the ledger is; raises AddressError for a database that is no address."""
        return locate(self.state, "ledger", self.database)

    @property
    def cases(self) -> Location:
        """Where the cases are; raises AddressError for a database that is no address."""
        return locate(self.state, "cases", self.database)

    @property
    def reuse(self) -> Location:
        """Where the answers that may be given again are looked up; raises AddressError."""
        return locate(self.state, "reuse", self.database)

    @property
    def access(self) -> Location:
        """Where tenants and keys are; raises AddressError for a database that is no address."""
        return locate(self.state, "access", self.database)

    @property
    def misuse(self) -> Location:
        """Where it is known who misused the gateway; raises AddressError."""
        return locate(self.state, "misuse", self.database)

    @property
    def monitoring(self) -> Location:
        """Where it is kept how live promises stand; raises AddressError for a database that is no address."""
        return locate(self.state, "monitoring", self.database)

    @property
    def webhooks(self) -> Location:
        """Where waits what others have to be told; raises AddressError for a database that is no address."""
        return locate(self.state, "webhooks", self.database)

    @property
    def data_folder(self) -> Path:
        """Where public benchmark files lie: the folder named, else one in the state, made and filled on use.

        Raises AboveboardError for a folder named that is not there: made by itself, it would hide a slip.
        """
        if self.data is not None and not self.data.is_dir():
            raise AboveboardError(
                "there is no such folder of data",
                where=str(self.data),
                cure="mend --data (or ABOVEBOARD_DATA), or make the folder; without either, data are kept in "
                f"{self.state / 'data'}",
            )
        return self.data or self.state / "data"

    def with_charter(self, charter: Path | None) -> "Settings":
        """The same settings with another charter, if one is given on the command itself."""
        return replace(self, charter=charter) if charter else self


def from_environment(variable: str) -> str:
    """What a variable that a charter names holds; empty when it is not set."""
    return os.environ.get(variable, "")


def settings_of(ctx: click.Context) -> Settings:
    """The settings that the root group read."""
    settings: Settings = ctx.find_object(Settings)  # type: ignore[assignment]  # the root group always sets it
    return settings


def provider_options(
    options: dict[str, Any], base_url: str | None, api_key_env: str | None
) -> dict[str, Any]:
    """A model's options with its endpoint and the value of the key that its charter entry names."""
    given = dict(options)
    if base_url:
        given["base_url"] = base_url
    if api_key_env:
        given["api_key"] = os.environ.get(api_key_env, "")
    return given


def vault_key() -> bytes | None:
    """The vault's master key from ABOVEBOARD_VAULT_KEY (64 hexadecimal digits); None: use the key file."""
    text = os.environ.get(_VAULT_KEY)
    if not text:
        return None
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != _KEY_BYTES:
        raise AboveboardError("not a 32-byte key", where=_VAULT_KEY, cure="write 64 hexadecimal digits")
    return key


def telemetry_signals() -> frozenset[str]:
    """Which of `traces` and `metrics` the standard environment of OpenTelemetry has exported: none unless it
    names an endpoint. The OpenTelemetry SDK reads the rest of its variables itself.

    Raises AboveboardError for a protocol that is not there. Names and meaning: OpenTelemetry specification
    1.x, "Environment Variable Specification" and "OpenTelemetry Protocol Exporter".
    """
    if os.environ.get("OTEL_SDK_DISABLED", "").strip().lower() == "true":
        return frozenset()
    return frozenset(each for each in ("traces", "metrics") if _is_exported(each.upper()))


def _is_exported(signal: str) -> bool:
    named = [os.environ.get(f"OTEL_EXPORTER_OTLP_{each}ENDPOINT", "") for each in ("", f"{signal}_")]
    if not any(named) or os.environ.get(f"OTEL_{signal}_EXPORTER", "otlp").strip() == "none":
        return False
    for name in (f"OTEL_EXPORTER_OTLP_{signal}_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL"):
        if os.environ.get(name, "http/protobuf") != "http/protobuf":
            raise AboveboardError("only http/protobuf is spoken", where=name, cure="leave it out")
    return True


def own_state() -> Path:
    """Where this user's commands keep what belongs to no project (XDG Base Directory Specification 0.8)."""
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "aboveboard"


def read_key(text: str) -> str:
    """A verifier key given in words, or in a file."""
    if Path(text).is_file():
        return Path(text).read_text(encoding="utf-8").strip()
    if text.count("+") < _KEY_PARTS - 1:
        raise AboveboardError(
            f"neither a file nor a verifier key: {text!r}", cure="a key reads name+hash+base64"
        )
    return text
