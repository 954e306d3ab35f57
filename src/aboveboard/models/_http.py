"""One exchange with an endpoint over HTTP: errors become ours, sizes are bounded, redirects are refused."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any

import aiohttp
import msgspec

from aboveboard.models._addresses import CheckedResolver, MetadataAddressError
from aboveboard.models._endpoint import Endpoint
from aboveboard.models._errors import (
    ModelContextError,
    ModelError,
    ModelGarbageError,
    ModelRefusedError,
    ModelTimeoutError,
    RefusalDetail,
)
from aboveboard.models._tracing import trace_headers

_ERROR_BYTES = 64 << 10
_UNREADABLE = (
    *(ValueError, KeyError, TypeError, RecursionError, TimeoutError),
    *(ModelGarbageError, aiohttp.ClientError),
)
_CURES = {
    401: "check the key that `api_key_env` names",
    403: "check what the key may do",
    404: "check `base_url` and the model's name",
    429: "lower `concurrency`, or wait",
}


def open_session(endpoint: Endpoint, key: Mapping[str, str]) -> aiohttp.ClientSession:
    """A session of its own: no cookies, no proxies from the environment."""
    timeout = aiohttp.ClientTimeout(
        total=endpoint.total_timeout, sock_connect=endpoint.connect_timeout, sock_read=endpoint.read_timeout
    )
    resolver = None if endpoint.allow_metadata else CheckedResolver()
    return aiohttp.ClientSession(
        timeout=timeout,
        headers=endpoint.sent_headers(key),
        connector=aiohttp.TCPConnector(limit=endpoint.concurrency, resolver=resolver),
        cookie_jar=aiohttp.DummyCookieJar(),
        max_field_size=16 << 10,
    )


@asynccontextmanager
async def posted(
    session: aiohttp.ClientSession, endpoint: Endpoint, path: str, body: Mapping[str, Any]
) -> AsyncIterator[aiohttp.ClientResponse]:
    """The answer to a request, of status 200; anything else is raised as ModelError."""
    where = endpoint.base_url
    try:
        url = endpoint.base_url + path
        async with session.post(
            url,
            data=_encode(body, where),
            headers={**_JSON, **dict(trace_headers.get())},
            allow_redirects=False,
        ) as answer:
            if answer.status != 200:
                raise await _refusal(answer, where)
            yield answer
    except TimeoutError as error:
        raise ModelTimeoutError("the endpoint did not answer in time", where=where) from error
    except aiohttp.ClientConnectorError as error:
        if isinstance(error.os_error, MetadataAddressError):
            raise ModelRefusedError(f"not asked: {error.os_error}", status=403, where=where) from error
        cure = "is it running? check `base_url`"
        raise ModelTimeoutError("cannot connect to the endpoint", where=where, cure=cure) from error
    except (aiohttp.ClientPayloadError, aiohttp.ClientResponseError) as error:
        raise ModelGarbageError("the answer breaks HTTP or ends early", where=where) from error
    except (aiohttp.ClientError, OSError) as error:
        raise ModelTimeoutError(f"the connection broke ({type(error).__name__})", where=where) from error


_JSON = {"Content-Type": "application/json"}
_decode = msgspec.json.Decoder().decode


def _encode(body: Mapping[str, Any], where: str) -> bytes:
    # Lone surrogates have no UTF-8; the escapes of ASCII JSON carry them as they are.
    try:
        return json.dumps(body, ensure_ascii=True, allow_nan=False).encode()
    except (ValueError, TypeError, RecursionError) as error:
        raise ModelRefusedError("the request cannot be written as JSON", status=400, where=where) from error


async def read_json(answer: aiohttp.ClientResponse, endpoint: Endpoint) -> Any:
    """The JSON value of a whole answer; ModelGarbageError when it is too large or not JSON."""
    content = await _read(answer, endpoint.max_response_bytes, endpoint.base_url)
    return parse_json(content, endpoint.base_url)


def parse_json(content: bytes | str, where: str) -> Any:
    """A JSON value, of whole characters; the error never repeats what was received."""
    try:
        return _decode(content)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        pass  # what that one is too strict for, such as half of a surrogate pair, may still be read
    try:
        return _whole(json.loads(content))
    except (ValueError, RecursionError):
        kind = "nothing" if not content.strip() else "something that is not JSON"
        raise ModelGarbageError(
            f"the endpoint answered {kind}", where=where, cure="check `base_url`"
        ) from None


def _whole(value: Any) -> Any:
    """The same with U+FFFD for each lone half of a surrogate pair: it has no UTF-8 to be passed on in."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {_whole(name): _whole(each) for name, each in value.items()}
    return [_whole(each) for each in value] if isinstance(value, list) else value


async def _read(answer: aiohttp.ClientResponse, limit: int, where: str) -> bytes:
    content = bytearray()
    async for piece in answer.content.iter_any():
        content += piece
        if len(content) > limit:
            raise ModelGarbageError(f"the answer is above {limit} bytes", where=where)
    return bytes(content)


def headers_of(answer: aiohttp.ClientResponse) -> dict[str, str]:
    """The answer's headers by lower-case name."""
    return {name.lower(): value for name, value in answer.headers.items()}


async def _refusal(answer: aiohttp.ClientResponse, where: str) -> ModelError:
    error: Any = None
    with suppress(*_UNREADABLE):  # the status says enough
        error = json.loads(await asyncio.wait_for(_read(answer, _ERROR_BYTES, where), 10))["error"]
    return refusal(answer.status, error, where, headers_of(answer))


def refusal(status: int, error: Any, where: str, headers: Mapping[str, str]) -> ModelRefusedError:
    """The error for an error status, or for an error frame within a stream."""
    said: dict[str, Any] = error if isinstance(error, dict) else {}
    detail = RefusalDetail(
        str(said.get("type") or ""), str(said.get("code") or ""), str(said.get("message") or ""), headers
    )
    kind_of = "".join(filter(str.isprintable, detail.type))
    what = f"the endpoint refused the request with status {status}" + (f" ({kind_of})" if kind_of else "")
    if 300 <= status < 400:
        what = f"the endpoint redirects elsewhere (status {status}), which is not followed"
    kind = ModelContextError if "context" in detail.code or "context" in detail.type else ModelRefusedError
    return kind(what, status=status, where=where, cure=_CURES.get(status, ""), detail=detail)
