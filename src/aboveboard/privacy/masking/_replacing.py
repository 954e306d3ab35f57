"""Spans of a text replaced, in JSON so that JSON is left."""

from collections.abc import Callable, Iterable

from aboveboard.privacy._decoding import decode_json
from aboveboard.privacy._span import PersonalData
from aboveboard.privacy.masking._json import fit_json


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
