"""Values out, stand-ins in, and what only reads like a stand-in replaced as well, so that all comes back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from aboveboard.privacy._span import PersonalData
from aboveboard.privacy._stand_ins import may_hold_stand_in, stand_ins
from aboveboard.privacy.files._errors import FileError
from aboveboard.privacy.masking import Masking, restore
from aboveboard.privacy.operators import Bond, Key

_STRANGE = "no run with this table has written it, so its stand-ins may stand for others"
_STRANGE_CURE = (
    "give the table of the run that wrote it; what was changed or renamed since, or written from a copy "
    "(by a model, by hand), needs --any-text"
)


def rewritten(text: str, spans: Sequence[PersonalData], masking: Masking) -> str:
    """`text` with each span (in order, not overlapping) replaced."""
    if not spans and not may_hold_stand_in(text):
        return text
    return masking.mask_spans(text, spans).text


def to_replace(spans: Sequence[PersonalData], masking: Masking) -> list[PersonalData]:
    """The spans that the policy does not keep as they are."""
    return [span for span in spans if masking.policy.operator_for(span.type).bond is not Bond.PLAIN]


def is_restorable(masking: Masking) -> bool:
    """Whether the table or the key leads back, so that a way back may be taken."""
    return any(operator.bond in (Bond.TABLE, Bond.KEY) for operator in masking.policy.operators())


def leads_back(spans: Sequence[PersonalData], masking: Masking) -> bool:
    """Whether the stand-ins of all spans lead back: then no two different values have the same."""
    return all(masking.policy.operator_for(span.type).bond in (Bond.TABLE, Bond.KEY) for span in spans)


def replaced(text: str, spans: Sequence[PersonalData], stand_in: Callable[[str, str], str]) -> str:
    """`text` with `stand_in(value, type)` in the place of each span."""
    pieces, done = [], 0
    for span in spans:
        pieces += [text[done : span.start], stand_in(text[span.start : span.end], span.type)]
        done = span.end
    return "".join([*pieces, text[done:]])


@dataclass(slots=True)
class Counts:
    """How many stand-ins were met whose value is known, and how many whose is not."""

    restored: int = 0
    missing: int = 0


@dataclass(frozen=True, slots=True)
class Restoring:
    """Knows the values of stand-ins: by a table, by a key, or by both.

    `stranger` is the file at hand when no run with the table wrote it: a number in it may count other values.
    """

    table: Mapping[str, str] = field(default_factory=dict, repr=False)
    key: Key | None = None
    counts: Counts = field(default_factory=Counts, compare=False)
    stranger: str = ""

    def restore(self, text: str) -> str:
        """`text` with its stand-ins replaced by their values; one that is unknown stays, and is counted.

        Raises FileError for a numbered one of a `stranger`: the table's value may be somebody else's.
        """
        if not may_hold_stand_in(text):
            return text
        for match in stand_ins().finditer(text):
            is_known = restore(match[0], self.table, key=self.key) != match[0]
            if is_known and match[1] and self.stranger:
                raise FileError(_STRANGE, where=self.stranger, cure=_STRANGE_CURE)
            self.counts.restored += is_known
            self.counts.missing += not is_known
        return restore(text, self.table, key=self.key)

    def value_of(self, stand_in: str) -> str | None:
        """The value of one stand-in; None when it is unknown."""
        value = self.restore(stand_in)
        return None if value == stand_in else value
