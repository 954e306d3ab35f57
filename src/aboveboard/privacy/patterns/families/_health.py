"""Numbers of patients: what health systems and hospitals know them by."""

from aboveboard.privacy.patterns._labels import labelled, trigger
from aboveboard.privacy.patterns.families import _check_digits as checks
from aboveboard.privacy.patterns.families._shapes import Kind, ShapedNumbers, kind

_KVNR = (
    r"kvnr|krankenversicher(?:ten|ungs)-?(?:nummer|nr)|versicherten-?(?:nummer|nr|id)|egk|health insurance"
)

HEALTH_IDS = ShapedNumbers(
    "health-id",
    (
        kind(
            "AT",
            "9999 999999|9999999999",
            "at.vnr",
            "svnr|sv-nr|sozialversicherungsnummer|versicherungsnummer",
        ),
        Kind(
            "AU",
            ("9999 99999 9", "9999999999"),
            checks.is_australian_medicare,
            "medicare",
            names="medicare (?:card|number|no)",
        ),
        kind("CA", "9999 999 999|9999999999", "ca.bc_phn", "phn|personal health number|bc services"),
        kind(
            "CA",
            "9999-999-999-AA|9999-999-999|9999 999 999|9999 999 999 AA|9999999999AA|9999999999",
            "",
            "ohip|health card|hcn",
            0.85,
        ),
        Kind("DE", ("A999999999",), checks.is_german_insured, _KVNR),
        Kind(
            "ES", ("AAAA9999999999", "AAAA999999999999"), checks.is_plain_capitals, "cipa?|tarjeta sanitaria"
        ),
        Kind(
            "ES",
            ("99 99999999 99", "999999999999", "99/99999999/99", "99-99999999-99"),
            checks.is_spanish_insured,
            "seguridad social|afiliación|n\\.?u?\\.?a?\\.?s\\.?s",
        ),
        Kind(
            "EU",
            ("99999999999999999999", "99999 99999 9999999999", "99999 99999 99999 99999"),
            checks.is_european_health_card,
        ),
        Kind(
            "HU", ("999 999 999", "999-999-999", "999999999"), checks.is_hungarian_insured, "taj(?:-?szám)?"
        ),
        kind("GB", "999 999 9999|999-999-9999|9999999999", "gb.nhs", "nhs"),
        Kind("NZ", ("AAA9999",), checks.is_plain_capitals, "nhi", 0.85),
        kind("PT", "999999999|999 999 999", "", "utente|sns", 0.8),
        Kind(
            "US",
            ("9AA9-AA9-AA99", "9A99-A99-AA99", "9AA9-A99-AA99", "9A99-AA9-AA99"),
            checks.is_us_beneficiary,
        ),
        Kind(
            "US",
            ("9AA9AA9AA99", "9A99A99AA99", "9AA9A99AA99", "9A99AA9AA99"),
            checks.is_us_beneficiary,
            "",
            0.85,
        ),
    ),
)

_INSURED = (
    r"n\.?a\.?s\.?s|n\.?u?\.?s\.?s|cipa|(?:health |medical )?insurance (?:id|number|no|policy)"
    r"|member id|subscriber id"
    r"|medicaid|medicare(?: id)?|policy (?:holder )?(?:id|number|no)|health (?:id|plan)"
    r"|tessera sanitaria|carte vitale"
    r"|mutuelle|krankenkassennummer|versicherungsnummer|número de afiliación|tarjeta sanitaria"
)
INSURED = labelled(
    "health-id",
    _INSURED,
    r"\d{2,4}(?:[ /-]\d{1,9}){1,5}|[A-Z]{0,4}-?\d[\dA-Z/-]{4,18}(?<![/-])|[a-z]{2,4}[-/]\d{4,12}",
    0.8,
)
"""A number that its label calls that of an insured person."""
INSURED_TRIGGER = trigger(
    r"n\.?a\.?s\.?s\b|n\.?u?\.?s\.?s\b|cipa\b|insurance|member id|subscriber id|medicaid|medicare|policy"
    r"|health |tessera|carte vitale|mutuelle|krankenkassen|versicherungs|afiliaci|tarjeta"
)

_RECORD = (
    r"m\.?r\.?n|n\.?h\.?c|medical record|(?:patient|hospital|chart|encounter|inpatient|admission)[ -]?"
    r"(?:record|file|id|identifier|number|no|nr|#)|n[.oº°]{0,2}(?:mero)?(?: de)? historia(?: cl[ií]nica)?"
    r"|número de historia(?: cl[ií]nica)?|historia cl[ií]nica(?: n[.oº°]{0,2})?|h\.?c\.?(?= ?n)|episodio"
    r"|expediente(?: cl[ií]nico)?|fall-?(?:nummer|nr)|patienten?-?(?:nummer|nr|id)|pat\.?-?(?:nr|id)"
    r"|aufnahme-?(?:nummer|nr)|krankenakte|dossier (?:médical|patient)|numéro (?:de )?(?:dossier"
    r"|patient)|ipp|iep"
    r"|cartella clinica|numero (?:di )?cartella|nosologico|(?:codice|id) paziente"
)
RECORD = labelled("medical-record", _RECORD, r"[A-Z]{0,4}[-/]?\d[\dA-Z./-]{2,15}(?<![./-])", 0.85)
"""The number of a patient's file or stay."""
RECORD_TRIGGER = trigger(
    r"m\.?r\.?n\b|n\.?h\.?c\b|medical record|(?:patient|hospital|chart|encounter|inpatient|admission)[ -]?"
    r"(?:record|file|id|number|n[or]|#)|historia|h\.?c\.? ?n|episodio|expediente|fall-?n|patienten?-?(?:n|id)"
    r"|pat\.?-?(?:nr|id)|aufnahme|krankenakte|dossier|numéro|ipp\b|iep\b|cartella|nosologico|paziente"
)
