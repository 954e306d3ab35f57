"""Private keys, which span lines: whole ones, and those that a text may still add to."""

import re
from functools import cache

_SEPARATOR = r"(?:\s|\\r|\\n)"
_HEADER = r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----"
_FIELDS = rf"(?:{_SEPARATOR}{{1,8}}(?:Proc-Type|DEK-Info|Version|Comment): [^\n\\]{{0,100}}){{0,4}}"
_LINES = rf"(?:{_SEPARATOR}{{1,8}}[A-Za-z0-9+/=]{{20,2000}}+){{0,200}}"
_FOOTER = r"-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----"


# Compiled when first needed: they take some hundredths of a second, and few texts hold a key.
@cache
def private_key() -> re.Pattern[str]:
    """A private key in PEM (RFC 7468) or armour (RFC 9580); one without its last line counts too."""
    return re.compile(
        rf"{_HEADER}{_FIELDS}{_LINES}(?:(?:{_SEPARATOR}{{1,8}}[A-Za-z0-9+/=]{{1,76}})?{_SEPARATOR}{{0,8}}"
        rf"{_FOOTER})?"
    )


@cache
def open_private_key() -> re.Pattern[str]:
    """A whole text that what follows may make (more of) a private key."""
    return re.compile(
        rf"-----BEGIN[A-Z0-9 ]{{0,60}}-{{0,5}}|{_HEADER}{_FIELDS}{_LINES}"
        rf"(?:{_SEPARATOR}{{1,8}}(?:[A-Za-z0-9+/=]{{0,76}}|[A-Z][A-Za-z-]{{0,10}}:? ?[^\n\\]{{0,100}}))?"
        rf"{_SEPARATOR}{{0,8}}(?:-{{1,5}}[A-Z0-9 ]{{0,60}}-{{0,5}})?\\?"
    )
