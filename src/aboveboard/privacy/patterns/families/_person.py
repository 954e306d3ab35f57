"""What a text says of a person in one word: a title before the name, the sex in a form."""

import re
from collections.abc import Iterator

from aboveboard.privacy._span import PersonalData
from aboveboard.privacy.patterns._labels import is_labelled, labelled
from aboveboard.privacy.patterns.families._titles import BEFORE_NAMES, SURE

_SURE_TITLE = re.compile(rf"(?<![\w.-])(?:{SURE})(?![\w-])")
_TITLE = re.compile(rf"(?<![\w.-])(?:{BEFORE_NAMES})(?![\w-])")
_NAME = re.compile(r" {1,2}[A-ZÀ-ÖØ-ÞŁŚŻŽČŠ][^\W\d_]")
TITLE_TRIGGER = rf"\b(?:{SURE}|{BEFORE_NAMES})"


def find_title(text: str, start: int, end: int) -> Iterator[PersonalData]:
    """Forms of address in English, German, Spanish, French and Italian, before a name.

    The start of the next word is looked at: titles end regions, but a text is not judged before that word is
    there.
    """
    for match in _SURE_TITLE.finditer(text, start, end):
        yield PersonalData(match.start(), match.end(), "title", 0.9)
    for match in _TITLE.finditer(text, start, end):
        if _NAME.match(text, match.end()):
            yield PersonalData(match.start(), match.end(), "title", 0.8)


_FEW = (
    r"[Mm]ale|[Ff]emale|[Mm]an|[Ww]oman|[Bb]oy|[Gg]irl|[Hh]ombre|[Mm]ujer|[Vv]ar[oó]n|[Nn]iñ[oa]"
    r"|[Mm]asculin[oae]?"
    r"|[Ff]emenin[oa]|[Ff]éminin|[Ff]emminile|[Mm]aschile|[Mm]aschio|[Ff]emmina|[Mm]ännlich"
    r"|[Ww]eiblich|[Dd]ivers|[Hh]omme"
    r"|[Ff]emme|[Gg]arçon|[Ff]ille|[Uu]omo|[Dd]onna|[Mm]ann|[Ff]rau|[Nn]on-binary|[Nn]onbinary|[Ii]ntersex"
    r"|[Tt]ransgender|MALE|FEMALE|HOMBRE|MUJER"
)
GENDER = labelled(
    "gender",
    r"(?:sex|gender|sexo|género|geschlecht|sexe|genre|sesso|genere|gender identity"
    r"|biological sex)(?=\"?'? ?(?:[:=/]|is\b))",
    rf"(?:{_FEW}|[MFHVWDX])",
    0.9,
)
"""The sex in a form: `Sexo: H`, `gender: female`."""
GENDER_TRIGGER = r"(?i)(?:\b|_)(?:sex|gender|sexo|género|geschlecht|sexe|genre|sesso|genere)[\"' ]{0,2}[:=/i]"

_PATIENT = re.compile(
    r"(?:(?<!\w)(?:pa[tc]ient[ein]{0,2}|paziente|actual)[:,.]?\s{0,2}(?:es |is |est |è )?(?:una? "
    r"|an? |une? |eine? )?"
    r"|(?:years?|yrs?|year)[ -]olds?,? (?:white |black |asian |hispanic |caucasian )?|y/?o\.? |-jährige[rn]? "
    r"|\d años?,? |caso de una? |trata(?:ba)? de una? |de sexo |di sesso |de sexe )\Z",
)
_CLINICAL = re.compile(
    r"(?<!\w)(?:[Mm]ale|[Ff]emale|[Mm]an|[Ww]oman|[Bb]oy|[Gg]irl|[Hh]ombre|[Mm]ujer|[Vv]ar[oó]n"
    r"|[Nn]iñ[oa]|[Hh]omme|[Ff]emme"
    r"|[Uu]omo|[Dd]onna|Mann|Frau|[Ff]emenin[oa]|[Mm]asculin[oa]|[Ff]éminin|[Ff]emminile|[Mm]aschile"
    r"|[Hh]embra)(?P<age>,? (?:de|di|d'|of) (?:\d{1,3}|[^\W\d]+ (?:años|meses)))?(?!\w)"
)
CLINICAL_TRIGGER = (
    r"(?i)\b(?:male|female|man|woman|boy|girl|hombre|mujer|var[oó]n|niñ[oa]|homme|femme|uomo|donna"
    r"|mann|frau|femenin[oa]|masculin[oa]|féminin|femminile|maschile|hembra)\b"
)


def find_clinical_gender(text: str, start: int, end: int) -> Iterator[PersonalData]:
    """The sex of a patient: `paciente varón`, `79 year old female`, `mujer de 66 años`."""
    for match in _CLINICAL.finditer(text, start, end):
        if match["age"] or is_labelled(text, match.start(), _PATIENT):
            finish = match.start("age") if match["age"] else match.end()
            yield PersonalData(match.start(), finish, "gender", 0.8)
