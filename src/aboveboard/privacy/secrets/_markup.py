"""Passwords in XML and HTML: in an element, an attribute, a cell beside one, behind a label in bold."""

import re
from collections.abc import Iterator, Mapping, Sequence

from aboveboard.privacy._span import PersonalData
from aboveboard.privacy.secrets._assigned import sureness
from aboveboard.privacy.secrets._marks import matches_at, places_of_words

_WORDS = (
    "passw(?:or)?d|passphrase|passcode|pwd|pass|kennwort|passwort|contraseña|clave|senha|wachtwoord"
    "|secret|token|(?:api|access|private)[_ -]?key"
)
_REST = r"[\w.-]{0,32}"
_VALUE = r"[^<>\s]{5,128}"
_TAGS = r"(?:\s{0,8}</?[A-Za-z][^<>]{0,64}>){1,4}\s{0,8}"
_NEXT = r"<(?:t[dh]|dd|string|value|code|samp|kbd)\b[^<>]{0,64}>"
_CELL = rf"(?:\s{{0,8}}</[A-Za-z][^<>]{{0,64}}>){{1,3}}\s{{0,8}}{_NEXT}\s{{0,8}}"
_ATTRIBUTE = r"\s{1,8}[\w:-]{1,32}=[\"'][^\"'<>]{0,64}[\"']"
_FORM = re.compile(
    rf"(?:{_WORDS})(?="
    rf"{_REST}(?P<element>(?:\s[^<>\"']{{0,32}}(?:[\"'][^<>\"']{{0,64}}[\"'][^<>\"']{{0,32}}){{0,2}})?>\s{{0,8}}(?:<!\[CDATA\[)?"
    rf"(?P<in_element>{_VALUE}?)(?:\]\]>)?</)"
    rf"|{_REST}[\"'](?:{_ATTRIBUTE}){{0,3}}\s{{1,8}}value=[\"'](?P<in_attribute>[^\"'<>\s]{{5,128}})[\"']"
    rf"|(?:{_REST}{_CELL}|[ ]?[:=]{_TAGS})(?P<in_cell>{_VALUE})(?![^<\s]))",
    re.IGNORECASE,
)
_TAG_BEFORE = re.compile(r"<[\w.:-]{0,32}\Z")


def enclosed(text: str, marks: Mapping[int, Sequence[int]]) -> Iterator[PersonalData]:
    """Values that the tags before them call a secret."""
    if "<" not in text:
        return
    for match in matches_at(_FORM, text, places_of_words(marks)):
        start = match.start()
        if match["element"] and not _TAG_BEFORE.search(text, max(0, start - 33), start):
            continue
        place = next(name for name in ("in_element", "in_attribute", "in_cell") if match[name])
        confidence = sureness(match[place], is_called_password=True)
        if confidence:
            yield PersonalData(*match.span(place), "password", confidence)
