"""What a guard is, and what it is told."""

from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol, runtime_checkable

from aboveboard.guards._verdict import Mode, Segment, Verdict


@dataclass(slots=True)
class GuardContext:
    """One exchange, shared by the guards that see it.

    `memory` lives as long as the exchange: what `personal-data` masked on the way in it restores on the way
    out. `jurisdictions` and `context` come from the charter. `mode` is the side being checked.

    `before` is the text just before a piece of a stream and `after` what is known of the text behind it, both
    to be read, not judged; of arguments of tools (JSON text) they are decoded, and `in_string` says whether
    the piece begins inside a string. `torn` says that it begins within a word that was too long to hold.
    `latest` says whether a user's
    segment is the one being answered, and not an earlier turn. `first` says whether this is the exchange's
    first answer.
    """

    mode: Mode
    context: str = "general"
    jurisdictions: tuple[str, ...] = ()
    memory: MutableMapping[str, Any] = field(default_factory=dict)
    before: str = ""
    after: str = ""
    torn: bool = False
    latest: bool = True
    first: bool = False
    in_string: bool = False


class Guard(Protocol):
    """A check on text. Configured once from the charter's options, then used by many exchanges at once."""

    name: ClassVar[str]
    modes: ClassVar[tuple[Mode, ...]]

    def __init__(self, options: Mapping[str, Any]) -> None:
        """Reads its own options; raises GuardOptionError on one it does not know."""
        ...

    def check(self, segment: Segment, context: GuardContext) -> Verdict:
        """The verdict on a whole segment. Must not raise, block or keep the text."""
        ...

    @property
    def window(self) -> int:
        """How many code points a finding can span: the hold-back an incremental check needs. 0: never
        spans.
        """
        ...


@runtime_checkable
class IncrementalGuard(Protocol):
    """A guard that knows which part of a growing answer it can judge already: the least hold-back there
    is.
    """

    def settled(self, text: str, start: int) -> int:
        """Up to where `text` from `start` on can be judged now as it would be with all that follows: `start`
        or more. What stands before `start` was judged already.
        """
        ...


class SettlingGuard(IncrementalGuard, Protocol):
    """A guard whose `settled` depends on what it remembers of the exchange's input, or keeps what it read for
    `check`.
    """

    def settler(self, context: GuardContext) -> Callable[[str, int], int]:
        """`settled` for one stream."""
        ...


@runtime_checkable
class ObservingGuard(Protocol):
    """A guard that holds nothing back: it reads the whole answer when it is out, and may add to its end."""

    observes: ClassVar[bool]


@runtime_checkable
class AnnouncingGuard(Protocol):
    """A guard whose annotations belong to every answer: it is asked about an empty text when the user sent
    none.
    """

    announces: ClassVar[bool]


@runtime_checkable
class AnsweringGuard(Protocol):
    """A guard whose text, on the way in, is the answer: it states something in the model's place."""

    answers: ClassVar[bool]


class Restorer(Protocol):
    """Puts values back in the place of their stand-ins, in one text that comes in pieces."""

    def feed(self, text: str) -> str:
        """What may go out now that `text` has come: the same in all for any split."""
        ...

    def finish(self) -> str:
        """The rest, now that nothing follows."""
        ...


@runtime_checkable
class RestoringGuard(Protocol):
    """A guard that replaced values on the way in and puts them back on the way out, after all checks."""

    def restorer(self, context: GuardContext, *, is_json: bool) -> Restorer | None:
        """What restores this exchange's values in one text, or piece of JSON; None when nothing is to be."""
        ...
