"""Numbers by which states know people. A weak check digit also needs a word that says what the number is."""

from aboveboard.privacy.patterns.families import _check_digits as checks
from aboveboard.privacy.patterns.families._shapes import Kind, ShapedNumbers, kind

_EIGHT_AND_LETTER = "99999999A|99999999-A|99999999 A|99.999.999-A|99.999.999A"
_ELEVEN = "99999999999"
_BALKAN = "jmbg|emšo|emso|matični broj|maticni broj|матични број"
_PENSION = (
    "rentenversicherung(?:s-?(?:nummer|nr))?|sozialversicherungs?-?(?:nummer|nr|ausweis)|versicherungsnummer"
    "|rvnr|rv-?nummer|rv-nr|vsnr|svnr|sv-?nummer|sv-nr"
)
_NINO = "AA999999A|AA 99 99 99 A|AA 999999 A|AA-99-99-99-A"

# Kinds without words are those whose checks leave one number in a hundred or fewer, or whose punctuation
# nothing else has.
NATIONAL_IDS = ShapedNumbers(
    "national-id",
    (
        kind("AR", "99.999.999|99999999|9.999.999", "ar.dni", "dni|documento nacional", 0.8),
        kind("BA RS ME MK SI", "9999999999999", "si.emso", _BALKAN),
        kind("BE", "999-9999999-99", "be.eid", names="identiteitskaart|carte d'identité|eid"),
        kind("BE", "99.99.99-999.99|99.99.99-999-99", "be.bis"),
        kind(
            "BE",
            "99.99.99-999.99|99.99.99-999-99|99.99.99-99999",
            "be.nn",
            names="rijksregister(?:nummer)?|insz|niss|numéro national|national number",
        ),
        kind(
            "BE",
            _ELEVEN,
            "be.nn",
            "rijksregister(?:nummer)?|insz|niss|numéro national|numero national|national number",
        ),
        kind("BG", "9999999999", "bg.egn", "egn|егн|unified civil number"),
        kind("BG", "9999999999", "bg.pnf", "лнч|lnch|pnf"),
        kind("BR", "999.999.999-99", "br.cpf", names="cpf"),
        kind("BR", "99999999999|999999999-99", "br.cpf", "cpf"),
        kind(
            "CA",
            "999999999|999-999-999|999 999 999",
            "ca.sin",
            "sin|social insurance(?: number)?|nas",
            names="social insurance number|sin number|sin(?= ?[:#])",
        ),
        kind(
            "CH", "999.9999.9999.99", "ch.ssn", names="ahv|avs|oasi|ahvn13|sozialversicherungsnummer|ahv-nr"
        ),
        kind(
            "CH",
            "9999999999999|999 9999 9999 99",
            "ch.ssn",
            "ahv|avs|oasi|ahvn13|sozialversicherung(?:snummer)?|numéro avs|ahv-nr",
        ),
        kind("CL", "99.999.999-9|9.999.999-9|99.999.999-A|9.999.999-A", "cl.rut", names="rut"),
        kind("CL", "99999999-9|9999999-9|99999999-A|9999999-A", "cl.rut", "rut|run", names="rut"),
        kind(
            "CN",
            "999999999999999999|99999999999999999A",
            "cn.ric",
            names="身份证(?:号码?)?|身分證|resident id(?:entity)?|chinese id",
        ),
        kind(
            "CO", "9999999999|99999999|9.999.999.999|99.999.999", "", "cédula(?: de ciudadanía)?|cedula", 0.8
        ),
        kind("CR", "99-9999-9999|9-9999-9999", "cr.cpf", "cédula|cedula"),
        kind("CU", _ELEVEN, "cu.ni", "carnet de identidad|carné de identidad|número de identidad"),
        kind("CZ SK", "999999/9999", "cz.rc", names="rodné číslo|rodne cislo|r\\.č"),
        kind("CZ SK", "9999999999|999999/999", "cz.rc", "rodné číslo|rodne cislo|r\\.č|birth number"),
        Kind("AE", ("999-9999-9999999-9",), checks.is_emirates_id),
        Kind(
            "DE",
            ("99 999999 A 999", "99999999A999", "99 999999A999", "99999999 A 999", "99-999999-A-999"),
            checks.is_german_pension_number,
            names=_PENSION,
        ),
        kind("DK", "999999-9999|9999999999", "dk.cpr", "cpr|cpr-nr|cpr-nummer|personnummer"),
        kind("DO", "999-9999999-9", "do.cedula", names="cédula|cedula"),
        kind("EC", "9999999999", "ec.ci", "cédula|cedula"),
        kind("EE LT", _ELEVEN, "ee.ik", "isikukood|asmens kodas|personal code"),
        kind("ES", _EIGHT_AND_LETTER, "es.dni", names="d\\.?n\\.?i|n\\.?i\\.?f|dni/nie|nif/nie"),
        kind(
            "ES",
            "A9999999A|A-9999999-A|A9999999-A|A-9999999A|A 9999999 A",
            "es.nie",
            names="n\\.?i\\.?e|n\\.?i\\.?f|dni/nie|nif/nie",
        ),
        kind("FI", "999999999999", "fi.veronumero", "veronumero"),
        kind(
            "FI",
            "999999-999A|999999-9999|999999A999A|999999A9999|999999+9999",
            "fi.hetu",
            names="hetu|henkilötunnus|personbeteckning",
        ),
        kind(
            "FR",
            "9 99 99 99 999 999 99|999999999999999|9999999999999 99|9 99 99 9A 999 999 99"
            "|999999A99999999|9.99.99.99.999.999.99",
            "fr.nir",
            names="nir|insee|(?:n°|numéro|no)(?: de)? sécu(?:rité sociale)?|sécurité sociale",
        ),
        Kind(
            "GB",
            tuple(_NINO.split("|")),
            checks.is_british_insurance_number,
            "",
            0.9,
            "nino|ni number|ni no|national insurance(?: number)?",
        ),
        kind("GB", "A999999999999", "gb.upn", "upn|unique pupil number"),
        Kind("GH", ("AAA-999999999-9",), checks.is_ghana_card, "", 0.9),
        kind("GR", _ELEVEN, "gr.amka", "amka|αμκα"),
        kind("HR", _ELEVEN, "hr.oib", "oib|osobni identifikacijski broj"),
        Kind(
            "HU",
            ("99999999999", "9-999999-9999", "9 999999 9999"),
            checks.is_hungarian_id,
            "személyi szám|személyi azonosító|szemelyi szam",
        ),
        kind("ID", "9999999999999999", "id.nik", "nik|ktp|no ktp"),
        kind("IE", "9999999A|9999999AA", "ie.pps", "pps|ppsn|pps number|personal public service"),
        kind(
            "IL",
            "999999999|99999999-9|99999999",
            "il.idnr",
            "teudat zehut|israeli id|ת\\.?ז|תעודת זהות|מספר זהות",
        ),
        kind(
            "IN",
            "9999 9999 9999|999999999999|9999-9999-9999",
            "in_.aadhaar",
            "aadhaar|aadhar|uidai|uid",
            names="aadhaar|aadhar|uidai",
        ),
        kind("IN", "AAA9999999", "in_.epic", "epic|voter id|election card"),
        kind("IN", "9999999999999999|9999 9999 9999 9999", "in_.vid", "vid|virtual id"),
        kind("IS", "999999-9999|9999999999", "is_.kennitala", "kennitala|kt"),
        kind("IT", "AAAAAA99A99A999A", "it.codicefiscale", names="codice fiscale|cod\\. ?fisc|c\\.f|cf"),
        kind(
            "JP",
            "999999999999|9999 9999 9999|9999-9999-9999",
            "jp.in_",
            "my number|mynumber|individual number|マイナンバー|個人番号",
        ),
        kind("KR", "999999-9999999", "kr.rrn", names="주민등록번호|rrn|resident registration"),
        kind("LT", _ELEVEN, "lt.asmens", "asmens kodas"),
        Kind("LU", ("9999999999999",), checks.is_luxembourg_id, "matricule|ccss|identification nationale"),
        kind("LV", "999999-99999", "lv.pvn", "personas kods|personal code"),
        kind("MX", "AAAA999999AAAAAA99|AAAA999999AAAAAAA9", "mx.curp", names="curp"),
        Kind("MY", ("999999-99-9999",), checks.has_date, "", 0.8),
        kind("NL", "999999999|9999.99.999|999.999.999", "nl.bsn", "bsn|burgerservicenummer|sofinummer|sofi"),
        kind("NL", "999999999", "nl.onderwijsnummer", "onderwijsnummer"),
        kind(
            "NO",
            "999999 99999|99999999999",
            "no.fodselsnummer",
            "fødselsnummer|fodselsnummer|personnummer|fnr",
        ),
        kind("PE", "99999999-9|99999999-A", "pe.cui", "cui|dni|documento nacional"),
        kind("PE", "99999999", "", "dni|documento nacional", 0.8),
        kind("PK", "99999-9999999-9", "pk.cnic", "", 0.9, names="cnic"),
        kind("PL", _ELEVEN, "pl.pesel", "pesel"),
        kind("PT", "99999999 9 AA9|999999999AA9|99999999 9AA9", "pt.cc", names="cartão de cidadão|cc"),
        kind("RO", "9999999999999", "ro.cnp", "cnp|cod numeric personal"),
        Kind("RU", ("999-999-999 99", "999-999-999-99"), checks.is_russian_insurance_number),
        Kind("RU", (_ELEVEN,), checks.is_russian_insurance_number, "снилс|snils"),
        kind(
            "SE",
            "999999-9999|99999999-9999|999999+9999",
            "se.personnummer",
            "",
            0.85,
            names="personnummer|personnr|pnr",
        ),
        kind("SE", "999999999999|9999999999", "se.personnummer", "personnummer|personnr|pnr"),
        Kind("SG", ("A9999999A",), checks.is_singapore_id, "", 0.9, "nric|fin"),
        kind("TH", "9-9999-99999-99-9|9 9999 99999 99 9", "th.pin", names="thai id|citizen id"),
        kind("TH", "9999999999999", "th.pin", "thai id|national id|citizen id|บัตรประชาชน"),
        kind("TR", _ELEVEN, "tr.tckimlik", "t\\.?c\\.?(?: kimlik)?(?: no)?|tckn|kimlik(?: no| numarası)?"),
        Kind("SA", ("9999999999",), checks.is_saudi_id, "iqama|saudi id|رقم الهوية|رقم الإقامة|national id"),
        Kind("TW", ("A999999999",), checks.is_taiwanese_id, "taiwan(?:ese)? id|身分證(?:字號)?|身份證", 0.95),
        kind("VE", "A-99999999-9|A-999999999|A99999999-9", "ve.rif", "rif|cédula"),
        kind(
            "ZA",
            "9999999999999|999999 9999 999",
            "za.idnr",
            "(?:sa|rsa|south african)? ?id(?:entity)?",
            names="sa id|south african id|rsa id",
        ),
        Kind("US", ("9999999999",), checks.is_provider, "npi|national provider(?: identifier)?", 0.9),
        Kind("US", ("AA9999999",), checks.is_enforcement_number, "dea", 0.9),
    ),
)
