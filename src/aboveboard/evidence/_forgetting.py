"""Forgetting people and correcting what is held about them, so that a crash at any instruction leaves the act
either not begun or finishable.

Every act is an intent on record, the act, an outcome on record. The outcome's id follows from the intent's,
so that of several processes that finish one intent only the first writes it, and the others read it.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
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
    offspring_sources,
    scrub,
)
from aboveboard.evidence._holds import refuse_while_held
from aboveboard.evidence._lineage import Lineage, thing
from aboveboard.evidence._outcomes import outcome_id, record_once
from aboveboard.evidence._owners import PERSON, owner_tag
from aboveboard.evidence._paging import every
from aboveboard.evidence._reader import Reader
from aboveboard.evidence._recorder import Recorder
from aboveboard.evidence._renaming import (
    Renamed,
    carry_out,
    every_artifact,
    named_after,
    plan,
    planned,
    shown,
)
from aboveboard.evidence._store import Store
from aboveboard.evidence.records import Erasure

TAG = "hmac-sha256:"
_RETENTION = "retention"
_WAITED = f"{_RETENTION}: what had to wait, for a hold to end or a place to be free"
_CLAIM = b"erasure:"
_BACKUPS = (
    "backups made before {}: they hold the person and their key until they expire; whoever restores one"
    " erases the person again"
)
_RECORD = thing("record:")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Whose:
    """Whom an erasure is of: the pseudonym, and what else they are called, to be found in names."""

    subject: str
    name: str = ""

    @property
    def names(self) -> list[str]:
        return [self.name.strip(), self.subject.removeprefix(PERSON)]


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

    def erase(self, whose: Whose, reason: str, actor: str, case: str = "") -> Erasure:
        """Forgets a data subject; raises HeldError while a legal hold is in force. Returns the outcome."""
        refuse_while_held(self.reader, whose.subject)
        tag = owner_tag(self.store.master, whose.subject)
        for unfinished in self._unfinished():
            if unfinished.erased_subject == TAG + tag.hex():
                self._plan(unfinished.id, whose)
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
        self._plan(intent.id, whose)
        self.recorder.record(intent)
        return self._purge(intent, self._destroy(intent, tag))

    def named_after(self, whose: Whose) -> list[Renamed]:
        """The artifacts named after a person, and what an erasure calls them instead."""
        doomed = self._doomed(owner_tag(self.store.master, whose.subject), b"")
        made = {each.name for each in self.lineage.follow(offspring_sources(doomed))}
        artifacts = self._run(lambda: every_artifact(self.store))
        return named_after(artifacts, whose.names, made, self.store.master)

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
        purged = [*self._purge_from([_claim(intent)]), *self.lineage.clean(self.reader)]
        called = self._run(lambda: planned(self.store, intent.id))
        purges = [shown(each, called) for each in purged]
        left = [*self._scrub(), _BACKUPS.format(intent.time)]
        outcome = self._conclude(intent, _Result(max(destroyed, intent.erased), purges, left))
        self.lineage.forget([_claim(intent)])
        self._rename([intent.id])
        return outcome

    def _plan(self, erasure: str, whose: Whose) -> None:
        renamed = self.named_after(whose)
        self._run(lambda: plan(self.store, erasure, renamed))

    def _rename(self, erasures: Collection[str]) -> None:
        if self._run(lambda: carry_out(self.store, erasures)):
            self._scrub()

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
        ended = {link for each in erasures for link in each.links}
        done = {_CLAIM + each.encode() for each in ended}
        if claims := [each for each in self.lineage.sources(_CLAIM) if each in done]:
            self.lineage.forget(claims)
        self._rename(ended)
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
        called = self._run(lambda: planned(self.store))
        if done:
            self.recorder.record(
                Erasure(
                    subject="vault",
                    actor="system",
                    stage="outcome",
                    erased_subject=_RETENTION,
                    reason=_WAITED,
                    purged=tuple(shown(each, called).artifact for each in done),
                )
            )
            self.lineage.wait_no_more(done)
            self._drop_old_claims()

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
