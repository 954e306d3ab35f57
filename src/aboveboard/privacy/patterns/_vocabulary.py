"""Words that may be part of one thing written with spaces: months, numbers in words, units of age."""

from aboveboard.privacy.patterns._expansion import words_of

_MONTHS = (
    "jan(?:uary|uar|vier|ner)?|januar|feb(?:ruary|ruar|rero|braio)?|f[eé]v(?:rier)?|mar(?:ch|s|zo)?|märz"
    "|apr(?:il|ile)?|avr(?:il)?|ma(?:y|i|yo)|jun(?:e|i|io)?|juin|jul(?:y|i|io)?|juil(?:let)?|aug(?:ust)?|ao[uû]t"
    "|ago(?:sto)?|sept?|sept?(?:ember|embre)|settembre|set|septiembre|setiembre|o[ck]t(?:ober|obre|ubre)?"
    "|ott(?:obre)?|nov(?:ember|embre|iembre)?|d[eé][cz](?:ember|embre)?|dic(?:iembre|embre)?|enero|ene|abr(?:il)?"
    "|gen(?:naio)?|mag(?:gio)?|giu(?:gno)?|lug(?:lio)?"
)
_TENS = (
    "twenty|thirty|fou?rty|fifty|sixty|seventy|eighty|ninety|treinta|cuarenta|cincuenta|sesenta|setenta|ochenta"
    "|noventa|vingt|vingts|trente|quarante|cinquante|soixante|septante|huitante|nonante|quatre-vingts?"
    "|zwanzig|drei(?:ß|ss)ig|vierzig|fünfzig|sechzig|siebzig|achtzig|neunzig|venti|trenta|quaranta|cinquanta"
    "|sessanta|settanta|ottanta|novanta"
)
_ONES = (
    "one|two|three|four|five|six|seven|eight|nine|uno|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|deux|trois"
    "|quatre|cinq|sept|huit|neuf|due|tre|quattro|cinque|sei|sette|otto|nove|eins?|zwei|drei|vier|fünf|sechs"
    "|sieben|acht|neun|un|une"
)
_TEENS = (
    "ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|diez|once|doce|trece|catorce|quince|veinte"
    "|dieci(?:séis|seis|siete|ocho|nueve)?|veinti(?:ún|uno|una|dós|dos|trés|tres|cuatro|cinco|séis|seis|siete|ocho)"
    "|veintinueve|dix|dix-(?:sept|huit|neuf)|onze|douze|treize|quatorze|quinze|seize|undici|dodici|tredici"
    "|quattordici|quindici|sedici|dicias?sette|diciotto|diciannove|zehn|elf|zwölf"
    "|(?:drei|vier|fünf|sech|sieb|acht|neun)zehn"
)
_SUBJECTS = "mujer|var[oó]n|hombre|ni[ñn][oa]"
_UNITS = (
    "years?|yrs?|months?|weeks?|days?|olds?|age|alt|alte|alten|alter|altes|jahre?|jahren|monate?|monaten|wochen"
    "|tage|años?|anos?|mes|meses|semanas?|d[ií]as?|ans|mois|semaines?|jours?|anni|mes[ei]|settiman[ae]|giorn[io]|y"
    "|et|edad|vida|âge|età|y/o|y.o|yo|yrs/o|m/o"
)


def _joined() -> set[str]:
    """What languages write as one: seventy-five, fünfundsiebzig, settantacinque."""
    tens, ones = set(words_of(_TENS)), set(words_of(_ONES))
    pairs = {f"{ten}-{one}" for ten in tens for one in ones}
    german = {f"{one}und{ten}" for ten in tens for one in ones if ten.endswith("ig")}
    italian = {f"{stem}{one}" for ten in tens if ten[-1] in "ai" for stem in (ten, ten[:-1]) for one in ones}
    french = {f"{ten}-{teen}" for ten in ("soixante", "quatre-vingt") for teen in words_of(_TEENS)}
    return pairs | german | italian | french


NUMBER_WORDS = frozenset({*words_of(f"{_TENS}|{_ONES}|{_TEENS}"), *_joined()})
MONTH_WORDS = frozenset(words_of(_MONTHS))
UNIT_WORDS = frozenset(words_of(_UNITS))
_TITLES = (
    "miss|dr|prof|professor|profesora?|professeure?|professore|doctora?|docteure?|dottore|dottoressa|sr|sr.|sres|sres."
    "|señora?|señorita|don|doña|d.|dn.|herrn?|frau|fräulein|m.|mm.|monsieur|madame|mademoiselle|maître|me|sig.|sigg."
    "|signora?|signorina|avv.|ing.|rev|rev.|reverend|father|sister|sir|dame|lady|lord|capt|capt.|captain|sgt|sgt."
    "|sergeant|lt|lt.|col|col.|colonel|gen.|judge|senator|sen.|hon."
)
TITLE_WORDS = frozenset(words_of(_TITLES))
"""Forms of address, in lower case, that are one only before a name."""

BEGINNINGS = (NUMBER_WORDS - {"un", "une", "una", "uno", "one"}) | MONTH_WORDS | set(words_of(_SUBJECTS))
"""In lower case: what a number or a unit may go on with (`mujer de 53 años`)."""

RUN_WORDS = NUMBER_WORDS | MONTH_WORDS | UNIT_WORDS | {"of", "de", "del", "-", "–", "/"}
"""In lower case: what may go on with what stands before it."""
