r"""How masked values stand in JSON, so that all comes back byte by byte.

A value may be written in several ways (`é`, `\u00e9`), a number without quotes. How it was written is kept
in how its stand-in is written, which to a JSON parser is the same:

    "<EMAIL_1>"             the value as JSON writes it with the fewest escapes
    "<EMAIL_1\u003e"        the same with every character beyond ASCII escaped
    "\u003cEMAIL_1\u003e"   the value in its own writing, escapes and all
    "\u003cCARD_1>"         a part of a number without quotes
"""

import json
import re
from collections.abc import Iterator, Sequence

from aboveboard.privacy._decoding import decode_json
from aboveboard.privacy._layers import laid_over
from aboveboard.privacy._span import PersonalData
from aboveboard.privacy._stand_ins import LITERAL, stand_ins
from aboveboard.privacy.files._rewriting import Restoring, is_restorable, replaced, rewritten, to_replace
from aboveboard.privacy.files.formats._cells import Cell
from aboveboard.privacy.files.formats._json import NUMBER
from aboveboard.privacy.masking import Masking

_OPEN, _CLOSE = "\\u003c", "\\u003e"
_MAYBE = re.compile(r'(?:<|\\u003c)[^<>\\"]{1,1700}(?:>|\\u003e)')


class JsonForm:
    """Strings stay strings; a number whose stand-in is none becomes a string."""

    def masked(self, cell: Cell, spans: Sequence[PersonalData], masking: Masking) -> str:
        if cell.is_bare:
            return _masked_number(cell.value, to_replace(spans, masking), masking)
        if cell.raw == cell.value:
            return rewritten(cell.value, spans, masking)
        return f'"{_masked_string(cell.raw[1:-1], to_replace(spans, masking), masking)}"'

    def restored(self, cell: Cell, restoring: Restoring) -> str:
        if cell.is_bare or cell.raw == cell.value:
            return restoring.restore(cell.raw)
        return _restored_string(cell.raw[1:-1], restoring)


def _masked_number(number: str, spans: Sequence[PersonalData], masking: Masking) -> str:
    masked = replaced(number, spans, masking.replace)
    if not spans or NUMBER.fullmatch(masked):
        return masked
    return f'"{_inside(masked).replace("<", _OPEN)}"'


def _masked_string(inside: str, spans: Sequence[PersonalData], masking: Masking) -> str:
    plain = decode_json(inside)
    own = [span.at(*plain.span(span.start, span.end)) for span in spans]
    if is_restorable(masking):
        alike = [PersonalData(match.start(), match.end(), LITERAL) for match in _written(inside)]
        own = laid_over(own, alike)
    return replaced(inside, own, lambda raw, type_: _stand_in(raw, type_, masking))


def _stand_in(raw: str, type_: str, masking: Masking) -> str:
    value = decode_json(raw).text
    if type_ == LITERAL or raw not in (_inside(value), _inside(value, ascii_only=True)):
        made = _inside(masking.replace(raw, type_))
        return made.replace("<", _OPEN).replace(">", _CLOSE) if _is_stand_in(made) else made
    made = _inside(masking.replace(value, type_))
    return made.replace(">", _CLOSE) if raw != _inside(value) and _is_stand_in(made) else made


def _is_stand_in(made: str) -> bool:
    """Whether it is one stand-in that can be read back, or several side by side."""
    return not stand_ins().sub("", made)


def _inside(value: str, *, ascii_only: bool = False) -> str:
    return json.dumps(value, ensure_ascii=ascii_only)[1:-1]


def _written(inside: str) -> Iterator[re.Match[str]]:
    """What reads like a stand-in inside a string of JSON, in any of the ways we write them."""
    if "<" in inside or _OPEN in inside:
        for match in _MAYBE.finditer(inside):
            if stand_ins().fullmatch(_plain(match[0])):
                yield match


def _plain(written: str) -> str:
    return written.replace(_OPEN, "<").replace(_CLOSE, ">")


def _restored_string(inside: str, restoring: Restoring) -> str:
    pieces, done, was_number = [], 0, False
    for match in _written(inside):
        value = restoring.value_of(_plain(match[0]))
        if value is None:
            continue
        opened, closed = match[0].startswith(_OPEN), match[0].endswith(_CLOSE)
        pieces += [inside[done : match.start()], value if opened else _inside(value, ascii_only=closed)]
        was_number = was_number or (opened and not closed)
        done = match.end()
    text = "".join([*pieces, inside[done:]])
    return text if was_number and NUMBER.fullmatch(text) else f'"{text}"'
