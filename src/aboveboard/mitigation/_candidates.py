"""What can be tried for a promise: from our own list, from the user's, and the charter's other models."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from aboveboard.charter import Charter, Mitigation, ModelEntry, Promise, WorkedExample
from aboveboard.mitigation._errors import MitigationError
from aboveboard.values import digest_json

_OURS = "candidates.yaml"
_LARGEST = 1 << 20
_MOST = 50
_FIELDS = ("instruction", "examples", "blind", "votes", "opening", "closing")
KINDS = ("instruction", "few-shot", "blinding", "self-consistency", "post-processing", "routing")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing to try: the primary model under a mitigation, or another model in its place."""

    name: str
    kind: str
    entry: ModelEntry

    @property
    def digest(self) -> str:
        """Of all that is tried."""
        options = {"model": self.entry.id, "provider": self.entry.provider, "url": self.entry.base_url}
        done = asdict(self.entry.mitigation) if self.entry.mitigation else {}
        return digest_json({"mitigation": done, **options})


def propose(
    charter: Charter, promise: Promise, own: Sequence[Mapping[str, Any]] = (), *, generates: bool = True
) -> list[Candidate]:
    """What there is to try for a promise, the user's own first; of two with one name, theirs.

    What cannot matter is not proposed: votes and words around an answer, where the measure reads no text
    (`generates` false).
    """
    primary = charter.primary
    names = {each["name"] for each in own}
    given = [*own, *(each for each in _ours(promise.measure) if each["name"] not in names)]
    found = [_candidate(primary, each) for each in given]
    if not generates:
        found = [each for each in found if each.kind not in ("self-consistency", "post-processing")]
    others = [
        Candidate(f"model {model.id}", "routing", replace(model, role="primary"))
        for model in charter.models
        if model.id != primary.id
    ]
    return [*found, *others]


def read_candidates(path: Path) -> list[Mapping[str, Any]]:
    """The user's own candidates: a YAML list of `{name, kind, …}` with the keys of `models[].mitigation`.

    Raises MitigationError for a file that is not that.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise MitigationError("larger than 1 MiB", where=str(path), cure="give fewer candidates")
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError, RecursionError) as error:
        raise MitigationError(f"cannot be read: {error}", where=str(path), cure="give a YAML list") from error
    if not isinstance(content, list) or not content or len(content) > _MOST:
        raise MitigationError(f"not a list of 1 to {_MOST} candidates", where=str(path), cure=_FORM)
    for number, each in enumerate(content, 1):
        _check(each, f"{path}, candidate {number}")
    return content


_FORM = "write `- {name: kinder, kind: instruction, instruction: Be kind.}`"


def _ours(measure: str) -> list[Mapping[str, Any]]:
    text = files("aboveboard.mitigation").joinpath(_OURS).read_text(encoding="utf-8")
    families: dict[str, list[Mapping[str, Any]]] = yaml.safe_load(text)
    fitting = [name for name in families if name != "any" and f"{measure}.".startswith(f"{name}.")]
    return [each for name in sorted(fitting, key=len, reverse=True) for each in families[name]] + families[
        "any"
    ]


def _candidate(primary: ModelEntry, given: Mapping[str, Any]) -> Candidate:
    """The primary model with this added to what is done for it already."""
    wanted = {name: given[name] for name in _FIELDS if name in given}
    if "examples" in wanted:
        wanted["examples"] = tuple(WorkedExample(**each) for each in wanted["examples"])
    if "blind" in wanted:
        wanted["blind"] = tuple(wanted["blind"])
    before = primary.mitigation or Mitigation()
    if before.instruction and "instruction" in wanted:
        wanted["instruction"] = f"{before.instruction}\n\n{wanted['instruction']}"
    return Candidate(given["name"], given["kind"], replace(primary, mitigation=replace(before, **wanted)))


def _check(given: Any, where: str) -> None:
    if (
        not isinstance(given, dict)
        or not isinstance(given.get("name"), str)
        or given.get("kind") not in KINDS
    ):
        raise MitigationError(f"needs a name and a kind out of {', '.join(KINDS)}", where=where, cure=_FORM)
    unknown = set(given) - {"name", "kind", *_FIELDS}
    if unknown or not set(given) & set(_FIELDS):
        said = f"unknown: {', '.join(sorted(map(str, unknown)))}" if unknown else "nothing to try"
        raise MitigationError(said, where=where, cure=f"its keys: {', '.join(_FIELDS)}")
    for flaw in _flaws(given):
        raise MitigationError(flaw, where=where, cure=_FORM)


def _flaws(given: Mapping[str, Any]) -> Iterable[str]:
    for name in ("instruction", "opening", "closing"):
        if name in given and (not isinstance(given[name], str) or not given[name].strip()):
            yield f"{name} must be a text"
    votes = given.get("votes", 1)
    if not isinstance(votes, int) or isinstance(votes, bool) or not 1 <= votes <= 25:
        yield "votes must be a whole number from 1 to 25"
    blind = given.get("blind", [])
    if not isinstance(blind, list) or not set(map(str, blind)) <= set(Mitigation.BLIND):
        yield f"blind must be a list of {', '.join(Mitigation.BLIND)}"
    examples = given.get("examples", [])
    if not isinstance(examples, list) or not all(_is_example(each) for each in examples):
        yield "examples must be a list of {user: …, assistant: …}"


def _is_example(given: Any) -> bool:
    return (
        isinstance(given, dict)
        and set(given) == {"user", "assistant"}
        and all(isinstance(text, str) and text.strip() for text in given.values())
    )
