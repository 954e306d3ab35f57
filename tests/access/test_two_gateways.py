"""Two gateways on one PostgreSQL, one killed under load: the budget holds, and nothing answered is lost."""

import json
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from aboveboard.access import Access, KeyOrder, parse_limit
from aboveboard.database import locate
from aboveboard.evidence import Evidence, every
from aboveboard.evidence.records import Decision
from samples.postgres import SampleDatabase
from samples.server import SCRIPTED, Server, running

LIMIT = 400


def key_with_a_budget(where: Path, address: str) -> str:
    with Access.open(locate(where, "access", address)) as access:
        tenant, act = access.register.draft_tenant("t", "role:admin")
        access.keep(act)
        access.keep(
            access.register.draft_limits(tenant, [parse_limit(f"requests/total={LIMIT}")], "role:admin")
        )
        issued = access.register.draft_key(tenant, KeyOrder("k"), "role:admin")
        access.keep(issued.act)
    return issued.text


def ask(server: Server, key: str) -> int:
    body = {"model": "smollm2-135m", "max_tokens": 5, "messages": [{"role": "user", "content": "hi"}]}
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {key}"}
    request = urllib.request.Request(
        f"{server.address}/v1/chat/completions", json.dumps(body).encode(), headers
    )
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            answer.read()
            return int(answer.status)
    except urllib.error.HTTPError as error:
        error.close()
        return error.code
    except OSError:
        return 0  # killed


def ask_until_refused(server: Server, key: str, found: list[int], some: threading.Event) -> None:
    status = 200
    while status == 200:
        status = ask(server, key)
        found.append(status)
        if found.count(200) > LIMIT // 8:
            some.set()


@pytest.mark.slow
def test_a_budget_holds_when_one_of_two_gateways_is_killed(
    scripted: Path, database: SampleDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ABOVEBOARD_DATABASE", database.address)
    (scripted / "charter.yaml").write_text(SCRIPTED + "access: {keys: required}\n", encoding="utf-8")
    state = scripted / ".aboveboard"
    with running(scripted) as first, running(scripted) as second:
        key = key_with_a_budget(state, database.address)
        end = time.monotonic() + 10
        while 401 in (ask(first, key), ask(second, key)):
            assert time.monotonic() < end, "a gateway does not learn that there is a key"
        found, some = list[int](), threading.Event()
        threads = [
            threading.Thread(target=ask_until_refused, args=(server, key, found, some))
            for server in (first, first, second, second)
        ]
        for thread in threads:
            thread.start()
        assert some.wait(60)
        first.process.kill()
        for thread in threads:
            thread.join(120)
        assert ask(second, key) == 429
    with Evidence.read(state, database=database.address) as reader:
        decisions = [each for each in every(reader, "decision") if isinstance(each, Decision)]
    assert found.count(200) <= len(decisions) <= LIMIT
    assert found.count(429) == 2
    assert len(decisions) >= LIMIT - 4 * (LIMIT // 64 + 1)  # the slice of the one that was killed
    assert len({each.id for each in decisions}) == len(decisions)
    assert {each.key for each in decisions} == {key[3:13]}
