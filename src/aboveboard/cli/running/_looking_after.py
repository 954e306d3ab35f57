"""What a running server looks after beside its answers: deadlines of held ones, and who has to be told."""

import asyncio
import logging
from collections.abc import Callable
from itertools import count
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from aboveboard.cases import CaseKind, CaseStatus, finish
from aboveboard.cli._misuse import duties_of, rule_of
from aboveboard.cli._webhooks import FAILING
from aboveboard.errors import AboveboardError
from aboveboard.webhooks import Courier

if TYPE_CHECKING:
    from aboveboard.cli._house import House
    from aboveboard.cli._release import Release

_DEADLINES_EVERY, _DELIVER_EVERY, _LADDER_EVERY = 2.0, 1.0, 1.0
_ROUNDS_BETWEEN_LOOKS = 600
_log = logging.getLogger(__name__)


async def keep_deadlines(release: "Callable[[], Release]") -> None:
    """Carries out what a crash kept back, then every deadline as it passes, until cancelled."""
    house = release().house
    await _attempt(lambda: finish(house.cases, house.evidence.reader))
    while True:
        await _attempt(lambda: release().holds.carry_out())
        await asyncio.sleep(_DEADLINES_EVERY)


async def keep_ladder(release: "Callable[[], Release]") -> None:
    """Judges what keys and people did, once a second, wherever the charter has a ladder, until cancelled."""
    while True:
        await asyncio.sleep(_LADDER_EVERY)
        await _attempt(_climb, release())


def _climb(release: "Release") -> None:
    if release.misuse is not None:
        release.misuse.round(rule_of(release.charter), duties_of(release))


async def keep_telling(release: "Callable[[], Release]") -> None:
    """Delivers what those whom the charter names are told, until cancelled."""
    courier: Courier | None = None
    try:
        for number in count():
            if release().charter.webhooks and courier is None:
                courier = _courier(release().house)
            if courier is not None:
                await _attempt(_round, courier, release(), number)
            await asyncio.sleep(_DELIVER_EVERY)
    finally:
        if courier is not None:
            courier.close()


def _courier(house: "House") -> Courier:
    return Courier(house.outbox, given_up=lambda url: note_failure(house, url))


def _round(courier: Courier, release: "Release", number: int) -> None:
    """Only begins to deliver: who is told lives on threads of the courier's. Now and then it looks for what a
    crash kept from being told.
    """
    hooks = release.teller.hooks
    if number % _ROUNDS_BETWEEN_LOOKS == 0:
        release.teller.tell_again(release.house.cases)
        courier.tidy(hooks)
    courier.round(hooks)


def note_failure(house: "House", url: str) -> None:
    """Opens an incident about a receiver that was given up; one at a time, and no webhook tells of it."""
    _log.error("%s has not taken a webhook in all that time", urlsplit(url).hostname)
    waiting = house.cases.list(CaseKind.INCIDENT, CaseStatus.OPEN, limit=None)
    if not any(case.category == FAILING for case in waiting):
        house.open_incident(category=FAILING, decision="", data_subject="")


async def _attempt(work: Callable[..., object], *given: object) -> None:
    try:
        await asyncio.to_thread(work, *given)
    except AboveboardError as error:
        _log.warning("this was not looked after, and is tried again: %s", error)
    except Exception as error:  # noqa: BLE001  # a task that ends would look after nothing more, unnoticed
        _log.error("this was not looked after, and is tried again: %s", type(error).__name__)
