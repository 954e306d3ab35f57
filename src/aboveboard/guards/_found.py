"""What a finder finds in a segment, and how it is replaced; in arguments of tools, as JSON reads."""

from collections.abc import Callable

from aboveboard.guards._guard import GuardContext
from aboveboard.guards._verdict import Finding, Segment
from aboveboard.privacy import PersonalData
from aboveboard.privacy.masking import replace_spans
from aboveboard.privacy.streams import Decoded, decode_json, laid_over

Find = Callable[[str, int, int], list[PersonalData]]
"""What begins in a text from a place on, before another."""


def found_in(segment: Segment, context: GuardContext, find: Find) -> list[PersonalData]:
    """The findings in the segment, in order, read with what stands around it.

    In the rest of a word that was too long to hold, what it holds read by itself is found as well: better too
    much than too little.
    """
    is_json = segment.role == "tool-call"
    plain = decode_json(segment.text) if is_json else Decoded(segment.text)
    found = _read(plain.text, context.before, context.after, find)
    if context.torn:
        found = laid_over(_read(plain.text, "", context.after, find), found)
    return [item.at(*plain.span(item.start, item.end)) for item in found]


def _read(text: str, before: str, after: str, find: Find) -> list[PersonalData]:
    ahead = len(before)
    found = find(before + text + after, ahead, ahead + len(text))
    return [item.at(item.start - ahead, min(item.end - ahead, len(text))) for item in found]


def hidden(segment: Segment, context: GuardContext, found: list[PersonalData]) -> str:
    """The segment's text with `[TYPE]` in the place of each finding."""
    is_json = segment.role == "tool-call"
    return replace_spans(
        segment.text, found, _hidden, is_json=is_json, before=context.before, in_string=context.in_string
    )


def _hidden(_value: str, type_: str) -> str:
    return f"[{type_.upper().replace('-', ' ')}]"


def findings(found: list[PersonalData]) -> tuple[Finding, ...]:
    """The findings as a verdict holds them."""
    return tuple(Finding(item.start, item.end, item.type, item.confidence) for item in found)
