"""The values of one exchange: masked towards the model, restored for those who may see them."""

from collections.abc import Iterable, Sequence
from functools import cache, cached_property

from aboveboard.guards._guard import GuardContext
from aboveboard.guards._options import DISCLOSED
from aboveboard.guards._verdict import Segment
from aboveboard.privacy import Masking, PersonalData, Policy, RestoringStream
from aboveboard.privacy.masking import may_hold_stand_in

_LITERAL = "<LITERAL_"


class Values:
    """Lives as long as one exchange, is not shared between threads, and is the only place where the values
    are. One that never `restores` leaves what reads like a stand-in alone.
    """

    def __init__(self, restores: bool, disclosed_by: Iterable[str] = DISCLOSED) -> None:
        self._disclosed_by = frozenset(disclosed_by)
        self._restores = restores
        self._shown: dict[str, str] = {}
        self._known: set[str] = set()

    def __repr__(self) -> str:
        return f"Values({len(self._known)} known)"

    @cached_property
    def _masking(self) -> Masking:
        return Masking(_numbered(), restores=self._restores)

    def mask(self, segment: Segment, found: Sequence[PersonalData]) -> str:
        """The segment's text with these findings replaced, and what reads like a stand-in already.

        In JSON a bare number becomes a string. Values that a segment of this role does not disclose are not
        for the answer's reader, until one that does holds them too.
        """
        if not found and not may_hold_stand_in(segment.text):
            return segment.text
        discloses = segment.role in self._disclosed_by
        is_json = segment.role == "tool-call"
        masked = self._masking.mask_spans(segment.text, found, is_json=is_json, returns=discloses)
        for stand_in, value in masked.table.items():
            if discloses or stand_in.startswith(_LITERAL):
                self._shown[stand_in] = value
            if discloses:
                self._known.add(value)
        return masked.text

    def knows(self, value: str) -> bool:
        """Whether the exchange already brought this value from one who may see it again."""
        return value in self._known

    def restorer(self, *, is_json: bool) -> RestoringStream | None:
        """What restores one answer: only values that may be shown, and none in a link; None without any."""
        return RestoringStream(self._shown, is_json=is_json) if self._restores and self._shown else None


@cache
def _numbered() -> Policy:
    """Numbered placeholders for everything."""
    return Policy()


def values_of(context: GuardContext, restores: bool, disclosed_by: Iterable[str]) -> Values:
    """The values of the exchange that a context belongs to."""
    values = context.memory.get("values")
    if values is None:
        values = context.memory["values"] = Values(restores, disclosed_by)
    assert isinstance(values, Values)
    return values
