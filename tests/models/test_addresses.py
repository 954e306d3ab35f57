"""No charter's address, however it is written or resolved, leads to where a cloud hands out its keys."""

import socket
from typing import Any

import aiohttp
import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from aboveboard.models import ChatRequest, Message, ModelOptionError, ModelRefusedError, open_model
from aboveboard.models._addresses import CheckedResolver, MetadataAddressError, is_metadata

HELLO = ChatRequest([Message("user", "hi")])


class Answering(AbstractResolver):
    """Answers with these addresses, one list a question."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        return [
            ResolveResult(hostname=host, host=each, port=port, family=family, proto=0, flags=0)
            for each in self.answers.pop(0)
        ]

    async def close(self) -> None:
        return None


@pytest.mark.parametrize(
    "host",
    [
        "169.254.169.254",
        "169.254.170.2",
        "2852039166",
        "0xa9fea9fe",
        "0251.0376.0251.0376",
        "169.254.43518",
        "fd00:ec2::254",
        "[fd00:ec2::254]",
        "::ffff:169.254.169.254",
        "::ffff:a9fe:a9fe",
        "::a9fe:a9fe",
        "64:ff9b::a9fe:a9fe",
        "2002:a9fe:a9fe::1",
        "fe80::1%eth0",
        "100.100.100.200",
        "metadata.google.internal",
        "METADATA.google.internal.",
    ],
)
def test_metadata_services_are_known_in_every_spelling(host: str) -> None:
    assert is_metadata(host)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "::1", "10.0.0.1", "api.example.org", "8.8.8.8", "localhost", "169.253.1.1", "0x", "1e9"],
)
def test_others_are_not(host: str) -> None:
    assert not is_metadata(host)


@pytest.mark.parametrize("provider", ["openai", "anthropic"])
@pytest.mark.parametrize(
    "host",
    [
        *("169.254.169.254", "[fd00:ec2::254]", "metadata.google.internal", "2852039166"),
        *(
            "\uff11\uff16\uff19.254.169.254",
            "169\u3002254\u3002169\u3002254",
            "\u2460\u2465\u2468.254.169.254",
        ),
    ],
)
def test_an_address_in_the_charter_is_refused_with_the_option_that_allows_it(
    provider: str, host: str
) -> None:
    with pytest.raises(ModelOptionError, match="allow_metadata: true"):
        open_model("m", provider, {"base_url": f"http://{host}/v1"})
    open_model("m", provider, {"base_url": f"http://{host}/v1", "allow_metadata": True})


async def test_a_name_that_leads_there_is_refused_even_beside_a_harmless_address() -> None:
    resolver = CheckedResolver(Answering(["93.184.216.34", "169.254.169.254"]))
    with pytest.raises(MetadataAddressError):
        await resolver.resolve("models.example.org", 80)


async def test_an_answer_that_changes_later_is_checked_again() -> None:
    resolver = CheckedResolver(Answering(["127.0.0.1"], ["169.254.169.254"]))
    assert (await resolver.resolve("models.example.org"))[0]["host"] == "127.0.0.1"
    with pytest.raises(MetadataAddressError):
        await resolver.resolve("models.example.org")


async def test_a_model_behind_such_a_name_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    async def resolve(self: Any, host: str, port: int = 0, family: Any = 0) -> list[ResolveResult]:
        return await Answering(["169.254.169.254"]).resolve(host, port, family)

    monkeypatch.setattr("aiohttp.resolver.ThreadedResolver.resolve", resolve)
    model = open_model("m", "openai", {"base_url": "http://models.example.org/v1", "retries": 0})
    with pytest.raises(ModelRefusedError, match="metadata service"):
        await model.chat(HELLO)
    await model.close()


async def test_what_was_checked_is_what_is_connected_to(unused_tcp_port: int) -> None:
    looked_up = Answering(["127.0.0.1"], ["169.254.169.254"])
    connector = aiohttp.TCPConnector(resolver=CheckedResolver(looked_up), use_dns_cache=False)
    async with aiohttp.ClientSession(connector=connector) as session:
        with pytest.raises(aiohttp.ClientConnectorError, match=r"127\.0\.0\.1"):
            await session.get(f"http://models.example.org:{unused_tcp_port}/")
    assert len(looked_up.answers) == 1, "one look-up: there is no second answer to trust by mistake"
