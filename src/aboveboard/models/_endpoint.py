"""Where an endpoint is and how to treat it: the options of the providers that ask over HTTP."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from aboveboard.models._addresses import is_metadata
from aboveboard.models._options import Options
from aboveboard.models._retry import Retry

OPTIONS = (
    *(
        "allow_metadata",
        "api_key",
        "base_url",
        "concurrency",
        "connect_timeout",
        "headers",
        "max_response_bytes",
        "model",
    ),
    *("read_timeout", "retries", "retry_wait", "total_timeout"),
)


_MEANT = "if a model really is there, set the option `allow_metadata: true`"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One endpoint. Times in seconds. Key and extra headers are never shown, logged or put in an error."""

    base_url: str
    model: str
    api_key: str = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    connect_timeout: float
    read_timeout: float
    total_timeout: float
    concurrency: int
    max_response_bytes: int
    retry: Retry
    allow_metadata: bool = False

    def sent_headers(self, key: Mapping[str, str]) -> dict[str, str]:
        """With those that carry the key. Uncompressed answers only: a small compressed body could unpack to
        an unlimited one.
        """
        return {"Accept-Encoding": "identity", **self.headers, **key}


def read_endpoint(model_id: str, values: Mapping[str, Any]) -> Endpoint:
    """The endpoint of a charter's model entry; raises ModelOptionError that names what is wrong."""
    return endpoint_of(Options(model_id, values, OPTIONS), model_id)


def endpoint_of(options: Options, model_id: str) -> Endpoint:
    """The same, for a provider that has options of its own besides."""
    return Endpoint(
        base_url=_base_url(options),
        model=options.text("model", model_id),
        api_key=_header_safe(options, options.text("api_key", ""), "api_key"),
        headers=_headers(options),
        connect_timeout=options.number("connect_timeout", 10.0, low=0.01),
        read_timeout=options.number("read_timeout", 120.0, low=0.01),
        total_timeout=options.number("total_timeout", 600.0, low=0.01),
        concurrency=options.whole("concurrency", 16, high=4096),
        max_response_bytes=options.whole("max_response_bytes", 32 << 20),
        retry=Retry(1 + options.whole("retries", 3, low=0, high=20), options.number("retry_wait", 0.5)),
        allow_metadata=options.flag("allow_metadata", False),
    )


def _base_url(options: Options) -> str:
    url = options.text("base_url").rstrip("/")
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise options.wrong("base_url", "an address such as http://127.0.0.1:8000/v1")
    if parts.username or parts.password:
        raise options.wrong("base_url", "free of a user name or password (use api_key_env)")
    if any(map(is_metadata, (parts.hostname, _host_asked(url)))) and not options.flag(
        "allow_metadata", False
    ):
        raise options.wrong("base_url", f"no metadata service's address ({_MEANT})")
    return url


def _host_asked(url: str) -> str:
    """The host that the client will ask for: full-width digits and other dots become plain ones on the way
    there, and an address is not looked up any more. Empty where it will ask nobody.
    """
    from yarl import URL

    try:
        return URL(url).host or ""
    except ValueError:
        return ""


def _headers(options: Options) -> dict[str, str]:
    headers = options.of("headers", dict, {})
    return {str(name): _header_safe(options, str(value), "headers") for name, value in headers.items()}


def _header_safe(options: Options, value: str, name: str) -> str:
    if any(character in value for character in "\r\n\0"):
        raise options.wrong(name, "one line")
    return value
