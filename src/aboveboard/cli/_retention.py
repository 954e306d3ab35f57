"""Keeping no longer than the charter says: sweeps at the start of serving and every hour."""

import asyncio
import logging
import shutil
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from aboveboard.charter import Charter
from aboveboard.cli._settings import Settings
from aboveboard.errors import AboveboardError
from aboveboard.values import Clock, SystemClock, format_time, parse_time

if TYPE_CHECKING:
    from aboveboard.evidence import Evidence, Expired, Reader
    from aboveboard.evidence.records import Consent, Erasure, Record

_ACTOR = "role:retention"
_EVERY_SECONDS = 3600.0
_PERSONAL_KINDS = (
    "decision",
    "appeal",
    "feedback",
    "incident",
    "review",
    "rectification",
    "subject-request",
    "subject-access",
    "legal-hold",
    "misuse-step",
    "viewing",
)
_PROOFS = ("consent", "rectification")  # what was shown, what is right: kept as long as the record
_HANDED_OUT = timedelta(days=30)  # they are not encrypted, so they go even where the charter does not say
_AT_ONCE = 10_000
_TO_FETCH = timedelta(days=1)
_CASE = "case:"
_CATEGORY_FIELDS = {"appeal": "ground", "incident": "category", "subject-request": "right"}

logger = logging.getLogger(__name__)


def sweep(
    charter: Charter, evidence: "Evidence", now: datetime, waiting: Collection[str] = ()
) -> "list[Erasure]":
    """Destroys what is older than the charter's `retention` allows; the erasures put on record.

    `payloads` bounds what is attached (texts of prompts, answers, appeals), `receipts` the records about
    people themselves, `consents` those withdrawn so long ago; people on legal hold are left out, and so are
    the records that are still `waiting` for a reviewer. Proofs still verify.
    """
    rules = [_sparing(waiting, each) for each in expiries(charter, now, evidence.reader)]
    done = [evidence.sweep(expired, _ACTOR) for expired in rules]
    return [erasure for erasure in done if erasure is not None]


def foreseen(
    charter: Charter, evidence: "Evidence", now: datetime, waiting: Collection[str] = ()
) -> dict[str, int]:
    """How many payloads `sweep` would destroy, by rule; one may count under several."""
    rules = [_sparing(waiting, each) for each in expiries(charter, now, evidence.reader)]
    return {expired.label: evidence.would_sweep(expired) for expired in rules}


def waiting_answers(settings: Settings, now: datetime) -> list[str]:
    """The records of answers that are held, and of what was decided about them: kept until a day after their
    deadline, since who asked has to be able to fetch them even where the charter keeps no texts.
    """
    from aboveboard.cases import Cases

    with Cases.open(settings.cases) as cases:
        found = [case for case in cases.list("hold", limit=None) if parse_time(case.due) > now - _TO_FETCH]
    return [record for case in found for record in (case.record, case.review) if record]


def _sparing(records: Collection[str], expired: "Expired") -> "Expired":
    return replace(expired, spared_records=tuple(records))


def sweep_files(charter: Charter, settings: Settings, now: datetime, held: Collection[str] = ()) -> int:
    """Deletes logs of runs older than `retention.runs`, cases decided before `retention.cases`, and what was
    drawn for people before `retention.handed-out`; how many. What people on legal hold have to do with
    (`Evidence.subjects_on_hold`) stays.
    """
    from aboveboard.cases import Cases

    old = expired_folders(charter, settings.state, now, held)
    for folder in old:
        shutil.rmtree(folder, ignore_errors=True)
    swept = len(old)
    if "cases" in charter.retention:
        with Cases.open(settings.cases) as cases:
            spared = [each.removeprefix(_CASE) for each in held if each.startswith(_CASE)]
            swept += cases.purge(format_time(now - charter.retention["cases"]), spared)
    return swept


def expired_folders(charter: Charter, state: Path, now: datetime, held: Collection[str] = ()) -> list[Path]:
    """The folders that `sweep_files` deletes."""
    from aboveboard.evals import list_runs

    old: list[Path] = []
    if "runs" in charter.retention:
        cutoff = now - charter.retention["runs"]
        runs = [run.id for run in list_runs(state) if parse_time(run.updated) < cutoff]
        old += [state / "runs" / each for each in runs if f"run:{each}" not in held]
    before = (now - charter.retention.get("handed-out", _HANDED_OUT)).timestamp()
    drawn = [each for each in (state / "subjects").glob("*") if not _is_held(each.name, held)]
    return old + [each for each in drawn if each.lstat().st_mtime < before]


def _is_held(name: str, held: Collection[str]) -> bool:
    """What was drawn for somebody is named after their case; its lineage may not be on record yet."""
    return f"export:{name}" in held or _CASE + name.partition("-")[0] in held


def expiries(charter: Charter, now: datetime, reader: "Reader | None" = None) -> "list[Expired]":
    """What the charter's retention rules name, as of a moment. Zero means: not kept at all.

    Without a `reader`, the rules that have to look into records are left out.
    """
    from aboveboard.evidence import Expired

    rules = {"payloads": ((), True), "receipts": (_PERSONAL_KINDS, False)}
    by_age = [
        Expired(now - charter.retention[name], kinds, attachments_only, label=name, spared_kinds=_PROOFS)
        for name, (kinds, attachments_only) in rules.items()
        if name in charter.retention
    ]
    return by_age + (list(_by_content(charter, now, reader)) if reader else [])


def kept_for(charter: Charter | None, record: "Record", *, is_attachment: bool) -> timedelta | None:
    """How long the charter keeps a record, or what is attached to it; None where it does not say."""
    if charter is None:
        return None
    category = getattr(record, _CATEGORY_FIELDS.get(record.kind, ""), "")
    names = [f"{record.kind}/{category}"]
    names += ["receipts"] if record.kind in _PERSONAL_KINDS else []
    names += ["payloads"] if is_attachment else []
    return min((charter.retention[name] for name in names if name in charter.retention), default=None)


def _by_content(charter: Charter, now: datetime, reader: "Reader") -> "Iterator[Expired]":
    from aboveboard.evidence import Expired

    for name, length in charter.retention.items():
        kind, _, category = name.partition("/")
        if kind == "consents":
            found = _withdrawn(reader, category, now - length)
        elif category:
            found = _of_category(reader, kind, category, now - length)
        else:
            continue
        yield Expired(now, (), attachments_only=False, records=tuple(found[:_AT_ONCE]), label=name)


def _of_category(reader: "Reader", kind: str, category: str, before: datetime) -> list[str]:
    from aboveboard.evidence import every

    found = []
    for record in every(reader, kind):
        if parse_time(record.time) >= before:
            break  # the oldest come first
        if getattr(record, _CATEGORY_FIELDS[kind]) == category:
            found.append(record.id)
    return found


def _withdrawn(reader: "Reader", purpose: str, before: datetime) -> list[str]:
    """The events of each person and purpose up to a withdrawal that long ago; later ones stay."""
    from aboveboard.evidence import consent_events

    register: dict[tuple[str, str], list[Consent]] = {}
    for event in consent_events(reader):
        if purpose in ("", event.purpose):
            register.setdefault((event.data_subject, event.purpose), []).append(event)
    return [each.id for events in register.values() for each in _ended(reader, events, before)]


def _ended(reader: "Reader", events: "list[Consent]", before: datetime) -> "list[Consent]":
    """No withdrawal goes before every consent that it ended: one that stayed would hold again."""
    from aboveboard.evidence import as_recorded, ended_by_withdrawal

    ends = [
        parse_time(each.effective)
        for each in events
        if each.stage == "withdrawn" and parse_time(each.effective) < before
    ]
    if not ends:
        return []
    ended = ended_by_withdrawal(as_recorded(reader, events), before)
    if any(parse_time(each.time) >= before for each in ended):
        return []
    return [each for each in events if each in ended or parse_time(each.effective) <= max(ends)]


async def sweep_hourly(
    charter_in_force: Callable[[], Charter],
    evidence: "Evidence",
    settings: Settings,
    clock: Clock | None = None,
) -> None:
    """Sweeps now and then every hour, off the event loop, until cancelled."""
    clock = clock or SystemClock()
    while True:
        charter = charter_in_force()
        try:
            waiting = await asyncio.to_thread(waiting_answers, settings, clock.now())
            await asyncio.to_thread(sweep, charter, evidence, clock.now(), waiting)
            held = await asyncio.to_thread(evidence.subjects_on_hold)
            await asyncio.to_thread(sweep_files, charter, settings, clock.now(), held)
            await asyncio.to_thread(evidence.finish)
        except AboveboardError as error:
            logger.warning("the retention sweep failed and is tried again in an hour: %s", error)
        await asyncio.sleep(_EVERY_SECONDS)
