"""Which attributes of a document tell of somebody (ECMA-376, part 1), and how each is to be read."""

import re
from collections.abc import Iterator
from html import unescape

from aboveboard.privacy.files.formats.docx._passage import Passage, Run

_ATTRIBUTE = re.compile(
    r"""(?<![\w:.-])(?P<name>[\w:.-]++)\s*+=\s*+(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)')"""
)
_PEOPLE = frozenset(["creator", "lastModifiedBy", "Manager", "author", "initials", "userId", "lastSavedBy"])
_STRUCTURE = frozenset(
    (
        "ContentType", "PartName", "Extension", "Type", "Id", "TargetMode", "schemaLocation", "uri", "progId",
        "ProgID", "namespaceuri", "style", "path", "coordsize", "coordorigin", "from", "to", "points", "adj",
        "eqn", "spans", "viewBox", "d", "transform", "date", "dateUtc", "fullDate", "typeface", "ascii",
        "hAnsi", "cs", "eastAsia", "panose", "pid", "fmtid", "hash", "salt", "hashValue", "saltValue",
    )
)  # fmt: skip
"""Attributes that hold the document together: looked into only where there is an `@`."""
_PROSE = frozenset(
    (
        "descr", "title", "alt", "tooltip", "displayText", "string", "text", "value", "caption",
        "label", "userName", "displayName", "screenTip",
    )
)  # fmt: skip
_PROSE_VALUES = frozenset(
    ["alias", "tag", "docVar", "default", "helpText", "statusText", "query", "connectString", "listEntry",
     "description", "udl", "src", "fldName", "mappedName", "placeholder", "attr"]
)  # fmt: skip
_GIVEN = frozenset(["name", "anchor", "ed", "element", "styleId", "instr"])
_GIVEN_VALUES = frozenset(
    [
        "name",
        "aliases",
        "pStyle",
        "rStyle",
        "tblStyle",
        "basedOn",
        "link",
        "next",
        "styleLink",
        "numStyleLink",
    ]
)
"""Attributes with names that somebody gave: to bookmarks, pictures, properties, styles, building blocks."""
_OF_DESIGN = frozenset(
    ["font", "latin", "clrScheme", "fontScheme", "fmtScheme", "theme", "gd", "lsdException", "tableStyle"]
)
"""Elements whose names the makers of word processors gave."""
_IDENTIFIER = re.compile(r"[\w:.%#+*,;/ -]{0,2}|[\w:.%#*-]*|\{[0-9A-Fa-f-]{36}\}")
_NAMESPACE = re.compile(r"https?://(?:schemas\.|purl\.|www\.w3\.org/)|urn:")
_REMOTE = re.compile(r"(?:https?|mailto|tel|ftps?|sip|news):", re.IGNORECASE)


def local_name(name: str) -> str:
    """`w:author` is `author`, whatever its namespace is called."""
    return name.rpartition(":")[2]


def context_of(local: str) -> str:
    """What the name of an element or attribute tells of its text."""
    return "author" if local in _PEOPLE else local


def read_attributes(tag: re.Match[str], local: str, *, is_foreign: bool) -> Iterator[Passage]:
    is_link = local == "Relationship"
    shift = tag.start("attributes")
    for found in _ATTRIBUTE.finditer(tag["attributes"]):
        value = "single" if found["double"] is None else "double"
        run = Run(unescape(found[value]), shift + found.start(value), shift + found.end(value))
        name = local_name(found["name"])
        if found["name"].startswith("xmlns") or _NAMESPACE.match(run.text):
            continue
        if is_link:
            if name == "Target" and "External" in tag["attributes"]:
                # A path on somebody's disk or server names them: all of it goes.
                yield Passage((run,), "" if _REMOTE.match(run.text) else "login", "link", is_address=True)
        elif is_foreign:
            yield Passage((run,), context_of(name), name)
        else:
            yield from _of_format(name, local, run)


def _of_format(name: str, local: str, run: Run) -> Iterator[Passage]:
    """What an attribute that the format knows may tell of somebody."""
    if name in _PEOPLE:
        yield Passage((run,), "author", name)
    elif name in _PROSE or (name == "val" and local in _PROSE_VALUES):
        yield Passage((run,), "", name)
    elif (name in _GIVEN and local not in _OF_DESIGN) or (name == "val" and local in _GIVEN_VALUES):
        yield Passage((run,), "", name, is_given=True)
    elif "@" in run.text or (name not in _STRUCTURE and not _IDENTIFIER.fullmatch(run.text)):
        yield Passage((run,), "", name, by_form=True)
