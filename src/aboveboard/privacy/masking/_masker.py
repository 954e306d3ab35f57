"""Values out, stand-ins in, and back again, within one exchange."""

from collections.abc import Callable, Iterable, Sequence

from aboveboard.privacy._decoding import decode_json
from aboveboard.privacy._finder import find
from aboveboard.privacy._layers import laid_over
from aboveboard.privacy._span import PersonalData
from aboveboard.privacy.masking._json import fit_json
from aboveboard.privacy.masking._placeholder import pattern, placeholder
from aboveboard.privacy.masking._unmasker import LITERAL, Unmasker

Find = Callable[[str], Sequence[PersonalData]]


class Masker:
    """Replaces what `find` finds by placeholders that stay the same for the same value, and restores them.

    `restore(mask(text)) == text` for every text: a text that already holds something that reads like a
    placeholder has that replaced as well, as one more value. Lives as long as one exchange, is not
    shared between threads, and is the only place where the values are. A masker that never `restores`
    leaves such text alone.
    """

    def __init__(self, find_in: Find = find, *, restores: bool = True) -> None:
        self._find = find_in
        self._restores = restores
        self._placeholders: dict[tuple[str, str], str] = {}
        self._values: dict[str, str] = {}
        self._disclosable: dict[str, str] = {}
        self._known: set[str] = set()
        self._next: dict[str, int] = {}

    def __len__(self) -> int:
        """How many values are masked."""
        return len(self._values)

    def __repr__(self) -> str:
        return f"Masker({len(self)} values)"

    def mask(self, text: str) -> str:
        """`text` with every finding replaced."""
        return self.mask_spans(text, self._find(text))

    def mask_spans(
        self,
        text: str,
        found: Iterable[PersonalData],
        *,
        is_json: bool = False,
        discloses: bool = True,
    ) -> str:
        """`text` with these findings replaced (in order, not overlapping), and everything like a placeholder.

        In JSON a bare number becomes a string, so that the text stays JSON. Unless it `discloses` them, the
        values are not for the answer's reader: `unmasker` leaves their stand-ins (until a text that does
        holds them too).
        """
        stand_in = self.placeholder_of if discloses else self._undisclosed
        return replace_spans(text, self._with_lookalikes(text, found, discloses), stand_in, is_json=is_json)

    def placeholder_of(self, value: str, type_: str) -> str:
        """The stand-in for a value that may be disclosed, a new one when it has none."""
        known = self._undisclosed(value, type_)
        self._disclosable[known] = value
        self._known.add(value)
        return known

    def _undisclosed(self, value: str, type_: str) -> str:
        known = self._placeholders.get((type_, value))
        if known is None:
            known = self._placeholders[type_, value] = self._new(type_)
            self._values[known] = value
            if type_ == LITERAL:
                self._disclosable[known] = value
        return known

    def _new(self, type_: str) -> str:
        self._next[type_] = number = self._next.get(type_, 0) + 1
        return placeholder(type_, number)

    def _with_lookalikes(
        self, text: str, found: Iterable[PersonalData], discloses: bool
    ) -> list[PersonalData]:
        spans = list(found)
        if not (self._restores and any(opening in text for opening in ("<", "&lt;", "\\u003"))):
            return spans
        alike = [PersonalData(match.start(), match.end(), LITERAL) for match in pattern().finditer(text)]
        # What reads like a placeholder may be disclosed: a value that may not is never part of one.
        return laid_over(spans, alike) if discloses else laid_over(alike, spans)

    def knows(self, value: str) -> bool:
        """Whether the exchange already brought this value from one who may see it again."""
        return value in self._known

    def restore(self, text: str) -> str:
        """`text` with every placeholder of this exchange replaced by its value; others stay."""
        return Unmasker(self._values, in_links=True).restore(text)

    def restore_json_fragment(self, text: str) -> str:
        """The same inside JSON text: values are escaped as the inside of a JSON string."""
        return Unmasker(self._values, in_links=True).restore_json_fragment(text)

    def unmasker(self) -> Unmasker:
        """What restores one answer: only values that may be disclosed, and none in a link."""
        return Unmasker(self._disclosable)


def replace_spans(
    text: str,
    spans: Iterable[PersonalData],
    stand_in: Callable[[str, str], str],
    *,
    is_json: bool = False,
    before: str = "",
    in_string: bool = False,
) -> str:
    """`text` with each span (in order, not overlapping) replaced by `stand_in(value, type)`.

    In JSON a value is what its escapes mean, and a bare number goes whole and becomes a string. `before` is
    what stands before `text`, when it is a piece, and `in_string` whether it begins inside a string.
    """
    given = list(spans)
    fitted = fit_json(text, given, before=before, in_string=in_string) if is_json else _as_they_are(given)
    pieces, done = [], 0
    for span, is_bare in fitted:
        value = text[span.start : span.end]
        new = stand_in(decode_json(value).text if is_json else value, span.type)
        pieces += [text[done : span.start], f'"{new}"' if is_bare else new]
        done = span.end
    return "".join([*pieces, text[done:]])


def _as_they_are(spans: Iterable[PersonalData]) -> Iterable[tuple[PersonalData, bool]]:
    return ((span, False) for span in spans)
