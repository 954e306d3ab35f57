"""Handing a person what is held about them: files for their owner's eyes alone, evidence before and after."""

import json
import os
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from aboveboard.cases import Case
from aboveboard.charter import Charter
from aboveboard.cli._purgers import HANDED_OUT
from aboveboard.cli.subject._desk import OFFICER, Desk
from aboveboard.cli.subject._holdings import held_about, holdings
from aboveboard.cli.subject._page import holdings_page
from aboveboard.errors import AboveboardError
from aboveboard.evidence import every
from aboveboard.evidence.records import SubjectAccess
from aboveboard.values import format_time, new_id

Form = Literal["report", "export"]
RIGHT: Mapping[Form, str] = {"report": "access", "export": "portability"}
_PRIVATE_FOLDER, _PRIVATE_FILE = 0o700, 0o600


@dataclass(frozen=True, slots=True)
class HandedOut:
    """What was written, the record of it, and the case it answers."""

    place: Path
    record: SubjectAccess
    case: Case


def hand_out(
    desk: Desk, person: str, form: Form, charter: Charter | None, output: Path | None = None
) -> HandedOut:
    """Writes the report or the export of a person, and answers their request with it.

    Without `output` it lies in the state directory, where an erasure deletes it; a copy elsewhere is listed
    in the erasure's receipt. Raises AboveboardError when `output` is there already.
    """
    _check(desk, output)
    case = desk.request(RIGHT[form], person)
    name = f"{case.id}-{form}"
    place = output or desk.settings.state / "subjects" / name
    intent = _intent(case, person, form, place)
    desk.evidence.recorder.record(intent)
    _note_copy(desk, person, name, is_inside=output is None)
    found = holdings(desk, person, charter)
    digests = _write(place, _files(desk, person, form, found))
    _refuse_forgotten(desk, intent, place)
    now, count = format_time(desk.clock.now()), len(found["records"])
    drawn = replace(intent, id=new_id(), time=now, links=(intent.id,))
    outcome = replace(drawn, stage="outcome", records=count, files=digests)
    desk.evidence.recorder.record(outcome)
    _add_receipt(desk, place, outcome)
    desk.close(case, "fulfilled", f"The {form} was drawn.", person)
    return HandedOut(place, outcome, desk.cases.get(case.id))


def _intent(case: Case, person: str, form: Form, place: Path) -> SubjectAccess:
    return SubjectAccess(
        subject=f"case:{case.id}",
        actor=OFFICER,
        data_subject=person,
        links=(case.record,),
        stage="intent",
        form=form,
        case=case.id,
        place=str(place.absolute()),
    )


def _refuse_forgotten(desk: Desk, intent: SubjectAccess, place: Path) -> None:
    """Takes back what was written of a person whose erasure began meanwhile: it may not have found it."""
    if desk.reader.is_forgotten(intent.id):
        shutil.rmtree(place, ignore_errors=True)
        place.unlink(missing_ok=True)
        raise AboveboardError("this person was erased meanwhile", cure="nothing is left to hand out")


def copies_elsewhere(desk: Desk, person: str) -> list[str]:
    """Where reports and exports were written outside of the state directory."""
    drawn = every(desk.reader, "subject-access", data_subject=person)
    inside = str((desk.settings.state / "subjects").absolute())
    places = {each.place for each in drawn if isinstance(each, SubjectAccess)}
    return sorted(each for each in places if each and not each.startswith(inside))


def _check(desk: Desk, output: Path | None) -> None:
    if output is None:
        return
    if output.exists() or output.is_symlink():
        raise AboveboardError("it is there already", where=str(output), cure="name a place that is free")
    if output.resolve().is_relative_to(desk.settings.state.resolve()):
        raise AboveboardError(
            "inside the state directory", where=str(output), cure="leave --output out, or name another place"
        )


def _note_copy(desk: Desk, person: str, name: str, *, is_inside: bool) -> None:
    """Before anything is written, so that whatever a crash leaves of it is reached by an erasure."""
    day = format_time(desk.clock.now())[:10]
    desk.evidence.lineage.made_from(
        name,
        [person],
        kind="export",
        purger=HANDED_OUT if is_inside else "",
        otherwise=f"was written outside of the state directory on {day}; delete every copy of it",
    )


def _files(desk: Desk, person: str, form: Form, found: dict[str, Any]) -> Iterator[tuple[str, bytes]]:
    if form == "report":
        yield "access.html", holdings_page(found).encode()
        yield "access.json", _json(found)
        return
    yield "data.json", _json(found)
    for each in held_about(desk, person):
        for name, content in each.attachments.items():
            yield f"attachments/{each.record.id}/{name}", content


def _write(place: Path, files: Iterator[tuple[str, bytes]]) -> dict[str, str]:
    """Writes the files and a manifest of their SHA-256; a name that ends in `.zip` makes one file of them."""
    shutil.rmtree(place, ignore_errors=True)  # what an attempt before this one left
    digests: dict[str, str] = {}
    if place.suffix == ".zip":
        place.parent.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
        with (
            os.fdopen(_open(place), "wb") as file,
            zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed,
        ):
            for name, content in _with_manifest(files, digests):
                packed.writestr(_entry(name), content)
        return digests
    for name, content in _with_manifest(files, digests):
        path = place / name
        path.parent.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
        with os.fdopen(_open(path), "wb") as file:
            file.write(content)
    return digests


def _with_manifest(
    files: Iterator[tuple[str, bytes]], digests: dict[str, str]
) -> Iterator[tuple[str, bytes]]:
    sizes: list[dict[str, Any]] = []
    for name, content in files:
        digests[name] = f"sha256:{sha256(content).hexdigest()}"
        sizes.append({"path": name, "bytes": len(content), "digest": digests[name]})
        yield name, content
    manifest = _json({"format": "aboveboard-subject-manifest", "version": 1, "files": sizes})
    digests["manifest.json"] = f"sha256:{sha256(manifest).hexdigest()}"
    yield "manifest.json", manifest


def _open(path: Path) -> int:
    return os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _PRIVATE_FILE)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.external_attr = _PRIVATE_FILE << 16
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _add_receipt(desk: Desk, place: Path, outcome: SubjectAccess) -> None:
    """The proof that this was drawn, beside it; in a ZIP file it would have to prove itself."""
    path = place.with_suffix(".receipt.json") if place.suffix == ".zip" else place / "receipt.json"
    path.unlink(missing_ok=True)
    with os.fdopen(_open(path), "wb") as file:
        file.write(_json(desk.reader.receipt(outcome.id)))


def _json(value: Any) -> bytes:
    return json.dumps(value, indent=1, ensure_ascii=False).encode() + b"\n"
