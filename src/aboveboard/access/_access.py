"""The face of access: what is open, what is known, and one thread that keeps it so."""

import logging
import threading
from contextlib import suppress
from types import TracebackType

from aboveboard.access._acts import Act
from aboveboard.access._errors import AccessError
from aboveboard.access._keyring import Keyring
from aboveboard.access._metering import Metering
from aboveboard.access._passwords import Cost
from aboveboard.access._people import People
from aboveboard.access._register import Register
from aboveboard.access._sessions import Sessions
from aboveboard.access._spending import Spending
from aboveboard.access._store import Store
from aboveboard.database import Location
from aboveboard.values import Clock, SystemClock

_log = logging.getLogger(__name__)
_ROUND_SECONDS = 1.0


class Access:
    """Tenants, keys, limits and people of one state directory. Safe to share between threads.

    `register` knows and changes them, `keyring` verifies keys, `metering` holds requests to their limits,
    `spending` sums up; `people` are the users, `sessions` logs them in. Nothing is recorded here: whoever
    changes something records `act.change`, then calls `keep`.
    """

    def __init__(self, store: Store, clock: Clock, cost: Cost | None = None) -> None:
        self.register = Register(store, clock)
        self.keyring = Keyring(store, clock)
        self.metering = Metering(store, clock)
        self.spending = Spending(store, clock)
        self.people = People(store, clock, cost)
        self.sessions = Sessions(store, clock, cost)
        self._store = store
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    @classmethod
    def open(cls, where: Location, clock: Clock | None = None, cost: Cost | None = None) -> "Access":
        """Opens the tables (`<state>/access.db`, or a schema of PostgreSQL), made on first use; raises
        AccessStoreError. `cost` is that of hashing a password.
        """
        return cls(Store.open(where), clock or SystemClock(), cost)

    def keep(self, act: Act) -> None:
        """Makes a change that is on record; raises AlreadyThereError, OvertakenError, AccessStoreError."""
        self._store.keep(act)

    def start(self) -> "Access":
        """Begins to follow what other processes change, and to share limits with them, once a second."""
        self.keyring.refresh()
        self._thread = threading.Thread(target=self._serve, name="aboveboard-access", daemon=True)
        self._thread.start()
        return self

    def close(self) -> None:
        """Gives back what was taken of limits and not spent, then lets go of the database."""
        self._stopped.set()
        if self._thread is not None:
            self._thread.join()
        with suppress(AccessError):  # what cannot be given back counts as spent
            self.metering.balance(is_last=True)
        self._store.close()

    def __enter__(self) -> "Access":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _forget_ended(self) -> None:
        self.metering.forget(self.keyring.knows)

    def _serve(self) -> None:
        while not self._stopped.wait(_ROUND_SECONDS):
            for work in (self.keyring.refresh, self._forget_ended, self.metering.balance):
                try:
                    work()
                except Exception as error:  # noqa: BLE001  # the thread must live: requests say what is wrong
                    _log.warning("access could not be brought up to date: %s", type(error).__name__)
