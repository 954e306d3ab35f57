"""Hands what a guard escalated to a human."""

import asyncio
import logging

from aboveboard.evidence.records import GuardOutcome
from aboveboard.gateway._services import IncidentOpener
from aboveboard.gateway.accounting._account import Account
from aboveboard.gateway.telemetry import Counter

_log = logging.getLogger(__name__)


async def escalate(account: Account, open_incident: IncidentOpener, faults: Counter) -> None:
    """Opens a case if a guard asked for a human. Failing to must not cost the person their answer."""
    category = _category(account)
    if not category:
        return
    try:
        await asyncio.to_thread(
            open_incident, category=category, decision=account.id, data_subject=account.data_subject
        )
        account.human = "escalated"
    except Exception as error:  # noqa: BLE001 - a supportive answer is owed whatever broke behind it
        faults.add("incident")
        account.error = "incident_not_opened"
        _log.error("no case was opened for answer %s: %s", account.id, type(error).__name__)


def _category(account: Account) -> str:
    guards: list[GuardOutcome] = [outcome for outcome in account.guards if outcome.action == "escalate"]
    return guards[0].guard if guards else ""
