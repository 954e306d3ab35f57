"""What can take a person's data out of the places beside the vault where this project keeps any."""

import re
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from aboveboard.cli._settings import Settings

if TYPE_CHECKING:
    from aboveboard.cases import Cases
    from aboveboard.evidence import Purgers, Reader

HANDED_OUT = "handed-out"
OWN_CASES = "own-cases"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}", re.ASCII)


def purgers(settings: Settings) -> "Purgers":
    """By name: `handed-out` deletes reports and exports, `runs` the per-item logs of assessments, `own-cases`
    the tests that complaints became, `answers` empties the cache of assessments. Cases about erased answers
    are emptied at every erasure.
    """
    from aboveboard.evidence import Purgers

    state = settings.state
    return Purgers(
        named={
            HANDED_OUT: partial(_delete_folder, state / "subjects"),
            "runs": partial(_delete_run, state / "runs"),
            OWN_CASES: partial(_delete_case, settings),
            "answers": partial(_empty_answers, state),
        },
        always={
            "cases": partial(_empty_cases, settings),
            "reuse": partial(_forget_answers, settings),
            "misuse": partial(_forget_misuse, settings),
        },
        cases=partial(_cases_of, settings),
    )


@contextmanager
def open_cases(settings: Settings) -> "Iterator[Cases]":
    """The cases of the state directory."""
    from aboveboard.cases import Cases

    with Cases.open(settings.cases) as cases:
        yield cases


def _cases_of(settings: Settings, records: Sequence[str]) -> Sequence[str]:
    with open_cases(settings) as cases:
        return cases.of_records(records)


def _delete_folder(parent: Path, artifact: str) -> str:
    """Deletes the folder an artifact is named after; one that is gone already needs nothing."""
    name = artifact.partition(":")[2]
    if not _NAME.fullmatch(name):
        return "its name is no folder's; delete it by hand"
    folder = parent / name
    if folder.is_symlink():
        return "it is a link to elsewhere; delete what it leads to by hand"
    if folder.exists():
        shutil.rmtree(folder)
    return ""


def _delete_run(runs: Path, artifact: str) -> str:
    """Deletes a run's folder: its lines name each other's digests, so that one cannot be taken out alone."""
    from aboveboard.evals import is_in_use

    name = artifact.partition(":")[2]
    if _NAME.fullmatch(name) and is_in_use(runs / name):
        return "an assessment is writing it; it goes when that has ended"
    return _delete_folder(runs, artifact)


def _delete_case(settings: Settings, artifact: str) -> str:
    """Deletes the file of a test that a person's complaint became. A folder that is not there now (another
    disk) may hold it still."""
    name = artifact.rpartition("/")[2]
    if not _NAME.fullmatch(name):
        return "its name is no file's; delete it by hand"
    if settings.data is not None and not settings.data.is_dir():
        return f"{settings.data} is not there; delete own-cases/{name}.yaml in it by hand"
    (settings.data_folder / "own-cases" / f"{name}.yaml").unlink(missing_ok=True)
    return ""


def _empty_answers(state: Path, _: str) -> str:
    """Its keys do not tell what an answer is about, so all go; they are asked for again."""
    from aboveboard.evals import empty_answers

    return empty_answers(state)


def _forget_answers(settings: Settings, reader: "Reader") -> str:
    """Drops what leads to answers that are gone. The answers themselves went with their records."""
    from aboveboard.database import is_there
    from aboveboard.gateway.caching import ANSWERS, AnswerIndex

    if is_there(settings.reuse, ANSWERS):
        with AnswerIndex.open(settings.reuse) as index:
            index.sweep(time.time(), lambda decision: not _is_whole(reader, decision))
    return ""


def _forget_misuse(settings: Settings, reader: "Reader") -> str:
    """Drops whatever is known of how people behaved who are erased: of whom nothing is on record any more."""
    from aboveboard.database import is_there
    from aboveboard.misuse import MISUSE, Ladder, person_of

    if is_there(settings.misuse, MISUSE):
        with Ladder.open(settings.misuse) as ladder:
            for holder in ladder.holders():
                person = person_of(holder)
                if person and not reader.find(data_subject=person, limit=1):
                    ladder.forget(holder)
    return ""


def _is_whole(reader: "Reader", decision: str) -> bool:
    from aboveboard.evidence import UnknownRecordError

    try:
        return bool(reader.attachments(decision))
    except UnknownRecordError:
        return False


def _empty_cases(settings: Settings, reader: "Reader") -> str:
    """Empties the cases about answers whose records are erased."""
    from aboveboard.evidence import UnknownRecordError

    with open_cases(settings) as cases:
        for decision in cases.decisions():
            try:
                is_erased = reader.is_erased(decision)
            except UnknownRecordError:
                continue  # named by whoever opened the case; the evidence never had it
            if is_erased:
                cases.forget_decision(decision)
    return ""
