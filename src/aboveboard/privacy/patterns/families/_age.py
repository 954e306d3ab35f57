"""Ages: a number that its unit or the words before it call the age of a person."""

import re
from collections.abc import Iterator
from functools import cached_property

from aboveboard.privacy._span import PersonalData
from aboveboard.privacy.patterns._labels import in_small_letters, is_labelled
from aboveboard.privacy.patterns._regions import CONTEXT
from aboveboard.privacy.patterns.families._numerals import NUMBER_STEM, NUMBER_WORD

_FIGURES = r"(?:1[0-2]\d|[1-9]?\d(?:[.,]5)?)"
_UNIT = (
    r"(?:años?|anos|mes(?:es)?|semanas?|d[ií]as?|ans|mois|semaines?|jours?|anni|anno|mes[ei]|settiman[ae]"
    r"|giorn[io]|Jahren?|Monaten?)"
)
_PERSON = (
    r"varón|varon|mujer|hombre|niñ[oa]|paciente|edad|señora?|chic[oa]|joven|adolescente|lactante|neonato"
    r"|recién nacid[oa]|hij[oa]|herman[oa]|padre|madre|abuel[oa]|viud[oa]|espos[oa]|persona|patiente?|homme"
    r"|femme|enfant|garçon|fille|fils|âgée?|dame|nourrisson|paziente|uomo|donna|bambin[oa]|ragazz[oa]|età"
    r"|figli[oa]|alter|mann|frau|patientin|kind"
)
_OF_A_PERSON = re.compile(rf"(?<!\w)(?:{_PERSON})(?:,| )(?:[^\W\d]+,? ){{0,2}}?(?:de|di|von|d'|:)? {{0,2}}\Z")
_AT_AGE = re.compile(
    r"(?<!\w)(?:con|tiene|tenía|cumpl(?:e|ió)|à l'âge de|âgée? de|il a|elle a|j'ai|a compiuto|ha|ho"
    r"|all'età di|di anni|im alter von|mit|tengo|edad|età|âge)[ :]{1,2}\Z",
)
_SPAN_OF_TIME = re.compile(
    r"(?<!\w)(?:hace|durante|desde hace|tras|últimos?|más|menos|cada|próximos?|pendant|depuis|il y a|dans|da"
    r"|per|fa|ogni|seit|vor|nach|über)(?: (?:de|que|los|les|gli|unos|about|circa))? \Z",
)
_LABEL = re.compile(
    r"(?<!\w)(?:ages?|aged|edad|alter|âge|età|idade|just turned|(?:has|have|will|is|was) turn(?:ed|ing)?"
    r"|turning|(?:when|as) (?:he|she|i|they|you) (?:was|were|am|is)|at(?: the)? age(?: of)?|im alter von"
    r"|à l'âge de|all'età di|âgée? de|di anni|edad de)(?: ?\((?:years|años|ans|anni|jahre|yrs)\))?[ :=/]{1,3}"
    r"(?:of |von |de )?\Z",
)


_SHORT_UNIT = re.compile(r" (?:months?|weeks?|days?|hours?)(?!\w)(?! old)")  # cheese is aged 28 months


class _Ages:
    """Ages whose number is written in one way."""

    def __init__(self, number: str) -> None:
        self._number = rf"(?<![\w.,/-])(?P<age>{number}"

    # Compiled when first needed, since imports should take no time.
    @cached_property
    def _certain(self) -> re.Pattern[str]:
        # English keeps the number apart from its unit (`53-year-old`), so only the number is the finding.
        number = self._number
        return re.compile(
            rf"{number})(?:[ -](?:years?|yrs?|months?|weeks?|days?)[ -](?:olds?|of age)"
            r"| ?(?:y/o|y\.o\.?|yo|yrs?/o|m/o))(?!\w)"
            rf"|{number.replace('age', 'german')}(?: (?:Jahre|Monate|Wochen|Tage)(?= alt)|(?= ?-?jährig)))"
        )

    @cached_property
    def _with_unit(self) -> re.Pattern[str]:
        return re.compile(
            rf"{self._number} {{0,2}}{_UNIT})(?P<of> de (?:edad|vida)| d'âge| di età)?(?!\w)", re.IGNORECASE
        )

    @cached_property
    def _after_label(self) -> re.Pattern[str]:
        return re.compile(rf"{self._number})(?!\w|[.,%/-]\d|[%°€$])")

    def find(self, text: str, start: int, end: int) -> Iterator[PersonalData]:
        """Ages of people; how long something took or lasted is none."""
        for match in self._certain.finditer(text, start, end):
            yield PersonalData(*match.span("age" if match["age"] else "german"), "age", 0.9)
        for match in self._with_unit.finditer(text, start, end):
            if match["of"] or _is_of_a_person(text, match.start(), match["age"]):
                yield PersonalData(*match.span("age"), "age", 0.85)
        for match in self._after_label.finditer(text, start, end):
            if is_labelled(text, match.start(), _LABEL) and not _is_of_a_thing(text, match, end):
                yield PersonalData(*match.span("age"), "age", 0.8)


def _is_of_a_person(text: str, place: int, written: str) -> bool:
    if is_labelled(text, place, _SPAN_OF_TIME):
        return False
    if text.startswith("a los ", place - 6) and "año" in written:  # months and days may be since anything
        return True
    return is_labelled(text, place, _OF_A_PERSON) or is_labelled(text, place, _AT_AGE)


def _is_of_a_thing(text: str, match: re.Match[str], end: int) -> bool:
    """Whether `aged` before and a short unit behind tell how long something lay."""
    if not _SHORT_UNIT.match(text, match.end(), end):
        return False
    low = max(0, match.start() - CONTEXT + 1)
    first = max(0, low - 1)
    label = _LABEL.search(in_small_letters(text[first : match.start()]), low - first)
    return label is not None and text.startswith("aged", first + label.start())


find_age = _Ages(_FIGURES).find
find_age_in_words = _Ages(NUMBER_WORD).find

_UNITS = (
    r"(?:years?|yrs?|months?|weeks?|days?|jahren?|monaten?|wochen|tage|años?|anos|mes(?:es)?|semanas?"
    r"|d[ií]as?"
    r"|ans|mois|semaines?|jours?|anni|anno|mes[ei]|settiman[ae]|giorn[io])"
)
_BEFORE = (
    r"ages?|aged|edad|alter|età|idade|turn(?:ed|ing)?|s?he (?:was|is)|i (?:was|am)|they (?:were"
    r"|are)|anni"
)
AGE_TRIGGER = (
    rf"(?i)[0-9][ -]{{1,2}}{_UNITS}\b|[0-9] ?(?:y/o|y\.o|yo|yrs?/o|m/o)\b|[0-9] ?-?jährig"
    rf"|(?:\b(?:{_BEFORE})|âg(?:e|ée?))[ :=(/]"  # in bytes only ASCII's letters have an edge
)
# Bounded, since what is not costs a prefilter four times as much.
AGE_IN_WORDS_TRIGGER = (
    rf"(?i)\b(?:{NUMBER_STEM})[a-zäöüéúíóß-]{{0,24}}[ -]{{1,2}}{_UNITS}\b"
    rf"|\b(?:{NUMBER_STEM})[a-zäöüß]{{0,24}}jährig"
    rf"|(?:\b(?:{_BEFORE})|âg(?:e|ée?))[ :=(/]{{1,2}}(?:{NUMBER_STEM})"
)
