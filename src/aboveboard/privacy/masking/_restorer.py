"""The way back: stand-ins out, values in, in whole texts and in streams."""

import json
from collections.abc import Mapping
from re import Match

from aboveboard.privacy._stand_ins import (
    LITERAL,
    may_hold_stand_in,
    read_placeholder,
    stand_ins,
    token,
    unfinished_from,
)
from aboveboard.privacy.masking._addresses import goes_on, may_go_on_from
from aboveboard.privacy.masking._links import LinkWatch
from aboveboard.privacy.operators import Key, open_token

By = Mapping[str, str] | Key


def restore(
    text: str, by: By, *, key: Key | None = None, is_json: bool = False, in_links: bool = True
) -> str:
    """`text` with the values of its stand-ins: from a table, by the key, or by both.

    A stand-in that neither knows stays. In JSON, values are escaped as the inside of a string. Unless
    `in_links`, values never go into links, hosts and addresses: for text that a model wrote, whom anybody
    may have told to make one.
    """
    stream = RestoringStream(by, key=key, is_json=is_json, in_links=in_links)
    return stream.feed(text) + stream.finish()


class RestoringStream:
    """Restores a text that comes in pieces; any split gives the same. Holds back only what may be the
    beginning of a stand-in, at most 1,700 characters, and unless `in_links` (as in `restore`, but no by
    default) a stand-in with what touches it, up to the next white space.
    """

    def __init__(
        self, by: By, *, key: Key | None = None, is_json: bool = False, in_links: bool = False
    ) -> None:
        self._table: Mapping[str, str] = {} if isinstance(by, Key) else by
        self._key = by if isinstance(by, Key) else key
        self._is_json = is_json
        self._watch = None if in_links else LinkWatch(is_json=is_json)
        self._pending = ""

    def feed(self, text: str) -> str:
        """What may go out now that `text` has come."""
        pending = self._pending + text
        end = unfinished_from(pending)
        if self._watch is not None and may_hold_stand_in(pending):
            end = may_go_on_from(pending, end, is_json=self._is_json)
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
        return self._watch.is_inside or goes_on(match.string, match.end(), is_json=self._is_json)

    def _escaped(self, value: str) -> str:
        return json.dumps(value, ensure_ascii=False)[1:-1] if self._is_json else value
