"""Promises as one run decided them: by the words registered before it, and by its own measurements alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from aboveboard.charter import Charter, Promise
from aboveboard.evidence._errors import UnknownRecordError
from aboveboard.evidence._paging import every
from aboveboard.evidence._promise_status import PromiseStatus
from aboveboard.evidence._reader import Reader
from aboveboard.evidence._settlement import settle
from aboveboard.evidence.records import Gap, Measurement, PreRegisteredPromise, PreRegistration, Record
from aboveboard.values import parse_bound


def settle_run(charter: Charter, reader: Reader, run: str, now: datetime) -> list[PromiseStatus]:
    """How each promise that was registered before a run came out of it, whatever the charter says today.

    What people's labels or later runs made of it is left out. The charter lends what was not registered:
    owner and reason. Raises UnknownRecordError for a run that was not registered here.
    """
    registration = _registration(reader, run)
    own = _Own(registration, reader)
    promises = tuple(_as_registered(each, charter) for each in registration.promises)
    return settle(replace(charter, promises=promises), own, now, model_digest=registration.model_digest)


@dataclass(frozen=True, slots=True)
class _Own:
    """The registration of a run, and what was recorded of the run under it: labels have other links."""

    registration: PreRegistration
    reader: Reader

    def find(
        self,
        kind: str | None = None,
        *,
        limit: int = 1000,
        newest_first: bool = True,
        after: str | None = None,
    ) -> list[Record]:
        """All at once: nothing comes `after`."""
        if after is not None:
            return []
        if kind == PreRegistration.kind:
            return [self.registration]
        return [each for each in every(self.reader, kind, newest_first=newest_first) if self._is_own(each)]

    def _is_own(self, record: Record) -> bool:
        is_of_run = isinstance(record, Measurement | Gap) and record.run == self.registration.run
        return is_of_run and self.registration.id in record.links


def _registration(reader: Reader, run: str) -> PreRegistration:
    found = (each for each in every(reader, PreRegistration.kind) if isinstance(each, PreRegistration))
    for each in found:
        if each.run == run:
            return each
    raise UnknownRecordError(
        "the run was not registered on this ledger, so nothing was promised of it",
        where=f"run {run}",
        cure="name a run of this state directory, and its --state",
    )


def _as_registered(registered: PreRegisteredPromise, charter: Charter) -> Promise:
    known: Sequence[Promise] = [each for each in charter.promises if each.id == registered.promise]
    owner, reason = (known[0].owner, known[0].reason) if known else ("", "")
    return Promise(
        id=registered.promise,
        measure=registered.measure,
        must=parse_bound(registered.must),
        owner=owner,
        over=registered.over,
        confidence=registered.confidence,
        reason=reason,
    )
