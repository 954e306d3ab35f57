"""Where a request holds text, whatever its shape, so that a guard's text can go back there."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from aboveboard.gateway.fields import bad
from aboveboard.guards import Segment, SegmentRole

# A few words of letters, and two digits at the end: no address, number or key fits in such a name.
_PLAIN_NAME = re.compile(r"[$_]?(?:[A-Za-z]{1,16}[_-]){0,5}[A-Za-z]{1,16}_?[0-9]{0,2}")
# What protocol and JSON Schema themselves say, so often that reading it would be most of the work.
_WORDS = """string object array integer number boolean null function custom text image_url json_object
json_schema content auto none required low medium high ephemeral input_text output_text
date date-time email uri uuid
additionalProperties additional_properties patternProperties unevaluatedProperties include_obfuscation"""
_KNOWN_WORDS = frozenset(_WORDS.split())


@dataclass(frozen=True, slots=True)
class Place:
    """One text of the request: `container[key]`, a place in the parsed body, and the role guards see."""

    role: SegmentRole
    container: Any
    key: str | int

    @property
    def segment(self) -> Segment:
        return Segment(self.role, self.container[self.key])

    def rewrite(self, text: str) -> None:
        """Puts a guard's text where the client's was."""
        self.container[self.key] = text


@dataclass(frozen=True, slots=True)
class NamePlace:
    """The name of a field that nobody knows: a model may read it too. `param` is the field it lies in."""

    role: SegmentRole
    name: str
    param: str

    @property
    def segment(self) -> Segment:
        return Segment(self.role, self.name)

    def rewrite(self, text: str) -> None:
        """Raises BadRequestError for a name that a guard changed: renamed, it could meet another."""
        if text != self.name:
            raise bad(self.param, "without anything in the names of its fields that a guard would mask")


@dataclass(frozen=True, slots=True)
class JsonPlace:
    """A value of the request that guards read as JSON text, as they read a tool call's arguments."""

    role: SegmentRole
    container: dict[str, Any]
    key: str
    param: str

    @property
    def segment(self) -> Segment:
        return Segment(self.role, _written(self.container[self.key]))

    def rewrite(self, text: str) -> None:
        """Puts back what a guard's text means; raises BadRequestError if it means nothing any more."""
        if text == _written(self.container[self.key]):
            return
        try:
            self.container[self.key] = json.loads(text)
        except ValueError:
            raise bad(self.param, "such that it is still JSON once masked") from None


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


AnyPlace = Place | NamePlace | JsonPlace


PartReader = Callable[[Any, SegmentRole, str], Iterator[AnyPlace]]
"""The texts of one part of a content: the part, its role, and what an error calls it."""


def text_or_parts(place: Place, where: str, read: PartReader, named: str = "parts") -> Iterator[AnyPlace]:
    """The texts of a content, which is one or a list of parts; raises BadRequestError."""
    content = place.container.get(place.key)
    if isinstance(content, str):
        yield place
    elif isinstance(content, list):
        for number, part in enumerate(content):
            yield from read(part, place.role, f"{where}[{number}]")
    else:
        raise bad(where, f"a text or a list of {named}")


def others(container: dict[str, Any], *known: str) -> list[str]:
    """The names of the other fields, in their order."""
    return [name for name in container if name not in known]


def texts_within(container: Any, key: str | int, role: SegmentRole, param: str) -> Iterator[AnyPlace]:
    """All texts under `container[key]`, of a field whose shape is not known: read, so that none slips by."""
    value = container[key]
    if isinstance(value, str):
        if value not in _KNOWN_WORDS:
            yield Place(role, container, key)
    elif isinstance(value, dict):
        yield from fields_within(value, value, role, param)
    elif isinstance(value, list):
        # A schema repeats the names of its properties here.
        are_names = key == "required"
        for number, item in enumerate(value):
            if not (are_names and isinstance(item, str) and _is_plain(item)):
                yield from texts_within(value, number, role, param)


def fields_within(
    container: dict[str, Any], names: Iterable[str], role: SegmentRole, param: str
) -> Iterator[AnyPlace]:
    """The fields of these names, each with all texts under it."""
    for name in names:
        if not _is_plain(name):
            yield NamePlace(role, name, param)
        yield from texts_within(container, name, role, param)


def _is_plain(name: str) -> bool:
    return name in _KNOWN_WORDS or _PLAIN_NAME.fullmatch(name) is not None
