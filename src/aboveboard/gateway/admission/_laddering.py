"""Where whoever asks stands on the misuse ladder, and what is noted of their requests."""

from dataclasses import dataclass, field

from aboveboard.access import Caller
from aboveboard.gateway._services import GatewayServices
from aboveboard.gateway.accounting import Account
from aboveboard.gateway.admission._refusals import SlowedError, SuspendedError
from aboveboard.guards import Action
from aboveboard.misuse import KEY, Rung, Seen, Standing, holder_of

MISUSE = "misuse"
_LONGEST = 4096


@dataclass(slots=True)
class Laddering:
    """Asks the ladder before a request and feeds it after; does nothing where the charter has none."""

    services: GatewayServices
    most: Rung = field(init=False)
    slow: int = field(init=False)

    def __post_init__(self) -> None:
        plan = self.services.charter.misuse
        self.most = Rung[plan.ladder.upper()] if self.services.misuse else Rung.OFF
        self.slow = plan.slow

    def check(self, caller: Caller | None, person: str) -> bool:
        """Whether the answer has to be held; raises SlowedError, SuspendedError."""
        standing = self.standing(caller, person)
        if standing is None or self.services.misuse is None or standing.rung is Rung.WATCH:
            return False
        if standing.rung is Rung.SUSPEND:
            raise SuspendedError(standing)
        if standing.rung is Rung.HOLD:
            return True
        seconds = self.services.misuse.paced(standing.holder, self.slow)
        if seconds:
            raise SlowedError(standing, seconds)
        return False

    def standing(self, caller: Caller | None, person: str) -> Standing | None:
        """Where a key and a person stand: the higher of the two."""
        ladder = self.services.misuse
        if ladder is None or self.most is Rung.OFF:
            return None
        key, tenant = (caller.key, caller.tenant) if caller else ("", "")
        return ladder.standing(_holders(key, person, tenant), self.most)

    def note(self, account: Account) -> None:
        """Leaves a request that is on record to the ladder: whose, whether a guard stopped it, and its last
        words of the user, masked.
        """
        ladder = self.services.misuse
        holders = _holders(account.key, account.data_subject, account.tenant)
        if ladder is None or self.most is Rung.OFF or not holders or not account.is_sealed:
            return
        is_blocked = account.action is Action.BLOCK and not account.error
        minute = int(self.services.clock.now().timestamp()) // 60
        ladder.note(Seen(holders, minute, is_blocked, _asked(account)))


def _holders(key: str, person: str, tenant: str) -> tuple[str, ...]:
    return tuple(filter(None, (f"{KEY}{key}" if key else "", holder_of(person, tenant))))


def _asked(account: Account) -> str:
    """The end of what the user said last, as the model got it."""
    said = (each.text for each in reversed(account.prompt) if each.role == "user")
    return next(said, "")[-_LONGEST:]
