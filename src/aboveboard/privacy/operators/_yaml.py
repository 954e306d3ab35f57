"""YAML text to plain values, and the line each stands in; bounded in every direction."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from aboveboard.privacy.operators._errors import PolicyError, PolicyProblem

Path_ = tuple[str, ...]
LARGEST = 1 << 16
_DEEPEST = 8


def read_text(path: Path) -> str:
    """The text of a policy file. Raises PolicyError when it cannot be read or is too large."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise PolicyError([PolicyProblem("", f"more than {LARGEST} bytes: not a policy")], str(path))
        return data.decode("utf-8")
    except OSError as error:
        raise PolicyError(
            [PolicyProblem("", f"cannot read the policy: {error.strerror}")], str(path)
        ) from error
    except UnicodeDecodeError as error:
        raise PolicyError([PolicyProblem("", "not UTF-8 text")], str(path)) from error


def lines_of(text: str, where: str) -> tuple[object, Mapping[Path_, int]]:
    """The tree of one YAML document and the line (from 1) of each key's path. Raises PolicyError."""
    try:
        _refuse_bombs(text, where)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        lines: dict[Path_, int] = {}
        return _plain(node, (), lines, where), lines
    except yaml.MarkedYAMLError as error:
        line = _line(error.problem_mark)
        raise PolicyError([PolicyProblem("", f"not YAML: {error.problem}", line=line)], where) from error
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        raise PolicyError([PolicyProblem("", f"not YAML: {str(error).splitlines()[0]}")], where) from error


def _refuse_bombs(text: str, where: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        line = _line(event.start_mark)
        if isinstance(event, yaml.AliasEvent):
            raise PolicyError([PolicyProblem("", "aliases (`*name`) are not read", line=line)], where)
        if depth > _DEEPEST:
            raise PolicyError([PolicyProblem("", f"more than {_DEEPEST} levels deep", line=line)], where)


def _line(mark: Any) -> int:
    return mark.line + 1 if mark else 0


def _plain(node: Any, path: Path_, lines: dict[Path_, int], where: str) -> object:
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, path, lines, where) for item in node.value]
    if not isinstance(node, yaml.MappingNode):
        return None if node is None else yaml.SafeLoader("").construct_object(node)
    made: dict[str, object] = {}
    for key, value in node.value:
        name, line = str(key.value), key.start_mark.line + 1
        if name in made:
            raise PolicyError([PolicyProblem(".".join((*path, name)), "named twice", line=line)], where)
        lines[*path, name] = line
        made[name] = _plain(value, (*path, name), lines, where)
    return made
