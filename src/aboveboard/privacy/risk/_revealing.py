"""What columns that leave as they are say of people outright, whatever the classes of the others."""

from collections.abc import Iterator, Mapping, Sequence

from aboveboard.privacy._finder import find
from aboveboard.privacy._span import NAME_TYPES
from aboveboard.privacy.operators import Bond, Generalise, Kind, Operator, Policy, kind_of

_MOST_DIFFERENT = 0.9
_FEW = 20  # fewer rows are different by chance
_NAMES = 5  # fewer different values that look like names may be none
_READ = 5_000  # different values of a column that are looked into, spread over all of them


def revealing(
    columns: Mapping[str, Sequence[object]],
    types: Mapping[str, str],
    policy: Policy,
    sensitive: Sequence[str],
) -> tuple[str, ...]:
    """Why `columns`, as they are behind the policy, name or reach people: a sensitive or a kept column that
    holds direct identifiers or secrets, or is different in nearly every row; and domains of addresses.
    """
    return tuple(_reasons(columns, types, policy, sensitive))


def _reasons(
    columns: Mapping[str, Sequence[object]],
    types: Mapping[str, str],
    policy: Policy,
    sensitive: Sequence[str],
) -> Iterator[str]:
    for name, values in columns.items():
        operator = policy.operator_for(types[name]) if name in types else None
        if operator is not None and _shows_domains(operator, types[name]):
            yield f"{name} shows domains, and a domain may be one person's own"
        elif (name in sensitive and operator is None) or (
            operator is not None and operator.bond is Bond.PLAIN
        ):
            yield from _read(name, values)


def _shows_domains(operator: Operator, type_: str) -> bool:
    return type_ == "email" and isinstance(operator, Generalise) and operator.email == "domain"


def _read(name: str, values: Sequence[object]) -> Iterator[str]:
    different = list(dict.fromkeys(str(value) for value in values if value is not None))
    if len(values) > _FEW and len(different) > _MOST_DIFFERENT * len(values):
        yield f"{name} is different in nearly every row"
    if found := _identifier(different[:: len(different) // _READ + 1]):
        yield f"{name} holds what looks like direct identifiers ({found})"


def _identifier(values: Sequence[str]) -> str:
    """A type of direct identifier or secret among the values; "" for none. A pattern counts wherever it is. A
    single word that looks like a name may be anything: names count when most values look like them.
    """
    names: list[str] = []
    for value in values:
        direct = [item.type for item in find(value) if kind_of(item.type) is not Kind.QUASI]
        patterns = [type_ for type_ in direct if type_ not in NAME_TYPES]
        if patterns:
            return patterns[0]
        names += direct[:1]
    return names[0] if len(names) >= _NAMES and len(names) > len(values) / 2 else ""
