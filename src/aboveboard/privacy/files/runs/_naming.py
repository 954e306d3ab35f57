"""Names of copies: what of a person stands in the name of a file is masked there too, and comes back.

A stand-in is written in braces, `cv_{PERSON_1}.txt`: `<` and `>` mean something to shells and are refused by
some file systems.
"""

import re
from pathlib import Path

from aboveboard.privacy._layers import laid_over
from aboveboard.privacy._span import PersonalData
from aboveboard.privacy._stand_ins import LITERAL, stand_ins, type_name
from aboveboard.privacy.files._looking import found_in_name
from aboveboard.privacy.files._rewriting import Restoring, is_restorable, replaced, to_replace
from aboveboard.privacy.masking import Masking

_LONGEST = 200
"""Bytes; file systems take 255, and a copy's name may yet get a suffix or number."""
_KIND = re.compile(
    r"(?:\.(?:txt|md|log|csv|tsv|json|jsonl|ndjson|geojson|ipynb|parquet|pq|pdf|docx|xml|html?|eml|ya?ml))?"
    r"(?:\.gz)?\Z",
    re.IGNORECASE,
)
_OTHER_KIND = re.compile(r"\.[a-z][a-z0-9]{0,3}\Z", re.IGNORECASE)
_BRACED = re.compile(r"\{([^{}]{1,180})\}")
_TO_BRACES = str.maketrans("<>[]", "{}{}")
_UNFIT = re.compile(r"[/\\\x00-\x1f\x7f]")


def masked_path(relative: Path, masking: Masking) -> Path:
    """The path with personal data in its parts replaced; the kind of the file can still be told by it."""
    *folders, name = relative.parts
    stem, suffix = _parted(name)
    return Path(*(_masked(each, masking) for each in folders), _masked(stem, masking) + suffix)


def _parted(name: str) -> tuple[str, str]:
    """A file's name, and what tells its kind; the end of a mail address does not."""
    end = min((match.start() for match in _KIND.finditer(name)), default=len(name))
    if end == len(name) and "@" not in name and (other := _OTHER_KIND.search(name)) is not None:
        end = other.start()
    return name[:end], name[end:]


def _masked(name: str, masking: Masking) -> str:
    spans = to_replace(found_in_name(name), masking)
    if is_restorable(masking):
        alike = (m for m in _BRACED.finditer(name) if stand_ins().fullmatch(f"<{m[1]}>"))
        spans = laid_over(spans, [PersonalData(m.start(), m.end(), LITERAL) for m in alike])
    if not spans:
        return name
    made = replaced(name, spans, lambda value, type_: _fit(masking.replace(value, type_)))
    if len(made.encode("utf-8", "surrogateescape")) > _LONGEST:
        made = replaced(name, spans, lambda _, type_: f"{{{type_name(type_)}}}")
    return made if not made.startswith(".") or name.startswith(".") else f"_{made}"


def _fit(stand_in: str) -> str:
    """A stand-in as it may stand in a name."""
    return _UNFIT.sub("_", stand_in.translate(_TO_BRACES))


def restored_path(relative: Path, restoring: Restoring) -> Path:
    """The path with the values of its stand-ins; one whose value is unknown, or no name, stays."""
    return Path(*(_restored(each, restoring) for each in relative.parts))


def _restored(name: str, restoring: Restoring) -> str:
    def value(match: re.Match[str]) -> str:
        stand_in = f"<{match[1]}>"
        known = restoring.value_of(stand_in) if stand_ins().fullmatch(stand_in) else None
        return match[0] if known is None else known

    made = _BRACED.sub(value, name)
    return name if _UNFIT.search(made) or made in ("", ".", "..") else made


def shown_path(path: str) -> str:
    """A path as a report may show it: what of a person stands in it nearly all hidden."""
    from aboveboard.privacy.files._place import shape

    *folders, name = path.split("/")
    stem, suffix = _parted(name)
    return "/".join(replaced(part, found_in_name(part), shape) for part in (*folders, stem)) + suffix
