"""Keys, tokens and passwords: they go neither to the model nor out in an answer."""

from collections.abc import Mapping
from typing import Any, ClassVar

from aboveboard.guards._found import findings, found_in, hidden
from aboveboard.guards._guard import GuardContext
from aboveboard.guards._options import DISCLOSED, ROLES, check_options, flag, words
from aboveboard.guards._values import values_of
from aboveboard.guards._verdict import ALLOW, Action, Mode, Segment, Verdict
from aboveboard.privacy import PersonalData, RestoringStream, find_secrets
from aboveboard.privacy.streams import LONGEST_CONTEXT, settled_secrets


class SecretsGuard:
    """Options: `restore` (no by default: a secret that came in by mistake should not travel on), and
    `restore_from` (whose secrets).

    With the charter's `action: block` a request that holds a secret is refused instead.
    """

    name: ClassVar[str] = "secrets"
    modes: ClassVar[tuple[Mode, ...]] = ("input", "output")
    is_inline: ClassVar[bool] = True

    def __init__(self, options: Mapping[str, Any]) -> None:
        check_options(self.name, options, ("restore", "restore_from"))
        self._restores = flag(self.name, options, "restore", False)
        self._from = words(self.name, options, "restore_from", ROLES) or DISCLOSED

    @property
    def window(self) -> int:
        """The longest thing found: a private key."""
        return 4096

    def settled(self, text: str, start: int) -> int:
        """Whole words, and private keys whole."""
        return start + settled_secrets(text[start:])

    def check(self, segment: Segment, context: GuardContext) -> Verdict:
        """Masks what is found."""
        found = found_in(segment, context, _find)
        if context.mode == "input":
            text = values_of(context, self._restores, self._from).mask(segment, found)
        elif found:
            text = hidden(segment, context, found)
        else:
            return ALLOW
        return ALLOW if text == segment.text else Verdict(Action.MASK, findings(found), text)

    def restorer(self, context: GuardContext, *, is_json: bool) -> RestoringStream | None:
        """What restores the values that the reader may see, when it is to restore and there are any."""
        return values_of(context, self._restores, self._from).restorer(is_json=is_json)


def _find(text: str, start: int, end: int) -> list[PersonalData]:
    """The secrets that begin from a place on, before another; they are read on no further back than this."""
    ahead = max(0, start - LONGEST_CONTEXT)
    return [
        item.moved(ahead) for item in find_secrets(text[ahead:], start - ahead) if item.start + ahead < end
    ]
