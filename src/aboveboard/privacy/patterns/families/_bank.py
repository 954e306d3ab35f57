"""Banks and accounts: BIC, account numbers with the codes that go before them."""

import re
from collections.abc import Iterator

from aboveboard.privacy._span import PersonalData
from aboveboard.privacy.patterns._labels import is_labelled, label, labelled, trigger

# ISO 3166 codes of the countries that IBANs and most payments are of.
_COUNTRIES = (
    "AD AE AL AR AT AU AZ BA BE BG BH BR BY CA CH CL CN CO CR CY CZ DE DK DO EE EG ES FI FO FR GB GE"
    " GI GL GR GT"
    " HK HR HU IE IL IN IQ IS IT JO JP KR KW KZ LB LC LI LT LU LV LY MA MC MD ME MK MR MT MU MX MY"
    " NG NL NO NZ PE PH"
    " PK PL PS PT QA RO RS RU SA SC SE SG SI SK SM ST SV TH TL TN TR TW UA US UY VA VE VG XK ZA"
)
_COUNTRY = "|".join(_COUNTRIES.split())
_BIC = re.compile(rf"(?<!\w)[A-Z]{{4}}(?:{_COUNTRY})[A-Z0-9]{{2}}(?:[A-Z0-9]{{3}})?(?!\w)")
_BIC_LABEL = label(r"bic|swift(?:[ -]?code)?|bic/swift|swift/bic|bank identifier")
_BESIDE_IBAN = re.compile(r"[A-Z]{2}\d{2}[ A-Z0-9]{11,38}[\s,;/()|]{1,4}\Z")
BIC_TRIGGER = r"\b(?:BIC|[Bb]ic|SWIFT|[Ss]wift|IBAN|[A-Z]{2}[0-9]{2} ?[A-Z0-9]{4})"


def find_bic(text: str, start: int, end: int) -> Iterator[PersonalData]:
    """Bank identifier codes (ISO 9362) after a word for them or right after an IBAN."""
    for match in _BIC.finditer(text, start, end):
        place = match.start()
        if is_labelled(text, place, _BIC_LABEL) or _BESIDE_IBAN.search(text, max(0, place - 47), place):
            yield PersonalData(place, match.end(), "bic", 0.9)


_ACCOUNT = (
    r"(?:bank |checking |savings |current |deposit |giro )?(?:account|acct|a/c)(?: ?(?:number|num|no|nr|#))?"
    r"|kontonummer|konto-?nr|konto|numéro de compte|compte(?: bancaire)?|cuenta(?: bancaria| corriente)?"
    r"|n[.º°]{0,2} de cuenta|numero di conto|conto(?: corrente)?|c/c|rekening(?:nummer)?|ccc|clabe"
    r"|cbu|conta corrente"
)
ACCOUNT = labelled(
    "bank-account",
    _ACCOUNT,
    r"\d{6,12}|\d{4}[ -]\d{4}[ -]\d{2}[ -]\d{10}|\d{17,22}"
    r"|\d{2,4}[ -]\d{3,4}[ -]\d{3,6}(?:[ -]\d{1,4})?|\d{4,8}-\d{1,2}",
    0.8,
)
"""An account's number after a word for it."""
ACCOUNT_TRIGGER = trigger(
    r"account|acct|a/c|konto|numéro de compte|compte|cuenta|conto\b|c/c\b|rekening|ccc\b|clabe"
    r"|cbu\b|conta "
)

_SORT = labelled(
    "bank-account",
    r"sort[ -]?code|s/c|blz|bankleitzahl|bsb",
    r"\d{2}[ -]\d{2}[ -]\d{2}|\d{6}|\d{3} \d{3} \d{2}|\d{8}|\d{3}-\d{3}",
    0.85,
)
SORT_CODE = _SORT
"""A British sort code, a German Bankleitzahl or an Australian BSB."""
SORT_TRIGGER = trigger(r"sort[ -]?code|s/c\b|blz\b|bankleitzahl|bsb\b")


def is_routing(written: str) -> bool:
    """Whether nine digits pass the ABA's check (weights 3, 7, 1; Accredited Standards X9.100)."""
    weighted = (int(digit) * weight for digit, weight in zip(written, (3, 7, 1) * 3, strict=True))
    return sum(weighted) % 10 == 0 and written[:2] <= "32"


ROUTING = labelled("bank-account", r"routing(?: transit)?|aba|rtn", r"\d{9}", 0.95, is_routing)
"""A US routing number."""
ROUTING_TRIGGER = trigger(r"routing|aba\b|rtn\b")
