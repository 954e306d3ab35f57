"""Forgetting people and correcting what is held about them, so that a crash at any instruction leaves the act
either not begun or finishable.

Every act is an intent on record, the act, an outcome on record. The outcome's id follows from the intent's,
so that of several processes that finish one intent only the first writes it, and the others read it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from aboveboard.evidence._artifacts import Purged
from aboveboard.evidence._belongings import Belongings
from aboveboard.evidence._erasing import (
    Doomed,
    Expired,
    Spared,
    count_expired,
    count_owned,
    destroy_expired,
    destroy_owner,
    expiring,
    scrub,
)
from aboveboard.evidence._holds import refuse_while_held
from aboveboard.evidence._lineage import Lineage, thing
from aboveboard.evidence._outcomes import outcome_id, record_once
from aboveboard.evidence._owners import owner_tag
from aboveboard.evidence._paging import every
from aboveboard.evidence._reader import Reader
from aboveboard.evidence._recorder import Recorder
from aboveboard.evidence._store import Store
from aboveboard.evidence.records import Erasure

TAG = "hmac-sha256:"
_RETENTION = "retention"
_WAITED = f"{_RETENTION}: what had to wait, for a hold to end or a place to be free"
_CLAIM = b"erasure:"
_RECORD = thing("record:")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Result:
    """What an erasure came to."""

    erased: int
    purges: Sequence[Purged] = ()
    left: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Forgetting:
    """Erases people and sweeps by date, over one open state directory."""

    store: Store
    recorder: Recorder
    reader: Reader
    lineage: Lineage
    belongings: Belongings

    def erase(self, subject: str, reason: str, actor: str, case: str = "") -> Erasure:
        """Forgets a data subject; raises HeldError while a legal hold is in force. Returns the outcome."""
        refuse_while_held(self.reader, subject)
        tag = owner_tag(self.store.master, subject)
        for unfinished in self._unfinished():
            if unfinished.erased_subject == TAG + tag.hex():
                self._purge(unfinished, self._destroy(unfinished, tag))
        doomed = self._doomed(tag, b"")
        count = self._run(lambda: count_owned(self.store, doomed))
        intent = Erasure(
            subject="vault",
            actor=actor,
            stage="intent",
            erased_subject=TAG + tag.hex(),
            reason=reason,
            erased=count,
            case=case,
        )
        self.recorder.record(intent)
        return self._purge(intent, self._destroy(intent, tag))

    def sweep(self, expired: Expired, actor: str) -> Erasure | None:
        """Destroys what a retention rule names, people on hold left out; None when there is nothing.

        What came from the records that go is purged before they do: a sweep that was cut off is simply done
        again.
        """
        spared = self.belongings.spared()
        if expired.is_empty or not self._run(lambda: count_expired(self.store, expired, spared)):
            return None
        intent = Erasure(
            subject="vault", actor=actor, stage="intent", erased_subject=_RETENTION, reason=_rule(expired)
        )
        self.recorder.record(intent)
        purges = self._purge_expiring(expired, spared)
        erased = sum(self._pieces(expired, spared))
        cleaned = self.lineage.clean(self.reader)
        return self._conclude(intent, _Result(erased, [*purges, *cleaned], self._scrub()))

    def would_sweep(self, expired: Expired) -> int:
        """How many payloads a sweep would destroy."""
        spared = self.belongings.spared()
        return 0 if expired.is_empty else self._run(lambda: count_expired(self.store, expired, spared))

    def finish(self) -> None:
        """Finishes what a crash interrupted, as far as this process can: see `can_purge`."""
        for intent in self._unfinished():
            tag = bytes.fromhex(intent.erased_subject.removeprefix(TAG))
            destroyed = self._destroy(intent, tag)
            if self.lineage.can_purge(_claim(intent)):
                self._purge(intent, destroyed)
        self._drop_old_claims()
        self._purge_waiting()

    def _purge(self, intent: Erasure, destroyed: int) -> Erasure:
        """Everything that came from the person; done again, it comes to the same."""
        purges = [*self._purge_from([_claim(intent)]), *self.lineage.clean(self.reader)]
        outcome = self._conclude(intent, _Result(max(destroyed, intent.erased), purges, self._scrub()))
        self.lineage.forget([_claim(intent)])
        return outcome

    def _destroy(self, intent: Erasure, tag: bytes) -> int:
        """Once: when the claim is there it has been done, and what is held now came after it."""
        if self.lineage.is_source(_claim(intent)):
            return 0
        doomed = self._doomed(tag, _claim(intent))
        return self._run(lambda: destroy_owner(self.store, doomed))

    def _doomed(self, tag: bytes, claim: bytes) -> Doomed:
        """The person's records, and what belongs to nobody and is about one of them: a reviewer's reasons."""
        ids, about = self.belongings.of(tag)
        return Doomed(tag, claim, _outcome(claim), ids, about)

    def _unfinished(self) -> list[Erasure]:
        erasures = self._erasures()
        done = {link for each in erasures for link in each.links}
        return [
            each
            for each in erasures
            if each.stage == "intent" and each.id not in done and each.erased_subject.startswith(TAG)
        ]

    def _erasures(self) -> list[Erasure]:
        """All on record, the newest first."""
        found = every(self.reader, "erasure", newest_first=True)
        return [each for each in found if isinstance(each, Erasure)]

    def _drop_old_claims(self) -> None:
        """Claims whose outcome was on record when the crash came, and old pages that a reader held."""
        erasures = self._erasures()
        if not erasures:
            return
        done = {_CLAIM + link.encode() for each in erasures for link in each.links}
        if claims := [each for each in self.lineage.sources(_CLAIM) if each in done]:
            self.lineage.forget(claims)
        if self.store.connection.may_hold_old_pages:
            self._scrub()

    def _conclude(self, intent: Erasure, result: _Result) -> Erasure:
        outcome = Erasure(
            id=outcome_id(intent.id),
            subject=intent.subject,
            actor=intent.actor,
            links=(intent.id,),
            stage="outcome",
            erased_subject=intent.erased_subject,
            reason=intent.reason,
            erased=result.erased,
            remaining=(*_lines(result.purges), *result.left),
            purged=tuple(each.artifact for each in result.purges if not each.left),
            case=intent.case,
        )
        return record_once(self.recorder, self.reader, outcome)

    def _purge_expiring(self, expired: Expired, spared: Spared) -> list[Purged]:
        parents = [each[len(_RECORD) :].decode() for each in self.lineage.sources(_RECORD)]
        going = self._run(lambda: expiring(self.store, expired, parents, spared))
        sources = [thing(f"record:{each}") for each in going]
        purges = self._purge_from(sources)
        self.lineage.forget(sources)
        return purges

    def _purge_from(self, sources: Sequence[bytes]) -> list[Purged]:
        """Purges all that came from these. What cannot be yet is noted before anything is forgotten."""
        purges = self.lineage.purge(self.lineage.follow(sources), self.belongings.made_from_held())
        self.lineage.keep_for_later(purges)
        return purges

    def _purge_waiting(self) -> None:
        """Tries again what a hold or a busy place had kept from being purged; on record once it is done."""
        waiting = self.lineage.waiting()
        if not waiting:
            return
        purges = self.lineage.purge(waiting, self.belongings.made_from_held())
        done = [each for each in purges if not each.left]
        if done:
            self.recorder.record(
                Erasure(
                    subject="vault",
                    actor="system",
                    stage="outcome",
                    erased_subject=_RETENTION,
                    reason=_WAITED,
                    purged=tuple(each.artifact for each in done),
                )
            )
            self.lineage.wait_no_more(done)

    def _pieces(self, expired: Expired, spared: Spared) -> Iterator[int]:
        """Piece by piece, so that records are not kept waiting."""
        while count := self._run(lambda: destroy_expired(self.store, expired, spared)):
            yield count

    def _scrub(self) -> tuple[str, ...]:
        return self._run(lambda: scrub(self.store))

    def _run(self, work: Callable[[], T]) -> T:
        return self.recorder.run(work).result()


def _claim(intent: Erasure) -> bytes:
    return _CLAIM + intent.id.encode()


def _outcome(claim: bytes) -> str:
    """The id of the record that concludes what a claim stands for."""
    return outcome_id(claim.removeprefix(_CLAIM).decode()) if claim else ""


def _rule(expired: Expired) -> str:
    """The rule as it stands on record."""
    what = expired.label or ", ".join(expired.kinds) or "all kinds"
    return f"{_RETENTION}: {what} before {expired.older_than.isoformat()}"


def _lines(purges: Sequence[Purged]) -> list[str]:
    return [f"{each.artifact}: {each.left}" for each in purges if each.left]
