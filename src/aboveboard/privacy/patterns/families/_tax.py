"""Numbers under which tax offices know people and their trades."""

from aboveboard.privacy.patterns.families import _check_digits as checks
from aboveboard.privacy.patterns.families._shapes import Kind, ShapedNumbers, kind

_VAT = (
    r"vat(?: reg(?:istration)?)?|ust-?id(?:nr|-nr)?|umsatzsteuer-?id|uid|tva|btw|iva|moms"
    r"|n\.?i\.?f|nip|dič|dic"
)
_VAT_NAMES = r"vat(?: reg(?:istration)?)?|ust-?id(?:nr|-nr)?|umsatzsteuer-?id|tva|btw"
# As they are printed: the country apart or not, the digits in groups or not.
_VAT_SHAPES = (
    "AA999999999|AA99999999|AA99999999999|AAA99999999|AA999999999A99|AA9999999999|AA999999999999|AAA9999999A"
    "|AA9999999A|AA9999999AA|AA 999999999|AA 9999999999|AA 99999999999|AA 999 999 999|AA 9999.999.999"
    "|AA 999999999 A99|AA 99 999999999|AA99 999 999 999|AA 99 999 999 999|AAA 99999999|AA 99 99 99 99"
)
_SPACED_VAT = "AA 999 9999 99|AA999 9999 99|AA999999999|AA 999999999|999 9999 99|999999999"
_GERMAN = (
    r"steuer-?id|idnr|steueridentifikationsnummer|steuer-identifikationsnummer|identifikationsnummer"
    r"|tax(?:payer)? id(?:entification)?|tin"
)

TAX_IDS = ShapedNumbers(
    "tax-id",
    (
        kind("AR", "99-99999999-9", "ar.cuit", names="cuit|cuil"),
        kind("AR", "99999999999", "ar.cuit", "cuit|cuil"),
        kind("AT", "99-999/9999|999999999", "at.tin", "steuernummer|st-nr|abgabenkontonummer|finanzamt"),
        kind("AU", "999 999 999|999999999", "au.tfn", "tfn|tax file(?: number)?"),
        kind("AU", "99 999 999 999|99999999999", "au.abn", "abn|australian business"),
        kind("BR", "99.999.999/9999-99", "br.cnpj", names="cnpj"),
        kind("CH", "AAA-999.999.999", "ch.uid", names="uid|mwst|tva|iva"),
        kind("CO", "999.999.999-9|999999999-9|9999999999", "co.nit", "nit"),
        kind("DE", "99 999 999 999|99999999999|99 99 99 99 999", "de.idnr", _GERMAN),
        kind(
            "DE",
            "99/999/99999|999/9999/9999|999/999/99999|9999999999999|9999999999",
            "",
            "steuernummer|steuer-nr|st-?nr|steuernr",
            0.85,
        ),
        kind("ES", "A99999999|A-99999999|A9999999A", "es.cif", "n\\.?i\\.?f|c\\.?i\\.?f"),
        kind("ES", "A9999999A", "es.nif", "n\\.?i\\.?f"),
        kind(
            "FR",
            "9999999999999|99 99 999 999 999",
            "fr.nif",
            "numéro fiscal|numero fiscal|n° fiscal|spi|référence fiscale",
            names="(?:numéro|numero|n°) fiscal|référence fiscale",
        ),
        kind("FR", "99999999999999|999 999 999 99999", "fr.siret", "siret"),
        kind("GB", "9999999999|99999 99999", "gb.utr", "utr|unique tax(?:payer)?(?: reference)?"),
        kind("IN", "99AAAAA9999A9A9", "in_.gstin"),
        Kind("IN", ("AAAAA9999A",), checks.is_indian_account, "", 0.8),
        kind("IT", "99999999999", "it.iva", "partita iva|p\\. ?iva|p\\.i|piva"),
        kind(
            "MX", "AAAA999999AAA|AAAA999999AA9|AAAA9999999A9|AAAA999999999|AAAA999999A99", "mx.rfc", "", 0.85
        ),
        kind("NL", "999999999A99", "nl.btw", "btw(?:-nummer|-nr)?|vat"),
        kind("PE", "99999999999", "pe.ruc", "ruc"),
        kind("PL", "999-999-99-99|9999999999|999-99-99-999", "pl.nip", "nip"),
        kind("PT", "999999999|999 999 999", "pt.nif", "n\\.?i\\.?f|contribuinte|número fiscal"),
        kind("RU", "999999999999|9999999999", "ru.inn", "инн|inn"),
        kind("SK CZ", "9999999999|99999999", "cz.dic", "dič|dic"),
        kind("TR", "9999999999", "tr.vkn", "vkn|vergi(?: kimlik)?(?: no)?"),
        kind("UA", "9999999999", "ua.rntrc", "рнокпп|іпн|rntrc"),
        kind("US", "99-9999999", "us.ein", "ein|fein|employer id(?:entification)?|tax id|federal tax"),
        kind("US", "999-99-9999", "us.itin"),
        kind("US", "999999999", "us.itin", "itin|taxpayer"),
        kind(
            "ZA", "9999999999", "za.tin", "tax(?: reference| ref)?|tin|sars", names="tax ref(?:erence)?|sars"
        ),
        Kind("HU", ("9999999999", "999 999 9999"), checks.is_hungarian_taxpayer, "adóazonosító(?: jel)?"),
        kind("NZ", "99-999-999|999-999-999|99999999|999999999", "nz.ird", "ird"),
        kind("PY", "9999999-9|99999999-9", "py.ruc", "ruc"),
        kind("SV", "9999-999999-999-9", "sv.nit", names="nit"),
        kind("US", "A99999999", "us.ptin", "ptin"),
        kind("US", "999-99-9999", "us.atin", "atin"),
        kind("UY", "999999999999", "uy.rut", "rut"),
        kind("GB", _SPACED_VAT, "gb.vat", "vat(?: reg(?:istration)?)?"),
        kind("EU", _VAT_SHAPES, "eu.vat", _VAT, names=_VAT_NAMES),
    ),
)
