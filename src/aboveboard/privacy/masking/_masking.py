"""Texts masked by a policy, with one table for all of them."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from aboveboard.privacy._decoding import Decoded, decode_json
from aboveboard.privacy._finder import find_everything
from aboveboard.privacy._layers import laid_over, untangled
from aboveboard.privacy._span import PersonalData
from aboveboard.privacy._stand_ins import LITERAL, may_hold_stand_in, stand_ins, unfinished_from
from aboveboard.privacy.masking._claims import Pseudonymised, claim_of
from aboveboard.privacy.masking._replacing import replace_spans
from aboveboard.privacy.masking._restorer import restore
from aboveboard.privacy.masking._tables import checked_table, resume
from aboveboard.privacy.operators import Bond, Encrypt, Key, Mask, Operator, Policy, Session

_OPENING = re.compile(r"<|&lt;|\\u003[cC]")
Find = Callable[[str], Sequence[PersonalData]]


@dataclass(frozen=True, slots=True)
class Masked:
    """A masked text, what was found (offsets of the text as it was), the stand-ins it holds with their
    values, and what may be said of it. The values are in `table` alone, and its `repr` does not show
    them.
    """

    text: str
    findings: tuple[PersonalData, ...]
    table: Mapping[str, str] = field(repr=False)
    claim: Pseudonymised


class Masking:
    """Masks texts that belong together: a value has one stand-in in all of them.

    For a policy that `is_restorable`, `restore(mask(text).text) == text` for every text: what reads like a
    stand-in already is replaced too, as one more value. Values encrypted by `digits` come back field by field
    only (`decrypt_digits`). One that never `restores` leaves what reads like a stand-in alone. Not shared
    between threads. `table` (an earlier one's) goes on where it ended. Raises PrivacyKeyError at once when
    the policy needs a key and there is none.
    """

    def __init__(
        self,
        policy: Policy | None = None,
        key: Key | None = None,
        *,
        find_in: Find = find_everything,
        table: Mapping[str, str] | None = None,
        restores: bool = True,
    ) -> None:
        self.policy = policy or Policy()
        self._session = Session(key, self.policy.scope, self.policy.locale)
        self._find = find_in
        self._claim = claim_of(self.policy)
        self._literal = _literal_operator(self.policy) if restores else None
        for operator in self.policy.operators():
            if operator.needs_key:
                self._session.need_key(operator.name)
        if table:
            resume(self._session, checked_table(table))

    def __repr__(self) -> str:
        return f"Masking({len(self._session.table)} values)"

    @property
    def claim(self) -> Pseudonymised:
        """What may be said of every text masked here."""
        return self._claim

    @property
    def table(self) -> dict[str, str]:
        """Stand-ins and values of all texts so far: plain text for JSON, to be kept as the values are."""
        return dict(self._session.table)

    @property
    def growing_table(self) -> MappingProxyType[str, str]:
        """The same, not copied: what it says grows with each text, in the order that the values came."""
        return MappingProxyType(self._session.table)

    def mask(self, text: str, *, is_json: bool = False) -> Masked:
        """`text` with every finding replaced. Offsets are code points of any text, in any script.

        In JSON the values are what their escapes mean, and a bare number becomes a string.
        """
        plain = decode_json(text) if is_json else Decoded(text)
        return self.mask_spans(text, _as_given(self._find(plain.text), plain), is_json=is_json)

    def mask_spans(
        self, text: str, found: Iterable[PersonalData], *, is_json: bool = False, returns: bool = True
    ) -> Masked:
        """The same for findings that are known already, in any order; of two that overlap, both go.

        Values that are not to return to the reader are never part of what only reads like a stand-in.
        """
        findings = tuple(found)
        spans = [
            item
            for item in untangled(findings, len(text))
            if self._operator(item.type).bond is not Bond.PLAIN
        ]
        leaving = [item for item in spans if not (returns and self._operator(item.type).is_restorable)]
        spans = self._with_lookalikes(text, spans, leaving, is_json=is_json)
        used: dict[str, str] = {}
        masked = self._masked(text, spans, used, is_json=is_json)
        return Masked(masked, findings, used, self._claim)

    def replace(self, value: str, type_: str) -> str:
        """The stand-in for a value whose type is known, as in a column of a table."""
        return self._operator(type_).replace(value, type_, self._session)

    def restore(self, text: str, *, is_json: bool = False) -> str:
        """`text` with the values of this masking's stand-ins."""
        return restore(text, self._session.table, key=self._session.key, is_json=is_json)

    def _operator(self, type_: str) -> Operator:
        return self._literal or Mask() if type_ == LITERAL else self.policy.operator_for(type_)

    def _masked(
        self, text: str, spans: Sequence[PersonalData], used: dict[str, str], *, is_json: bool
    ) -> str:
        def stand_in(value: str, type_: str) -> str:
            made = self.replace(value, type_)
            if made in self._session.table:
                used[made] = self._session.table[made]
            return json.dumps(made, ensure_ascii=False)[1:-1] if is_json else made

        return replace_spans(text, spans, stand_in, is_json=is_json)

    def _with_lookalikes(
        self, text: str, spans: list[PersonalData], leaving: Sequence[PersonalData], *, is_json: bool
    ) -> list[PersonalData]:
        """The spans and what reads like a stand-in, or begins one that a replacement may end. What must not
        come back stays its own span: brackets around it take it into no table.
        """
        if self._literal is None or not may_hold_stand_in(text):
            return spans
        plain = decode_json(text) if is_json else Decoded(text)
        found = laid_over(self._openings(plain, spans), lookalikes(plain.text))
        kept = set(leaving)
        returning = [item for item in spans if item not in kept]
        return laid_over(returning, laid_over(_as_given(found, plain), leaving))

    def _openings(self, plain: Decoded, spans: Iterable[PersonalData]) -> Iterator[PersonalData]:
        """Brackets before replacements that have none of their own, where both may read as one stand-in."""
        done = 0
        for span in spans:
            if not self._is_closed(span.type):
                end = plain.index(span.start)
                begin = done + unfinished_from(plain.text[done:end])
                if opening := _OPENING.match(plain.text, begin, end):
                    yield PersonalData(*opening.span(), LITERAL)
            done = plain.index(span.end)

    def _is_closed(self, type_: str) -> bool:
        """Whether its stand-ins begin with a bracket, so that with what is around them they make no other."""
        operator = self._operator(type_)
        return operator.bond in (Bond.TABLE, Bond.KEY) and not (
            isinstance(operator, Encrypt) and operator.digits
        )


def lookalikes(text: str) -> list[PersonalData]:
    """What reads like a stand-in in a text that has none."""
    return [PersonalData(*match.span(), LITERAL) for match in stand_ins().finditer(text)]


def _as_given(found: Iterable[PersonalData], plain: Decoded) -> list[PersonalData]:
    """Findings in decoded text as findings in the text it was decoded from."""
    if plain.origin is None:
        return list(found)
    return [item.at(*plain.span(item.start, item.end)) for item in found]


def _literal_operator(policy: Policy) -> Operator | None:
    """What lookalikes meet: encrypted when only the key restores, else numbered; None where nothing
    restores.
    """
    bonds = {operator.bond for operator in policy.operators()}
    if Bond.TABLE in bonds:
        return Mask()
    return Encrypt() if Bond.KEY in bonds else None


def mask(
    text: str,
    policy: Policy | None = None,
    key: Key | None = None,
    *,
    find_in: Find = find_everything,
    is_json: bool = False,
) -> Masked:
    """`text` with everything found in it replaced as the policy says (numbered placeholders by default)."""
    return Masking(policy, key, find_in=find_in).mask(text, is_json=is_json)
