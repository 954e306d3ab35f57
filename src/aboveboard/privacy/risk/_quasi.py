"""Columns that are likely quasi-identifiers."""

import re
from collections.abc import Mapping, Sequence

_SAMPLE = 10_000
# English, German, Spanish, French, Italian, as headers have them.
_NAMED = re.compile(
    r"(?:^|[\W_])(?:age|alter|edad|eta|âge|birth|dob|geburt\w*|nacimiento|naissance|nascita|sex|sexe|sexo|sesso|gender|"
    r"geschlecht|genre|zip|postal|postcode|plz|cap|cp|city|town|stadt|ort|ciudad|ville|città|region|state|county|"
    r"bundesland|provincia|province|country|land|pais|país|pays|paese|nationality|nationalität|nacionalidad|race|"
    r"ethnicity|marital|education|occupation|job|beruf|profesion|profession|employer|language|religion|income)(?:$|[\W_])",
    re.IGNORECASE,
)
_MOST_DIFFERENT = 0.9


def suggest_quasi(columns: Mapping[str, Sequence[object]]) -> list[str]:
    """The columns whose name says something that others may know of a person, and that are not different in
    nearly every row (those are direct identifiers). A suggestion: what an attacker knows, only the owner
    of the data can judge.
    """
    return [name for name, values in columns.items() if _NAMED.search(_spaced(name)) and not _is_key(values)]


def _spaced(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name)[:200]


def _is_key(values: Sequence[object]) -> bool:
    sample = [str(value) for value in values[:_SAMPLE]]
    return len(sample) > 20 and len(set(sample)) > _MOST_DIFFERENT * len(sample)
