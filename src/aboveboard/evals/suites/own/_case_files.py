"""Cases as files: one YAML a case, checked when it is read."""

from pathlib import Path
from typing import Any

import yaml

from aboveboard.evals._errors import SuiteDataError
from aboveboard.files import write_whole

FOLDER = "own-cases"
"""Where cases lie in the folder of data."""

_LARGEST = 256 << 10
_MOST = 10_000
_AGAIN = "make it again with `aboveboard eval-case`, or delete it"
_ROLES = ("system", "user", "assistant")
_KEYS = {"id", "kind", "category", "messages", "expect"}
_EXPECT = {"contains", "lacks", "refuses"}


def case_files(folder: Path) -> list[Path]:
    """The files of the cases, by name; raises SuiteDataError for more than ten thousand."""
    found = sorted(path for path in folder.glob("*.yaml") if path.is_file() and not path.is_symlink())
    if len(found) > _MOST:
        raise SuiteDataError(
            f"more than {_MOST} cases", where=str(folder), cure="keep fewer in this folder of data"
        )
    return found


def read_case(path: Path) -> dict[str, Any]:
    """A case; raises SuiteDataError where the file is none, or too large."""
    try:
        if path.stat().st_size > _LARGEST:
            raise SuiteDataError("larger than 256 KiB", where=str(path), cure=_AGAIN)
        case = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError, RecursionError) as error:
        raise SuiteDataError(f"cannot be read: {error}", where=str(path), cure=_AGAIN) from error
    if flaw := _flaw(case):
        raise SuiteDataError(flaw, where=str(path), cure=_AGAIN)
    checked: dict[str, Any] = case
    return checked


def write_case(folder: Path, case: dict[str, Any]) -> Path:
    """Writes a case under its id, for its owner alone; raises SuiteDataError where it is none."""
    if flaw := _flaw(case):
        raise SuiteDataError(flaw, where=str(folder))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"{case['id']}.yaml"
    text = yaml.safe_dump(case, sort_keys=False, allow_unicode=True)
    write_whole(path, text.encode(), mode=0o600)
    return path


def _flaw(case: Any) -> str:
    """Why something is no case; empty where it is one."""
    if not isinstance(case, dict) or set(case) != _KEYS:
        return f"a case has the keys {', '.join(sorted(_KEYS))}"
    if not all(isinstance(case[name], str) and case[name] for name in ("id", "kind", "category")):
        return "id, kind and category must be texts"
    if not isinstance(case["messages"], list) or not case["messages"]:
        return "a case needs messages"
    if not all(_is_message(each) for each in case["messages"]):
        return f"a message has a role out of {', '.join(_ROLES)} and a content"
    return _expectation_flaw(case["expect"])


def _is_message(given: Any) -> bool:
    return (
        isinstance(given, dict)
        and set(given) == {"role", "content"}
        and given["role"] in _ROLES
        and isinstance(given["content"], str)
    )


def _expectation_flaw(given: Any) -> str:
    if not isinstance(given, dict) or not given or not set(given) <= _EXPECT:
        return f"what is expected is one or more of {', '.join(sorted(_EXPECT))}"
    for name in ("contains", "lacks"):
        texts = given.get(name, ["x"])
        if not isinstance(texts, list) or not all(isinstance(text, str) and text.strip() for text in texts):
            return f"{name} must be a list of texts"
    return "" if isinstance(given.get("refuses", True), bool) else "refuses must be true or false"
