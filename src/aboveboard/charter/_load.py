"""From a file to a charter."""

import stat
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

from aboveboard.charter._charter import Charter
from aboveboard.charter._checks import check
from aboveboard.charter._compose import LARGEST_TEXT, compose, position
from aboveboard.charter._content import content_digest
from aboveboard.charter._errors import CharterError, Problem
from aboveboard.charter._known import Known
from aboveboard.charter._law import jurisdiction_synonyms, jurisdictions, obligations
from aboveboard.charter._merge import merge
from aboveboard.charter._nodes import Node, ScalarNode, find, items_in, name_of, names_in
from aboveboard.charter._profiles import contexts, profile
from aboveboard.charter._reading import Reading
from aboveboard.charter._record import Record

CHARTER = Record(Charter, "the charter")


def load_charter(path: Path, known: Known) -> Charter:
    """Reads, checks and completes the charter in a file.

    Raises CharterError with every problem found: the file cannot be read, is no UTF-8, is larger than 1 MiB,
    or does not say what a charter must.
    """
    return replace(parse_charter(_text(path), known, where=str(path)), path=path)


def parse_charter(text: str, known: Known, where: str = "charter.yaml") -> Charter:
    """The same for a text; `where` names it in messages."""
    root = compose(text, where)
    reading = Reading(_vocabularies(root, known), jurisdiction_synonyms())
    written = CHARTER.read(root, reading)
    check(root, known, reading)
    if reading.problems:
        raise CharterError(reading.problems, where)
    resolved = merge(written, profile(written.system.context))
    return replace(resolved, digest=content_digest(resolved))


def _text(path: Path) -> str:
    data = _data(path)
    if len(data) > LARGEST_TEXT:
        _refuse(path, f"larger than {LARGEST_TEXT} bytes", "a charter is a page or two of text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line, column = position(data[: error.start].decode("utf-8", "replace"), error.start)
        raise CharterError(
            [Problem(line, column, "not UTF-8 text", "save the file as UTF-8")], str(path)
        ) from None


def _data(path: Path) -> bytes:
    """The file's bytes, one more than the limit at most."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            _refuse(path, "not a regular file", "name a charter file")
        with path.open("rb") as file:
            return file.read(LARGEST_TEXT + 1)
    except FileNotFoundError:
        _refuse(path, "no such file", "`aboveboard init` writes one")
    except (OSError, ValueError) as error:
        _refuse(
            path,
            f"cannot be read: {getattr(error, 'strerror', None) or error}",
            "check its name and permissions",
        )


def _refuse(path: Path, what: str, cure: str) -> NoReturn:
    raise CharterError([Problem(0, 0, what, cure)], str(path))


def _vocabularies(root: Node, known: Known) -> Mapping[str, Any]:
    """Every name that may be referred to. What a broken file cannot tell is left out, hence not checked."""
    words: dict[str, Any] = {
        **outside(known),
        **packaged(),
        "role": frozenset(names_in(find(root, "roles"))),
        "model": frozenset(_ids(find(root, "models"))),
    }
    context = find(root, "system", "context")
    if isinstance(context, ScalarNode) and context.text in contexts():
        words["default promise"] = frozenset(promise.id for promise in profile(context.text).promises)
        words["default guard"] = frozenset(guard.guard for guard in profile(context.text).guards)
    return words


def _ids(models: Node | None) -> list[str]:
    found = [find(item, "id") for item in items_in(models)]
    return [name for node in found if node is not None and (name := name_of(node)) is not None]


def outside(known: Known) -> dict[str, frozenset[str]]:
    """The vocabularies of what is installed."""
    options = {f"option of {guard}": names for guard, names in known.guard_options.items()}
    return {"measure": known.measures, "guard": known.guards, "provider": known.providers, **options}


def packaged() -> dict[str, frozenset[str]]:
    """The vocabularies of what this package ships."""
    return {
        "context": frozenset(contexts()),
        "obligation": frozenset(obligations()),
        "jurisdiction": frozenset(jurisdictions()),
    }
