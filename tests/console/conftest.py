import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from starlette.testclient import TestClient

from aboveboard.access import Access, Cost, User
from aboveboard.cases import Case, Cases
from aboveboard.charter import AccessRules
from aboveboard.cli._house import House
from aboveboard.cli._release import Release
from aboveboard.cli._settings import Settings
from aboveboard.cli._wiring import console_services
from aboveboard.console import ConsoleServices, console_app
from aboveboard.values import new_id
from samples import World

if TYPE_CHECKING:
    from httpx2 import Response

PASSWORD = "four words in a row"
HERE = "https://testserver"


@pytest.fixture
def house(world: World) -> Iterator[House]:
    """The sample evidence as the server wires it."""
    settings = Settings(world.state, world.state / "charter.yaml", None)
    with Cases.open(world.state / "cases.db") as cases:
        yield House(settings, world.evidence, cases, ("testserver",))


@pytest.fixture
def browser(house: House, world: World) -> Iterator[TestClient]:
    """A visitor without JavaScript."""
    with TestClient(console_app(console_services(Release(house, world.charter, {})))) as client:
        yield client


@pytest.fixture
def runs(world: World) -> Path:
    return world.state / "runs"


@pytest.fixture
def access(house: House, world: World) -> Iterator[Access]:
    """People, whose passwords cost little to look at."""
    with Access.open(world.state / "access.db", cost=Cost(log_n=4, r=8, p=1)) as found:
        house.access = found
        yield found


@pytest.fixture
def guarded(house: House, access: Access, world: World) -> ConsoleServices:
    """What the pages of a console may touch that asks who comes."""
    charter = replace(world.charter, access=AccessRules(console="required"))
    return console_services(Release(house, charter, {}))


@pytest.fixture
def visitor(guarded: ConsoleServices) -> Iterator[TestClient]:
    """Somebody who has not logged in."""
    with TestClient(console_app(guarded), base_url=HERE) as client:
        yield client


@pytest.fixture
def hire(access: Access) -> Callable[..., User]:
    """Adds a person: `hire("ann", "reviewer")`."""

    def add(name: str, *roles: str) -> User:
        user, act = access.people.draft_user(name, roles, PASSWORD, "role:admin")
        access.keep(act)
        return user

    return add


LogIn = Callable[..., "Person"]


@dataclass
class Person:
    """Somebody before a browser without JavaScript, and who they are."""

    client: TestClient
    user: User

    def csrf(self) -> str:
        """The token that stands in the forms of their pages."""
        return token_of(self.client.get("/console/account").text)

    def send(self, path: str, **fields: str | list[str]) -> "Response":
        """Sends a form as its page would."""
        return self.client.post(path, data={"csrf": self.csrf(), **fields})


def token_of(html: str) -> str:
    found = re.search(r'name="csrf" value="([0-9a-f]{64})"', html)
    assert found, html
    return found[1]


@pytest.fixture
def log_in(guarded: ConsoleServices, hire: Callable[..., User]) -> Iterator[LogIn]:
    """Logs a new person in: `log_in("ann", "reviewer")`."""
    clients: list[TestClient] = []

    def enter(name: str, *roles: str) -> Person:
        client = TestClient(console_app(guarded), base_url=HERE)
        clients.append(client.__enter__())
        user = hire(name, *roles)
        form = {"name": name, "password": PASSWORD, "csrf": token_of(client.get("/console/login").text)}
        assert client.post("/console/login", data=form).url.path == "/console"
        return Person(client, user)

    yield enter
    for client in clients:
        client.__exit__(None, None, None)


@pytest.fixture
def hold(house: House, world: World) -> Callable[..., Case]:
    """Holds an answer: `hold("Ask <NAME_1>.", "Ask Ann.")`, as kept and as put aside."""

    def held(masked: str = "Ask <NAME_1>.", whole: str = "Ask Ann.", **given: Any) -> Case:
        subject = given.pop("data_subject", "")
        decision = replace(
            world.decision, id=new_id(), data_subject=subject, outcome="hold", human="escalated"
        )
        message = {"role": "assistant", "content": whole}
        aside = {
            "path": "/v1/chat/completions",
            "words": True,
            "reason": ["personal-data"],
            "receipt": decision.id,
            "created": 1,
            "model": "small",
            "asked": {},
            "completion": {"choices": [{"index": 0, "message": message, "finish_reason": "stop"}]},
        }
        prompt = [{"text": given.pop("prompt", "Whom do I ask?"), "role": "user"}]
        texts = {"prompt": prompt, "answer": [{"index": 0, "content": masked}], "held": aside}
        world.evidence.recorder.record(
            decision, {name: json.dumps(value).encode() for name, value in texts.items()}
        )
        drafted = house.cases.draft_hold(decision.id, "personal-data", **given)
        return house.cases.add(drafted)

    return held
