"""The charter with one candidate adopted: the text as it was but for that, read back to be sure."""

import difflib
import json
from dataclasses import asdict, dataclass, replace
from typing import Any

import yaml

from aboveboard.charter import Charter, Known, Mitigation, ModelEntry, parse_charter
from aboveboard.mitigation._candidates import Candidate
from aboveboard.mitigation._errors import MitigationError

Node = Any
_NO_END = "\\ No newline at end of file"
_ELSEWHERE = "write the mitigation into the charter by hand; the trial is on the ledger"


@dataclass(frozen=True, slots=True)
class CharterPatch:
    """A charter's new text and what it reads as."""

    before: str
    after: str
    charter: Charter

    def diff(self, name: str = "charter.yaml") -> str:
        """The change as `patch` takes it."""
        lines = difflib.unified_diff(
            self.before.splitlines(keepends=True), self.after.splitlines(keepends=True), name, name
        )
        return "".join(line if line.endswith("\n") else f"{line}\n{_NO_END}\n" for line in lines)


def patch_charter(text: str, charter: Charter, candidate: Candidate, known: Known) -> CharterPatch:
    """The charter's text under which the primary model is what the candidate is.

    Comments and order stay. The new text is read again: raises MitigationError where it would not say just
    what was tried (a charter whose models are written with anchors, say), CharterError where it is none.
    """
    changes: dict[str, dict[str, Any]]
    if candidate.kind == "routing":
        changes = {charter.primary.id: {"role": "other"}, candidate.entry.id: {"role": "primary"}}
    else:
        assert candidate.entry.mitigation is not None, "every other candidate is a mitigation"
        changes = {charter.primary.id: {"mitigation": written(candidate.entry.mitigation)}}
    after = text
    for model, keys in changes.items():
        for key, value in keys.items():
            after = _with_key(after, model, key, value)
    adopted = replace(parse_charter(after, known), path=charter.path)
    if not _is_same(adopted.primary, candidate.entry):
        raise MitigationError(
            "the patched charter says something else", where=charter.primary.id, cure=_ELSEWHERE
        )
    return CharterPatch(text, after, adopted)


def written(mitigation: Mitigation) -> dict[str, Any]:
    """A mitigation as a charter has it: what is not said is left out."""
    plain = Mitigation()
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in asdict(mitigation).items()
        if value != getattr(plain, name)
    }


def _is_same(adopted: ModelEntry, wanted: ModelEntry) -> bool:
    return replace(adopted, role="primary") == replace(wanted, role="primary")


def _with_key(text: str, model: str, key: str, value: Any) -> str:
    """`text` with one key of one model's entry set, in the YAML that JSON is."""
    entry = _entry(text, model)
    shown = json.dumps(value, ensure_ascii=False) if not isinstance(value, str) else value
    pairs = {name.value: content for name, content in entry.value}
    if key in pairs:
        return _replaced(text, pairs[key], shown)
    first_key, first_value = entry.value[0]
    if entry.flow_style:
        end = first_value.end_mark.index
        return f"{text[:end]}, {key}: {shown}{text[end:]}"
    start = first_key.start_mark
    return f"{text[: start.index]}{key}: {shown}\n{' ' * start.column}{text[start.index :]}"


def _replaced(text: str, node: Node, shown: str) -> str:
    start, end = node.start_mark.index, _end(node)
    return f"{text[:start]}{shown}{text[end:]}"


def _end(node: Node) -> int:
    """Where a value ends. A block's own mark is where the next thing begins, comments between included."""
    if isinstance(node, yaml.ScalarNode) or node.flow_style or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _end(last[1] if isinstance(node, yaml.MappingNode) else last)


def _entry(text: str, model: str) -> Node:
    """The node of a model's entry; raises MitigationError where it cannot be found as plain YAML."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    models = _value(root, "models")
    for entry in models.value if isinstance(models, yaml.SequenceNode) else ():
        name = _value(entry, "id")
        if isinstance(name, yaml.ScalarNode) and name.value == model and entry.value:
            return entry
    raise MitigationError(f"the entry of {model!r} is not found in the text", where="models", cure=_ELSEWHERE)


def _value(node: Node, key: str) -> Node:
    if not isinstance(node, yaml.MappingNode):
        return None
    return next((value for name, value in node.value if name.value == key), None)
