"""The face of a state directory: record, read, erase."""

from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

from aboveboard.database import locate
from aboveboard.evidence._agreement import check_agreement
from aboveboard.evidence._artifacts import Purgers
from aboveboard.evidence._belongings import Belongings
from aboveboard.evidence._erasing import Expired
from aboveboard.evidence._forgetting import Forgetting, Whose
from aboveboard.evidence._keys import open_keys
from aboveboard.evidence._lineage import Lineage
from aboveboard.evidence._owners import owner_tag
from aboveboard.evidence._reader import Reader
from aboveboard.evidence._recorder import Recorder
from aboveboard.evidence._rectifying import Rectifying
from aboveboard.evidence._sealing import MasterKey
from aboveboard.evidence._store import Store
from aboveboard.evidence._uniting import Uniting
from aboveboard.evidence.records import Erasure, Rectification
from aboveboard.ledger import Ledger


class Evidence:
    """A state directory open for writing; other processes may write to it as well.

    `recorder` takes records, `reader` finds them, `lineage` knows what was made from whose data.
    """

    def __init__(
        self,
        store: Store,
        ledger: Ledger,
        recorder: Recorder,
        reader: Reader,
        purgers: Purgers | None = None,
    ) -> None:
        self.recorder = recorder
        self.reader = reader
        self.lineage = Lineage(store, recorder, purgers)
        self._belongings = Belongings(store, recorder, reader, self.lineage)
        self._forgetting = Forgetting(store, recorder, reader, self.lineage, self._belongings)
        self._uniting = Uniting(store, recorder, reader)
        self._rectifying = Rectifying(store, recorder, reader, self.lineage)
        self._store = store
        self._ledger = ledger

    @classmethod
    def open(
        cls,
        state: Path,
        vault_key: bytes | None = None,
        purgers: Purgers | None = None,
        database: str | None = None,
    ) -> "Evidence":
        """Opens a state directory, made on first use with fresh keys, and finishes what a crash interrupted.

        `vault_key` (32 bytes) takes the place of keys/vault.key, `database` (an address of PostgreSQL) that
        of ledger.db and evidence.db; `purgers` reach what was made from people's
        data. An interrupted erasure that names one which is missing waits for it. Raises KeyFileError,
        StoreError, LedgerBusyError when another process does not let go, and other LedgerErrors.
        """
        keys = open_keys(state, vault_key, database)
        with ExitStack() as undo:
            ledger = undo.enter_context(Ledger.open(locate(state, "ledger", database), signer=keys.log))
            where = locate(state, "evidence", database)
            store = Store.open(where, MasterKey(keys.master), keys.attestor, keys.log.vkey)
            undo.callback(store.close)
            reader = undo.enter_context(Reader.open(state, keys.master, database))
            check_agreement(store, reader.ledger)
            recorder = Recorder(store, ledger).start()
            undo.callback(recorder.close)
            evidence = cls(store, ledger, recorder, reader, purgers)
            evidence.finish()
            undo.pop_all()
        return evidence

    @staticmethod
    def read(state: Path, vault_key: bytes | None = None, database: str | None = None) -> Reader:
        """Opens a state directory for reading, in any number of processes."""
        return Reader.open(state, vault_key, database)

    @property
    def vkey(self) -> str:
        """The log's verifier key: publish it, so that receipts can be checked against it."""
        return self._ledger.vkey

    def pseudonym(self, name: str) -> str:
        """A stable pseudonym for a name from outside (a `user` field, an account): keyed, so not to be
        guessed; the same for every spelling of a name (Unicode's NFC, white space around it), and empty for
        an empty one.
        """
        return self._uniting.pseudonym(name)

    def tag(self, purpose: str, text: str) -> bytes:
        """A keyed hash of 32 bytes for what is to be found again, and not to be guessed."""
        return self._store.master.tag(purpose, text)

    def erase(self, subject: str, reason: str, actor: str, *, case: str = "", name: str = "") -> Erasure:
        """Forgets a data subject: key, pseudonym, salts and payloads; every proof still verifies.

        Records the intent before and the outcome after, follows the lineage, and returns the outcome, whose
        `remaining` lists what has to happen elsewhere. `name` is what the person is called outside: artifacts
        named after them get other names. Raises HeldError while a legal hold is in force.
        """
        return self._forgetting.erase(Whose(subject, name), reason, actor, case)

    def named_after(self, subject: str, name: str) -> dict[str, str]:
        """The artifacts that are named after a person, and what an erasure calls them instead."""
        found = self._forgetting.named_after(Whose(subject, name))
        return {each.old: each.new.name for each in found}

    def sweep(self, expired: Expired, actor: str) -> Erasure | None:
        """Destroys what a retention rule names, with intent and outcome on record; None when there is
        nothing. People on legal hold are left out.
        """
        return self._forgetting.sweep(expired, actor)

    def held_about(self, subject: str) -> list[str]:
        """The ids of all records that hold something of a data subject, in whole or in part: theirs, and
        what nobody owns and is about one of theirs.
        """
        return self._belongings.readable(owner_tag(self._store.master, subject))

    def subjects_on_hold(self) -> frozenset[str]:
        """What people on legal hold have to do with: their answers (`decision:…`), their cases (`case:…`) and
        what was made from their data (`run:…`, `shard:…`).
        """
        people = self._belongings.people_on_hold()
        return self._belongings.made_from_held().union(*map(self._belongings.subjects, people))

    def would_sweep(self, expired: Expired) -> int:
        """How many payloads `sweep` would destroy."""
        return self._forgetting.would_sweep(expired)

    def rectify(self, intent: Rectification, correction: bytes) -> Rectification:
        """Puts a correction beside a record and destroys what was wrong, or keeps it sealed; the outcome.

        `intent` names the record, the part, the reason and the actor; the person is the record's.
        """
        return self._rectifying.rectify(intent, correction)

    def finish(self) -> None:
        """Finishes erasures and corrections that a crash interrupted; done on opening, and of use again when
        a purger was registered that one of them waits for.
        """
        self._forgetting.finish()
        self._rectifying.finish()

    def close(self) -> None:
        """Writes what waits, then lets go of the files."""
        self.recorder.close()
        self.reader.close()
        self._ledger.close()
        self._store.close()

    def __enter__(self) -> "Evidence":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
