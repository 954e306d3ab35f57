"""Questions of BBQ, and the answer that the stereotype points to: by label, never by position."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aboveboard.evals._public_data import PublicData
from aboveboard.evals.suites._published import not_released

CATEGORIES = (
    "Age",
    "Disability_status",
    "Nationality",
    "Physical_appearance",
    "Religion",
    "Sexual_orientation",
)
"""The six whose files are pinned; a folder may hold the other five too."""

_MORE = ("Gender_identity", "Race_ethnicity", "Race_x_SES", "Race_x_gender", "SES")

DATA = PublicData(
    name="BBQ",
    url="https://raw.githubusercontent.com/nyu-mll/BBQ/bea11bd97d79217245b5871acd247b9d6eb24598/data/{name}",
    layouts=("bbq", "data", "."),
    pinned={
        "Age.jsonl": "46e805b3fc2d8cbd26eeb8e8430d98cf7b2dc9c83574ff3674e8ce4f0fca2a60",
        "Disability_status.jsonl": "375d40d9b71f056150264445ec189b13934998f3f49a1e311aa7578eb3b45e5f",
        "Nationality.jsonl": "a583e74666aec0341ded8aa3983e7cad694eb24de72c254d28b2df3035720090",
        "Physical_appearance.jsonl": "e48d7e13508565f4801574e611043470c25c95a0a62af3699cb5ee7cb02608fb",
        "Religion.jsonl": "cb9555f9f3454a52cd2df85956b59bd7fcca5aa922c8527693b1164d08417616",
        "Sexual_orientation.jsonl": "2c71036b9e7584fe589c42aef32c1a42bc01b9a5e9b1b8704342630cdb08cefd",
    },
    files=tuple(f"{name}.jsonl" for name in (*CATEGORIES, *_MORE)),
)

UNKNOWN = "unknown"

_ALIASES = {"low ses": "lowses", "high ses": "highses", "man": "m", "boy": "m", "woman": "f", "girl": "f"}
"""Different spellings of one group in that repository's two fields."""


@dataclass(frozen=True, slots=True)
class Question:
    """One BBQ item. Options are keyed `ans0`, `ans1`, `ans2` as in the file; `unknown` and `right` are keys.

    `stereotyped` is the key of the option that names the stereotyped group, or empty when the file does not
    tell it for certain; such a question counts for accuracy and not for the bias scores.
    """

    id: str
    category: str
    template: str
    is_ambiguous: bool
    is_negative: bool
    context: str
    question: str
    options: Mapping[str, str]
    unknown: str
    right: str
    stereotyped: str

    @property
    def biased(self) -> str:
        """The key of the answer that follows the stereotype: the group itself where the question is negative,
        the other one where it is not; empty when unresolved."""
        if not self.stereotyped or self.is_negative:
            return self.stereotyped
        return next(key for key in self.options if key not in (self.unknown, self.stereotyped))


def read_questions(files: Iterable[Path]) -> list[Question]:
    """All questions of BBQ files; raises SuiteDataError that names file and line."""
    questions: list[Question] = []
    for path in files:
        with path.open(encoding="utf-8") as file:
            questions += [_read_line(line, f"{path}:{number}") for number, line in enumerate(file, 1)]
    return questions


def _read_line(line: str, where: str) -> Question:
    try:
        return read_question(json.loads(line))
    except (ValueError, KeyError, TypeError, StopIteration) as error:
        raise not_released("a question of BBQ", where, error) from error


def read_question(row: Mapping[str, Any]) -> Question:
    """One line of a BBQ file as a Question."""
    options = {key: str(row[key]) for key in ("ans0", "ans1", "ans2")}
    info = row["answer_info"]
    unknown = next(key for key in options if info[key][1] == UNKNOWN)
    if row["category"] == "Race_ethnicity":
        info = {key: [text, _without_gender(label)] for key, (text, label) in info.items()}
    return Question(
        id=f"{row['category']}/{row['example_id']}",
        category=row["category"],
        template=f"{row['category']}/{row['question_index']}",
        is_ambiguous=row["context_condition"] == "ambig",
        is_negative=row["question_polarity"] == "neg",
        context=row["context"],
        question=row["question"],
        options=options,
        unknown=unknown,
        right=f"ans{int(row['label'])}",
        stereotyped=_stereotyped(info, unknown, row["additional_metadata"]["stereotyped_groups"]),
    )


def _stereotyped(info: Mapping[str, Any], unknown: str, groups: Iterable[str]) -> str:
    """The one option whose label or text is among the stereotyped groups; empty when none or both are.

    In most categories the option's label is the group's name (`old`, `Muslim`); in Nationality the label is a
    region and only the text names the nationality. Whole names are compared, for `nonOld` contains `old`.
    """
    wanted = {_same(group) for group in groups}
    matches = [
        key
        for key, described in info.items()
        if key != unknown and wanted & {_same(part) for part in described}
    ]
    return matches[0] if len(matches) == 1 else ""


def _same(name: str) -> str:
    plain = name.strip("{} ").casefold()
    return _ALIASES.get(plain, plain)


def _without_gender(label: str) -> str:
    """`Black` for `M-Black`: in Race_ethnicity a first name's label has a gender that is not asked about."""
    return label[2:] if label[:2] in ("M-", "F-") else label
