"""Numbers in words up to ninety-nine, in English, German, Spanish, French and Italian."""

_EN_TENS = "twenty|thirty|fou?rty|fifty|sixty|seventy|eighty|ninety"
_EN_ONES = "one|two|three|four|five|six|seven|eight|nine"
_EN = (
    rf"(?:{_EN_TENS})(?:[ -](?:{_EN_ONES}))?|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh"
    rf"|nine)teen|{_EN_ONES}"
)
_DE_ONES = "ein|eins|zwei|drei|vier|fünf|sechs|sieben|acht|neun"
_DE_TENS = "zwanzig|dreißig|dreissig|vierzig|fünfzig|sechzig|siebzig|achtzig|neunzig"
_DE = (
    rf"(?:(?:{_DE_ONES})und)?(?:{_DE_TENS})|zehn|elf|zwölf|(?:drei|vier|fünf|sech|sieb|acht"
    rf"|neun)zehn|{_DE_ONES}"
)
_ES_ONES = "un|uno|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve"
_ES_TENS = "treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa"
_ES = (
    rf"(?:{_ES_TENS})(?: y (?:{_ES_ONES}))?|veinti(?:ún|un[oa]|dós|dos|trés|tres|cuatro|cinco|séis"
    rf"|seis|siete|ocho|nueve)"
    rf"|veinte|diez|once|doce|trece|catorce|quince|dieci(?:séis|seis|siete|ocho|nueve)|{_ES_ONES}"
)
_FR_ONES = "une?|deux|trois|quatre|cinq|six|sept|huit|neuf"
_FR_TEENS = "dix(?:[ -](?:sept|huit|neuf))?|onze|douze|treize|quatorze|quinze|seize"
_FR = (
    rf"quatre[ -]vingts?(?:[ -](?:{_FR_TEENS}|{_FR_ONES}))?|soixante(?:[ -](?:et[ -])?(?:{_FR_TEENS}"
    rf"|{_FR_ONES}))?"
    rf"|(?:vingt|trente|quarante|cinquante|septante|huitante|nonante)(?:[ -](?:et[ -])?(?:{_FR_ONES}))?"
    rf"|{_FR_TEENS}|{_FR_ONES}"
)
_IT_ONES = "un[oa]?|due|tre|tré|quattro|cinque|sei|sette|otto|nove"
_IT = (
    rf"(?:venti?|trenta?|quaranta?|cinquanta?|sessanta?|settanta?|ottanta?|novanta?)(?:{_IT_ONES})?"
    rf"|dieci|undici|dodici|tredici|quattordici|quindici|sedici|dicias?sette|diciotto|diciannove|{_IT_ONES}"
)

NUMBER_WORD = f"(?i:{_EN}|{_DE}|{_ES}|{_FR}|{_IT})"
"""An expression (longest forms first within a language) of one number in words."""

NUMBER_STEM = (
    "twent|thirt|fou?rt|fift|sixt|sevent|eight|ninet|ten|eleven|twelve|one|two|three|four|five|six"
    "|seven|nine|zwanzig"
    "|drei|vier|fünf|sech|sieb|acht|neun|zehn|elf|zwölf|ein|zwei|treint|cuarent|cincuent|sesent"
    "|setent|ochent|novent|veint"
    "|diec|diez|once|doce|trece|catorc|quince|un|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|quatre"
    "|soixant|vingt|trent"
    "|quarant|cinquant|septant|huitant|nonant|dix|onze|douze|treiz|quatorz|quinz|seiz|deux|trois"
    "|cinq|sept|huit|neuf"
    "|sessant|settant|ottant|undici|dodic|tredic|quattord|quindic|sedic|dici|due|tre|quattro|cinque"
    "|sei|sette|otto|nove"
)
"""How such numbers begin, for a prefilter."""
