"""Ages: a number that its unit or the words before it call the age of a person."""

import re
from collections.abc import Iterator

from aboveboard.privacy._span import PersonalData
from aboveboard.privacy.patterns._labels import in_ascii
from aboveboard.privacy.patterns._numerals import NUMBER_WORD
from aboveboard.privacy.patterns._regions import CONTEXT

_NUMBER = rf"(?:1[0-2]\d|[1-9]?\d(?:[.,]5)?|{NUMBER_WORD})"
_EDGE, _DONE = r"(?<![\w.,/-])", r"(?!\w|[.,]\d)"

# English keeps the number apart from its unit (`53-year-old`), so only the number is the finding.
_ENGLISH = re.compile(
    rf"{_EDGE}(?P<age>{_NUMBER})(?:[ -](?:years?|yrs?|months?|weeks?|days?)[ -](?:old|of age)|-(?:year"
    rf"|month|week|day)-olds?"
    r"| ?(?:y/o|y\.o\.?|yo|yrs?/o|m/o))(?!\w)"
)
_GERMAN = re.compile(
    rf"{_EDGE}(?P<age>{_NUMBER}(?: (?:Jahre|Monate|Wochen|Tage)|(?= ?-?jährig)))(?: alt(?:e[nrsm]?)?"
    rf"|(?: |-)?jährige?[nrsm]?)"
    rf"{_DONE}"
)
_UNIT = (
    r"(?:años?|anos|mes(?:es)?|semanas?|d[ií]as?|ans|mois|semaines?|jours?|anni|anno|mes[ei]"
    r"|settiman[ae]|giorn[io]"
    r"|Jahren?|Monaten?)"
)
_WITH_UNIT = re.compile(rf"{_EDGE}(?P<age>{_NUMBER}  ?{_UNIT})(?P<of> de edad| d'âge| di età)?(?!\w)")
_PERSON = (
    r"varón|varon|mujer|hombre|niñ[oa]|paciente|edad|años de edad|señora?|chic[oa]|joven|adolescente"
    r"|lactante|neonato"
    r"|recién nacid[oa]|hij[oa]|herman[oa]|padre|madre|abuel[oa]|viud[oa]|espos[oa]|persona|patiente?"
    r"|homme|femme"
    r"|enfant|garçon|fille|fils|âgée?|dame|nourrisson|paziente|uomo|donna|bambin[oa]|ragazz[oa]|età"
    r"|neonato|figli[oa]"
    r"|alter|mann|frau|patientin|kind|alter von"
)
_OF_A_PERSON = re.compile(
    rf"(?<!\w)(?:{_PERSON})(?:,| )(?:[^\W\d]+,? ){{0,2}}?(?:de|di|von|d'|:)? ?\Z", re.IGNORECASE
)
_AT_AGE = re.compile(
    r"(?<!\w)(?:a los|con|tiene|tenía|cumpl(?:e|ió)|à l'âge de|âgée? de|il a|elle a|j'ai|a compiuto"
    r"|all'età di|ha|ho"
    r"|di anni|im alter von|mit|tengo|edad|età|âge)[ :]{1,2}\Z",
    re.IGNORECASE,
)
_SPAN_OF_TIME = re.compile(
    r"(?<!\w)(?:hace|durante|desde hace|tras|últimos?|más|menos|cada|próximos?|pendant|depuis|il y a"
    r"|dans|da|per|fa|ogni"
    r"|seit|vor|nach|über)(?: (?:de|que|los|les|gli|unos|about|circa))? \Z",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?<!\w)(?:ages?|aged|edad|alter|âge|età|idade|just turned|(?:has|have|will|is|was) turn(?:ed"
    r"|ing)?|turning"
    r"|(?:when|as) (?:he|she|i|they|you) (?:was|were|am|is)|at(?: the)? age(?: of)?|im alter von"
    r"|à l'âge de|all'età di"
    r"|âgée? de|di anni|edad de)(?: ?\((?:years|años|ans|anni|jahre|yrs)\))?[ :=/]{1,3}(?:of |von |de )?\Z",
    re.IGNORECASE,
)
_AFTER_LABEL = re.compile(rf"{_EDGE}(?P<age>{_NUMBER})(?!\w|[.,%/-]\d|[%°€$])")

AGE_TRIGGER = in_ascii(
    r"(?i)\b(?:years?|yrs?|months?|weeks?|days?)[ -](?:olds?|of age)\b|\b(?:[0-9]|[0-9] )(?:y/o|y\.o"
    r"|yo|yrs?/o|m/o)\b"
    r"|-(?:year|month|week|day)-old|\b(?:jahre|monate|wochen|tage) alt|jährig"
    r"|[a-z0-9]  ?(?:años?|anos|mes(?:es)?|semanas?|d.as?|ans|mois|semaines?|jours?|anni|mesi"
    r"|settiman[ae]|giorn[io]"
    r"|jahren?|monaten?)\b|\b(?:ages?|aged|edad|alter|âge|età|turn(?:ed|ing)|(?:he|she|i|they) (?:was"
    r"|were|am|is)"
    r"|âgée?|anni)[ :=(/]"
)


def find_age(text: str, start: int, end: int) -> Iterator[PersonalData]:
    """Ages in figures or in words up to ninety-nine, in English, German, Spanish, French and Italian."""
    for pattern, confidence in ((_ENGLISH, 0.9), (_GERMAN, 0.9)):
        for match in pattern.finditer(text, start, end):
            yield PersonalData(*match.span("age"), "age", confidence)
    for match in _WITH_UNIT.finditer(text, start, end):
        if match["of"] or _is_of_a_person(text, match.start()):
            yield PersonalData(*match.span("age"), "age", 0.85)
    for match in _AFTER_LABEL.finditer(text, start, end):
        if _LABEL.search(text, max(0, match.start() - CONTEXT + 1), match.start()):
            yield PersonalData(*match.span("age"), "age", 0.8)


def _is_of_a_person(text: str, place: int) -> bool:
    low = max(0, place - CONTEXT + 1)
    if _SPAN_OF_TIME.search(text, low, place):
        return False
    return bool(_OF_A_PERSON.search(text, low, place) or _AT_AGE.search(text, low, place))
