"""What is looked for in texts: personal data and secrets, of some types, found with enough confidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from aboveboard.errors import UnknownNameError
from aboveboard.privacy._layers import laid_over, part_of
from aboveboard.privacy._span import NAME_TYPES, PersonalData
from aboveboard.privacy.files._excerpt import Excerpt, Found
from aboveboard.privacy.files._headings import type_under, with_heading
from aboveboard.privacy.files._names import in_name
from aboveboard.privacy.files._replaced import outside_stand_ins

_MEANT = {
    "people": "person",
    "company": "organisation",
    "city": "place",
    "town": "place",
    "location": "place",
}
_SURROGATES = dict.fromkeys(range(55296, 57344), "�")


@dataclass(frozen=True, slots=True)
class Looking:
    """The types to find (None: all) and the least confidence (0…1). Called with excerpts, in any process."""

    types: frozenset[str] | None = None
    least: float = 0.0

    def __post_init__(self) -> None:
        for name in sorted(self.types or ()):
            if name not in known_types():
                raise _unknown(name)

    def __call__(self, excerpts: Sequence[Excerpt]) -> Found:
        """What is found in each, in order, never overlapping; none depends on another."""
        known = [each._replace(text=without_surrogates(each.text)) for each in excerpts]
        prose = [each for each in known if not each.is_given]
        found = map(self._of, prose, self._personal(prose))
        return [in_name(each.text, self) if each.is_given else next(found) for each in known]

    def _of(self, excerpt: Excerpt, personal: Sequence[PersonalData]) -> list[PersonalData]:
        text, start, *_ = excerpt
        found = laid_over(personal, self._secrets(text))
        if start:
            inside = (part for item in found for part in part_of(item, max(item.start, start), item.end))
            named = outside_stand_ins(text, with_heading(text, start, list(inside)))
            found = [item for item in named if self._is_wanted(item.type)]
        return found if self.least <= 0 else [item for item in found if item.confidence >= self.least]

    def _is_wanted(self, type_: str) -> bool:
        return self.types is None or type_ in self.types

    def _personal(self, excerpts: Sequence[Excerpt]) -> Found:
        from aboveboard.privacy import PATTERN_TYPES, find, find_many

        patterns, wanted = self._wanted(PATTERN_TYPES), self._wanted((*PATTERN_TYPES, *NAME_TYPES))
        if not wanted:
            return [[] for _ in excerpts]
        found: Found = [find(each.text, patterns) if not _may_name(each) else [] for each in excerpts]
        naming = [number for number, each in enumerate(excerpts) if _may_name(each)]
        for number, items in zip(
            naming, find_many([excerpts[each].text for each in naming], wanted), strict=True
        ):
            found[number] = items
        return found

    def _wanted(self, types: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name for name in types if self._is_wanted(name))

    def _secrets(self, text: str) -> list[PersonalData]:
        from aboveboard.privacy import find_secrets

        if self.types is not None and not self.types & secret_types():
            return []
        return [item for item in find_secrets(text) if self._is_wanted(item.type)]


def _may_name(excerpt: Excerpt) -> bool:
    """Whether names are to be looked for: a value without a letter has none."""
    return not excerpt.by_form and any(map(str.isalpha, excerpt.text[excerpt.start :]))


def _unknown(name: str) -> UnknownNameError:
    """Says which type was meant: that of columns by that name, else the nearest."""
    error = UnknownNameError("type of personal data", name, known_types())
    words = name.replace("-", " ").replace("_", " ")
    told = _MEANT.get(words) or type_under(words) or type_under(words.removesuffix("s"))
    if told is not None:
        error.cure = f"did you mean {'person' if told == 'person-like' else told!r}?"
    return error


def found_in_name(name: str) -> list[PersonalData]:
    """What in the name of a file or folder leads to somebody by itself, by its code points."""
    return _everything()([Excerpt(name, is_given=True)])[0]


@cache
def _everything() -> Looking:
    return Looking()


def without_surrogates(text: str) -> str:
    """`text` with lone surrogates (JSON may hold them) as replacement characters; the same length."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.translate(_SURROGATES)
    return text


@cache
def known_types() -> tuple[str, ...]:
    """Every type that can be found: personal data, then secrets."""
    from aboveboard.privacy import TYPES

    return (*TYPES, *sorted(secret_types() - set(TYPES)))


@cache
def secret_types() -> frozenset[str]:
    """The types of secrets, whose values are shown nowhere."""
    from aboveboard.privacy import SECRET_TYPES

    return frozenset(SECRET_TYPES)
