"""From a case to a test: the words of its request without personal data, and what should have been said."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aboveboard.cli._origins import EVAL_CASE
from aboveboard.cli._purgers import OWN_CASES, open_cases
from aboveboard.cli._settings import Settings
from aboveboard.errors import AboveboardError

if TYPE_CHECKING:
    from aboveboard.cases import Case
    from aboveboard.evidence import Evidence
    from aboveboard.privacy import Masking

SUITE = "own.cases"
_ROLES = {"developer": "system", "system": "system", "assistant": "assistant"}


def make_case(
    name: str, given: Mapping[str, Any], settings: Settings, evidence: "Evidence"
) -> tuple[Path, dict[str, Any]]:
    """Writes the test; its path and content. Raises AboveboardError when there are no words left."""
    from aboveboard.evals.suites.own import FOLDER, write_case
    from aboveboard.privacy import Masking

    expect = _expectation(given)
    with open_cases(settings) as cases:
        case = cases.get(name)
    about = case.decision or case.record
    # One masking for all of it: whoever is named in the request and in the expectation has one stand-in.
    masking = Masking(restores=False)
    content = {
        "id": case.id,
        "kind": case.kind.value,
        "category": case.category,
        "messages": _messages(evidence, about, case, masking),
        "expect": {name: _masked(value, masking) for name, value in expect.items()},
    }
    # First the lineage: a crash leaves no file of which it does not know.
    _note(evidence, case, about)
    return write_case(settings.data_folder / FOLDER, content), content


def _expectation(given: Mapping[str, Any]) -> dict[str, Any]:
    found = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in given.items()
        if value is not None and value != ()
    }
    if not found:
        raise AboveboardError(
            "what should have been said is missing", cure="give --contains, --lacks, --refuses or --answers"
        )
    return found


def _masked(value: Any, masking: "Masking") -> Any:
    return [masking.mask(each).text for each in value] if isinstance(value, list) else value


def _messages(evidence: "Evidence", about: str, case: "Case", masking: "Masking") -> list[dict[str, str]]:
    prompt = evidence.reader.attachment(about, "prompt") if about else None
    turns = json.loads(prompt) if prompt else []
    if not turns:
        raise AboveboardError(
            "what was asked is not kept, so it cannot be asked again",
            where=f"case {case.id}",
            cure="keep payloads longer (`retention: {payloads: 30d}`), or write the case by hand",
        )
    return [
        {"role": _ROLES.get(each["role"], "user"), "content": masking.mask(each["text"]).text}
        for each in turns
    ]


def _note(evidence: "Evidence", case: "Case", about: str) -> None:
    people = {evidence.reader.get(each).data_subject for each in (about, case.record) if each}
    sources = [f"record:{about}", *(f"person:{each}" for each in sorted(people) if each)]
    evidence.lineage.made_from(f"{SUITE}/{case.id}", sources, kind=EVAL_CASE, purger=OWN_CASES)
