"""The way back: stand-ins out, values in, in whole texts and in streams."""

import json
import re
from collections.abc import Mapping
from re import Match

from aboveboard.privacy._stand_ins import (
    LITERAL,
    LONGEST_TOKEN,
    may_hold_stand_in,
    read_placeholder,
    stand_ins,
    token,
    unfinished_from,
)
from aboveboard.privacy.masking._links import LinkWatch
from aboveboard.privacy.operators import Key, open_token

# What makes a stand-in before it a part of somebody else's address, `<EMAIL_1>.their.site` or
# `<PERSON_1>@their.site`, or may yet. At the end of a sentence there is a space behind the full stop. Marks
# may be escaped for Markdown, JSON, HTML or URLs.
_LABEL = r"[\w\u00ad\u200b-\u200d\u2060\ufeff-]{0,63}"
_BACK = r"\\{1,2}"
_DOT = rf"(?:[.\u3002\uff0e\uff61]|{_BACK}(?:\.|u002[eE])|&(?:#0{{0,3}}46|#[xX]0{{0,3}}2[eE]|period);|%2[eE])"
_AT = rf"(?:[@\uff20]|{_BACK}(?:@|u0040)|&(?:#0{{0,3}}64|#[xX]0{{0,3}}40|commat);|%40)"
_BEGUN = rf"(?:{_BACK}(?:u(?:0(?:0[24]?)?)?)?|&[#A-Za-z0-9]{{0,7}}|%[24]?)"
_GOES_ON = re.compile(rf"{_LABEL}(?:{_DOT}\w|{_AT})")
_MAY_GO_ON = re.compile(rf"{_LABEL}(?:{_DOT}|{_BEGUN})?\Z")

By = Mapping[str, str] | Key


def restore(
    text: str, by: By, *, key: Key | None = None, is_json: bool = False, in_links: bool = True
) -> str:
    """`text` with the values of its stand-ins: from a table, by the key, or by both.

    A stand-in that neither knows stays. In JSON, values are escaped as the inside of a string. Unless
    `in_links`, values never go into links: for text that a model wrote, whom anybody may have told to make
    one.
    """
    stream = RestoringStream(by, key=key, is_json=is_json, in_links=in_links)
    return stream.feed(text) + stream.finish()


class RestoringStream:
    """Restores a text that comes in pieces; any split gives the same. Holds back only what may be the
    beginning of a stand-in, at most 1,700 characters, or what may go on from one. `in_links` as in
    `restore`, but no by default.
    """

    def __init__(
        self, by: By, *, key: Key | None = None, is_json: bool = False, in_links: bool = False
    ) -> None:
        self._table: Mapping[str, str] = {} if isinstance(by, Key) else by
        self._key = by if isinstance(by, Key) else key
        self._is_json = is_json
        self._watch = None if in_links else LinkWatch()
        self._pending = ""

    def feed(self, text: str) -> str:
        """What may go out now that `text` has come."""
        pending = self._pending + text
        end = unfinished_from(pending)
        if self._watch is not None and may_hold_stand_in(pending):
            end = min(end, _may_go_on_from(pending))
        self._pending = pending[end:]
        return self._restored(pending, end)

    def finish(self) -> str:
        """The rest, now that nothing follows."""
        rest, self._pending = self._pending, ""
        return self._restored(rest, len(rest))

    def _restored(self, text: str, end: int) -> str:
        if not may_hold_stand_in(text):
            self._read(text[:end])
            return text[:end]
        pieces, done = [], 0
        for match in stand_ins().finditer(text, 0, end):
            ahead = text[done : match.start()]
            self._read(ahead)
            value = self._value(match)
            pieces += [ahead, match[0] if value is None else self._escaped(value)]
            done = match.end()
        self._read(text[done:end])
        return "".join([*pieces, text[done:end]])

    def _read(self, text: str) -> None:
        if self._watch is not None and text:
            self._watch.read(text)

    def _value(self, match: Match[str]) -> str | None:
        """The value of a stand-in; None when nothing here knows it, or a link would carry it off."""
        name = (match["name"] or match[1]).replace("\\", "").upper()
        if name != LITERAL.upper() and self._is_in_link(match):
            return None
        if match["cipher"]:
            return open_token(name, match["cipher"], self._key) if self._key else None
        if match["pseudonym"]:
            return self._table.get(token(name, "~", match["pseudonym"].lower()))
        return self._table.get(read_placeholder(match))

    def _is_in_link(self, match: Match[str]) -> bool:
        if self._watch is None:
            return False
        return self._watch.is_inside or _GOES_ON.match(match.string, match.end()) is not None

    def _escaped(self, value: str) -> str:
        return json.dumps(value, ensure_ascii=False)[1:-1] if self._is_json else value


def _may_go_on_from(text: str) -> int:
    """Where the last stand-in begins when what follows may make one address of both; else the text's
    length.
    """
    last = None
    for match in stand_ins().finditer(text, max(0, len(text) - LONGEST_TOKEN - 100)):
        last = match
    return last.start() if last and _MAY_GO_ON.match(text, last.end()) else len(text)
