"""How whoever a request is about gets a pseudonym: what may cost a look into the vault holds up nobody."""

import threading

import pytest

from aboveboard.gateway.admission import pseudonym_of


@pytest.mark.parametrize(
    ("name", "is_here"), [("customer-1", True), ("Zoë", False), ("Zoe\u0308", False), (" customer-1", False)]
)
async def test_a_name_of_several_spellings_is_looked_up_beside_the_event_loop(
    name: str, is_here: bool
) -> None:
    asked: list[tuple[str, bool]] = []

    def pseudonym(given: str) -> str:
        asked.append((given, threading.current_thread() is threading.main_thread()))
        return "p-1"

    assert await pseudonym_of(name, pseudonym) == "p-1"
    assert asked == [(name, is_here)]


async def test_nobody_has_no_pseudonym() -> None:
    assert await pseudonym_of("", lambda _: "p-1") == ""
