"""Personal data: masked towards the model, restored in the answer; what the model adds of its own is
hidden.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from aboveboard.guards._found import findings, found_in, hidden
from aboveboard.guards._guard import GuardContext
from aboveboard.guards._options import DISCLOSED, ROLES, check_options, flag, words
from aboveboard.guards._values import Values, values_of
from aboveboard.guards._verdict import ALLOW, Action, Mode, Segment, Verdict
from aboveboard.privacy import TYPES, PersonalData, RestoringStream, find, prepare
from aboveboard.privacy.streams import decode_json, settled_findings, settled_personal_data

_LONGEST = 64
_READ = "read"
# Dates, ages, titles, nationalities and places lead to nobody alone, and an answer is poorer without them;
# names take a reading of the whole sentence, which holds a stream back. All can be asked for.
_DIRECT = (
    "url-credentials",
    "email",
    "iban",
    "card",
    "wallet",
    "passport",
    "birth-date",
    "ssn",
    "national-id",
    "tax-id",
    "health-id",
    "medical-record",
    "driving-licence",
    "device-id",
    "vehicle-id",
    "bank-account",
    "ip",
    "mac",
    "phone",
)


@dataclass(frozen=True, slots=True)
class Read:
    """What was found in a text between two places, when it was asked how much of it is settled."""

    text: str
    start: int
    end: int
    found: list[PersonalData]


class PersonalDataGuard:
    """Options: `types` (what leads to a person by itself and has a form, by default), `restore` (yes by
    default), `restore_from` (whose values).

    A value that the user or an earlier answer brought is the user's to see again; any other in the answer
    becomes `[EMAIL]`, and the stand-ins of those that others brought (a document, a tool) stay.
    """

    name: ClassVar[str] = "personal-data"
    modes: ClassVar[tuple[Mode, ...]] = ("input", "output")
    is_inline: ClassVar[bool] = True

    def __init__(self, options: Mapping[str, Any]) -> None:
        check_options(self.name, options, ("types", "restore", "restore_from"))
        self._types = words(self.name, options, "types", TYPES) or _DIRECT
        self._restores = flag(self.name, options, "restore", True)
        self._from = words(self.name, options, "restore_from", ROLES) or DISCLOSED
        prepare(self._types)  # else the first request would pay for it with the guard's time

    @property
    def window(self) -> int:
        """The longest thing found: an IBAN in groups, a long e-mail address."""
        return _LONGEST

    def settled(self, text: str, start: int) -> int:
        """All but the last word, or the run of numbers or the name that it may continue."""
        return settled_personal_data(text, self._types, start)

    def settler(self, context: GuardContext) -> Callable[[str, int], int]:
        """The same for one stream, whose `check` is then spared a second reading."""

        def settled(text: str, start: int) -> int:
            end, found = settled_findings(text, self._types, start)
            context.memory[_READ] = Read(text, start, end, found)
            return end

        return settled

    def check(self, segment: Segment, context: GuardContext) -> Verdict:
        """Masks what is found."""
        found = found_in(segment, context, partial(self._find, context.memory.pop(_READ, None)))
        values = values_of(context, self._restores, self._from)
        if context.mode == "output":
            return _hide(segment, found, context, values) if found else ALLOW
        text = values.mask(segment, found)
        return ALLOW if text == segment.text else Verdict(Action.MASK, findings(found), text)

    def _find(self, read: Read | None, text: str, start: int, end: int) -> list[PersonalData]:
        if read is not None and (read.text, read.start, read.end) == (text, start, end):
            return read.found
        return find(text, self._types, start, end)

    def restorer(self, context: GuardContext, *, is_json: bool) -> RestoringStream | None:
        """What restores the values that the reader may see, when there are any."""
        return values_of(context, self._restores, self._from).restorer(is_json=is_json)


def _hide(segment: Segment, found: list[PersonalData], context: GuardContext, values: Values) -> Verdict:
    is_json = segment.role == "tool-call"
    new = [item for item in found if not values.knows(_value(segment.text, item, is_json=is_json))]
    return Verdict(Action.MASK, findings(new), hidden(segment, context, new)) if new else ALLOW


def _value(text: str, item: PersonalData, *, is_json: bool) -> str:
    written = text[item.start : item.end]
    return decode_json(written).text if is_json else written
