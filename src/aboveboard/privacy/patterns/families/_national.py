"""Numbers by which states know people. A weak check digit also needs a word that says what the number is."""

import re
from collections.abc import Iterator

from aboveboard.privacy._span import PersonalData
from aboveboard.privacy.patterns._context import stands_alone
from aboveboard.privacy.patterns._labels import is_labelled, label, labelled
from aboveboard.privacy.patterns._labels import trigger as label_trigger
from aboveboard.privacy.patterns.families import _check_digits as checks
from aboveboard.privacy.patterns.families._shapes import Kind, ShapedNumbers, kind
from aboveboard.privacy.patterns.families._standard import is_standard

_EIGHT_AND_LETTER = "99999999A|99999999-A|99999999 A|99.999.999-A|99.999.999A"
_ELEVEN = "99999999999"
_BALKAN = "jmbg|emšo|emso|matični broj|maticni broj|матични број"
_NINO = "AA999999A|AA 99 99 99 A|AA 999999 A|AA-99-99-99-A"

# Kinds without words are those whose checks leave one number in a hundred or fewer, or whose punctuation
# nothing else has.
NATIONAL_IDS = ShapedNumbers(
    "national-id",
    (
        kind("AR", "99.999.999|99999999|9.999.999", "ar.dni", "dni|documento nacional", 0.8),
        kind("BA RS ME MK SI", "9999999999999", "si.emso", _BALKAN),
        kind("BE", "99.99.99-999.99|99.99.99-999-99|99.99.99-99999", "be.nn"),
        kind(
            "BE",
            _ELEVEN,
            "be.nn",
            "rijksregister(?:nummer)?|insz|niss|numéro national|numero national|national number",
        ),
        kind("BG", "9999999999", "bg.egn", "egn|егн|unified civil number"),
        kind("BR", "999.999.999-99", "br.cpf"),
        kind("BR", "99999999999|999999999-99", "br.cpf", "cpf"),
        kind("CA", "999999999|999-999-999|999 999 999", "ca.sin", "sin|social insurance(?: number)?|nas"),
        kind("CH", "999.9999.9999.99", "ch.ssn"),
        kind(
            "CH",
            "9999999999999|999 9999 9999 99",
            "ch.ssn",
            "ahv|avs|oasi|ahvn13|sozialversicherung(?:snummer)?|numéro avs|ahv-nr",
        ),
        kind("CL", "99.999.999-9|9.999.999-9|99.999.999-A|9.999.999-A", "cl.rut"),
        kind("CL", "99999999-9|9999999-9|99999999-A|9999999-A", "cl.rut", "rut|run"),
        kind("CN", "999999999999999999|99999999999999999A", "cn.ric"),
        kind(
            "CO", "9999999999|99999999|9.999.999.999|99.999.999", "", "cédula(?: de ciudadanía)?|cedula", 0.8
        ),
        kind("CZ SK", "999999/9999", "cz.rc"),
        kind("CZ SK", "9999999999|999999/999", "cz.rc", "rodné číslo|rodne cislo|r\\.č|birth number"),
        Kind(
            "DE",
            ("A999999999", "A99999999", "AAA9AAAA99", "AAAAAAAAA", "A99A9AAA9A"),
            checks.is_german_document,
            "personalausweis(?:nummer|nr)?|ausweisnummer|ausweis-nr|perso",
            0.85,
        ),
        kind("DK", "999999-9999|9999999999", "dk.cpr", "cpr|cpr-nr|cpr-nummer|personnummer"),
        kind("DO", "999-9999999-9", "do.cedula"),
        kind("EC", "9999999999", "ec.ci", "cédula|cedula"),
        kind("EE LT", _ELEVEN, "ee.ik", "isikukood|asmens kodas|personal code"),
        kind("ES", _EIGHT_AND_LETTER, "es.dni"),
        kind("ES", "A9999999A|A-9999999-A|A9999999-A|A-9999999A|A 9999999 A", "es.nie"),
        kind("FI", "999999-999A|999999-9999|999999A999A|999999A9999|999999+9999", "fi.hetu"),
        kind(
            "FR",
            "9 99 99 99 999 999 99|999999999999999|9999999999999 99|9 99 99 9A 999 999 99"
            "|999999A99999999|9.99.99.99.999.999.99",
            "fr.nir",
        ),
        Kind("GB", tuple(_NINO.split("|")), checks.is_british_insurance_number, "", 0.9),
        kind("GR", _ELEVEN, "gr.amka", "amka|αμκα"),
        kind("HR", _ELEVEN, "hr.oib", "oib|osobni identifikacijski broj"),
        kind("ID", "9999999999999999", "id.nik", "nik|ktp|no ktp"),
        kind("IE", "9999999A|9999999AA", "ie.pps", "pps|ppsn|pps number|personal public service"),
        kind(
            "IL",
            "999999999|99999999-9|99999999",
            "il.idnr",
            "teudat zehut|israeli id|ת\\.?ז|תעודת זהות|מספר זהות",
        ),
        kind("IN", "9999 9999 9999|999999999999|9999-9999-9999", "in_.aadhaar", "aadhaar|aadhar|uidai|uid"),
        kind("IS", "999999-9999|9999999999", "is_.kennitala", "kennitala|kt"),
        kind("IT", "AAAAAA99A99A999A", "it.codicefiscale"),
        kind(
            "JP",
            "999999999999|9999 9999 9999|9999-9999-9999",
            "jp.in_",
            "my number|mynumber|individual number|マイナンバー|個人番号",
        ),
        kind("KR", "999999-9999999", "kr.rrn"),
        kind("LV", "999999-99999", "lv.pvn", "personas kods|personal code"),
        kind("MX", "AAAA999999AAAAAA99|AAAA999999AAAAAAA9", "mx.curp"),
        Kind("MY", ("999999-99-9999",), checks.has_date, "", 0.8),
        kind("NL", "999999999|9999.99.999|999.999.999", "nl.bsn", "bsn|burgerservicenummer|sofinummer|sofi"),
        kind(
            "NO",
            "999999 99999|99999999999",
            "no.fodselsnummer",
            "fødselsnummer|fodselsnummer|personnummer|fnr",
        ),
        kind("PE", "99999999-9|99999999-A|99999999", "", "dni|documento nacional", 0.8),
        kind("PK", "99999-9999999-9", "pk.cnic", "", 0.9),
        kind("PL", _ELEVEN, "pl.pesel", "pesel"),
        kind("PT", "99999999 9 AA9|999999999AA9|99999999 9AA9", "pt.cc"),
        kind("RO", "9999999999999", "ro.cnp", "cnp|cod numeric personal"),
        kind("SE", "999999-9999|99999999-9999|999999+9999", "se.personnummer", "", 0.85),
        kind("SE", "999999999999|9999999999", "se.personnummer", "personnummer|personnr|pnr"),
        Kind("SG", ("A9999999A",), checks.is_singapore_id, "", 0.9),
        kind("TH", "9-9999-99999-99-9|9 9999 99999 99 9", "th.pin"),
        kind("TH", "9999999999999", "th.pin", "thai id|national id|citizen id|บัตรประชาชน"),
        kind("TR", _ELEVEN, "tr.tckimlik", "t\\.?c\\.?(?: kimlik)?(?: no)?|tckn|kimlik(?: no| numarası)?"),
        Kind("TW", ("A999999999",), checks.is_taiwanese_id, "taiwan(?:ese)? id|身分證(?:字號)?|身份證", 0.95),
        kind("VE", "A-99999999-9|A-999999999|A99999999-9", "ve.rif", "rif|cédula"),
        kind("ZA", "9999999999999|999999 9999 999", "za.idnr", "(?:sa|rsa|south african)? ?id(?:entity)?"),
        Kind("US", ("9999999999",), checks.is_provider, "npi|national provider(?: identifier)?", 0.9),
        Kind("US", ("AA9999999",), checks.is_enforcement_number, "dea", 0.9),
    ),
)

_COLLEGIATE = r"n[.oº°]{0,2}\s?col(?:egiad[oa])?|colegiad[oa]|collegiate|lanr|arztnummer|rpps|adeli|gmc|nmc"
COLLEGIATE = labelled("national-id", _COLLEGIATE, r"\d{2}(?: \d{2,6}){1,2}|\d[\d./-]{3,13}\d", 0.85)
"""Numbers under which the professions' registers keep a person."""
COLLEGIATE_TRIGGER = label_trigger(r"n.{0,3}col|colegiad|collegiate|lanr|arztnummer|rpps|adeli|gmc|nmc")

_ANY = labelled(
    "national-id",
    r"(?:national|personal|citizen|government)[ -](?:id|identity|identification)(?: card)?"
    r"|(?:national )?(?:identity|id)[ -](?:card|number)|documento(?: nacional)? de identidad"
    r"|carta d['i ]identità|carte (?:nationale )?d'identité|cni",
    r"[A-Z]{0,3}\d[\dA-Z./-]{5,15}",
    0.75,
)
ANY_ID = _ANY
"""A number that its label calls that of an identity card, whatever the country."""
ANY_ID_TRIGGER = label_trigger(
    r"(?:national|personal|citizen|government)[ -](?:id|identi)|(?:identity|id)[ -](?:card|number)"
    r"|identidad|identità|identité|cni\b"
)

_SSN = re.compile(r"(?<![\w-])\d{3}([ -]?)\d{2}\1\d{4}(?!\w)")
_SSN_LABEL = label(r"ssn|social(?: security)?|soc ?sec|sozialversicherungsnummer \(us\)")
SSN_TRIGGER = r"(?i)\b(?:[0-9]{3}-[0-9]{2}-[0-9]{4}\b|ssn|social|soc ?sec)"


def find_ssn(text: str, start: int, end: int) -> Iterator[PersonalData]:
    """US social security numbers: with dashes, or in any form after words that say so (42 U.S.C. 405)."""
    for match in _SSN.finditer(text, start, end):
        if match[1] != "-" and not is_labelled(text, match.start(), _SSN_LABEL):
            continue
        if is_standard("us.ssn", _dashed(match[0])) and stands_alone(text, *match.span()):
            yield PersonalData(match.start(), match.end(), "ssn", 0.95)


def _dashed(written: str) -> str:
    digits = written.replace(" ", "").replace("-", "")
    return f"{digits[:3]}-{digits[3:5]}-{digits[5:]}"
