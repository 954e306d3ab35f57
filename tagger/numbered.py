# ruff: noqa: E501, SIM905 - tables of words: one long line reads better than a column
"""What is numbered, measured, dosed, sold or played: capitals and codes that name nobody.

A word that introduces a number (`IBAN`, `item`, `Rechnungs-Nr.`), what stands in the head of a table, a
product with its model, a drug with its dose, a value from a laboratory, teams that are words, parts of hashes.
Every word is drawn from dictionaries or put together at random; of the introducing words two thirds are
letters at random, so that the place before a number is learned and no list of them.
"""

from __future__ import annotations

import random
import string
from collections.abc import Iterator, Sequence

from tagger.encoding import Labelled
from tagger.machine import Write, code, digits, number, texts_with_people, word
from tagger.ordinary import Ordinary

_SCHEMES = {
    "en": "IBAN BIC SWIFT VAT EIN TIN UPC GTIN MPN ASIN DUNS LEI CUSIP ISIN SEDOL PO RMA AWB BOL PIN CVE RFC ISO DIN IEC UL "
    "NCT CPT ICD MRN Eircode Ref Ref. No No. Item Lot Batch Model Serial Part Order Invoice Ticket Case Claim Policy Account "
    "Room Gate Flight Platform Bus Line Exit Route Unit Suite Table Figure Chapter Section Page Volume Grade Level Version Build",
    "de": "IBAN BLZ BIC USt-IdNr. Steuernummer HRB HRA Az. Nr. Artikel-Nr. Bestell-Nr. Kd.-Nr. Rg.-Nr. PZN Charge DIN EN VDE Los "
    "Rechnung Auftrag Vorgang Posten Zimmer Gleis Linie Flug Kapitel Abschnitt Abbildung Tabelle Seite Band Anlage Typ Modell",
    "es": "IBAN NIF CIF NIE CCC Ref. N.º Núm. Exp. Lote Modelo Serie Pedido Factura Albarán Artículo Sala Puerta Vuelo Línea NHC "
    "Capítulo Sección Figura Tabla Página Tomo Anexo Versión Expediente Episodio CIE Nº",
    "fr": "IBAN RIB SIREN SIRET RCS NAF TVA Réf. N° Lot Modèle Série Commande Facture Article Dossier Salle Porte Vol Ligne Quai "
    "Chapitre Section Figure Tableau Page Tome Annexe Version Devis Colis",
    "it": "IBAN P.IVA C.F. REA CIG CUP Rif. N. Lotto Modello Serie Ordine Fattura Articolo Pratica Sala Porta Volo Linea Binario "
    "Capitolo Sezione Figura Tabella Pagina Volume Allegato Versione Bolla Protocollo",
}  # fmt: skip
_STEMS = (
    "mab pril sartan olol statin cillin mycin floxacin azole prazole tidine gliptin gliflozin xaban parin dipine "
    "zepam barbital caine setron triptan vir tinib platin rubicin taxel sone solone profen coxib azepine pine done"
).split()
_ASSAYS = (
    "Hb Hkt Hto Leuko Thrombo Ery MCV MCH MCHC CRP BSG VSG TSH fT3 fT4 GOT GPT GGT AST ALT LDH CK Krea Na K Ca Cl Mg INR "
    "PTT Quick HbA1c LDL HDL PSA CEA BNP pH pCO2 pO2 HCO3 SpO2 RR TA FC HR BP BMI EKG ECG TAC RMN MRT CT EF FEV1 Hgb WBC RBC PLT"
).split()  # fmt: skip
_DOSES = tuple(
    "mg µg g ml mcg IE UI IU mg/kg mg/dl g/dl mmol/l U/l ng/ml pg/ml % mmHg lpm bpm /h /min cp comp Tbl.".split()
)
_SYLLABLES = (
    "ra ve lo xi no tra qua bri zen mo ka tel dy flo lu ne pro sy om vi sta gen cor ax ter ply mi sol nu ver tu"
).split()
_GRADES = tuple(
    "Pro Max Plus Ultra Mini Lite Air Neo GT SE XL HD 4K II III Edition Series Turbo Classic Go One".split()
)
_DOTS = (": ", " ", " ", " ", "-", "", ".: ", " = ", "\t", " #", " no. ", "/", " | ", ",", ": #", " - ")


def numbered_examples(examples: Sequence[Labelled], seed: int, count: int) -> Iterator[Ordinary]:
    """So many texts of one to eight lines; people are those of the examples."""
    yield from texts_with_people(examples, f"numbered {seed}", count, _KINDS)


def _introducer(draw: random.Random, language: str) -> str:
    chance = draw.random()
    if chance < 0.35:
        return draw.choice(_SCHEMES[language].split())
    if chance < 0.7:
        letters = "".join(draw.choices(string.ascii_uppercase, k=draw.choice((2, 2, 3, 3, 3, 4, 4, 5, 6))))
        return letters + draw.choice(("", "", "", "-" + digits(draw)[:2], "."))
    plain = word(draw, language)
    return draw.choice((plain, plain.capitalize(), plain.capitalize(), plain.upper()))


def _reference(draw: random.Random) -> str:
    """A code in groups, as catalogues, banks, parcels and libraries write them."""
    chance = draw.random()
    if chance < 0.3:
        return number(draw)
    if chance < 0.5:
        return code(draw).upper() if draw.random() < 0.7 else code(draw)
    joint, groups = draw.choice((" ", "-", "-", ".", "/", "")), draw.randint(1, 5)
    mixed = string.ascii_uppercase + string.digits * 2
    pool = draw.choice((string.digits, mixed, "0123456789ABCDEF", string.ascii_uppercase, "0123456789abcdef"))
    parts = ["".join(draw.choices(pool, k=draw.choice((1, 2, 3, 4, 4, 4, 5, 8)))) for _ in range(groups)]
    return draw.choice(("", "", "", draw.choice(string.ascii_uppercase), "#")) + joint.join(parts)


def _introduced(draw: random.Random, language: str) -> str:
    """Introducing words with their numbers, alone, in a row, or in a sentence."""
    items = []
    for _ in range(draw.choice((1, 1, 2, 2, 3, 4))):
        items.append(f"{_introducer(draw, language)}{draw.choice(_DOTS)}{_reference(draw)}")
    row = draw.choice((", ", "; ", " / ", " ", "\n", " | ", ". ")).join(items)
    before = " ".join(word(draw, language) for _ in range(draw.choice((0, 0, 1, 2, 4, 6))))
    after = " ".join(word(draw, language) for _ in range(draw.choice((0, 0, 0, 1, 3, 5))))
    text = f"{before} {row} {after}".strip()
    return (text[:1].upper() + text[1:] if draw.random() < 0.5 else text) + draw.choice(
        (".", "", "", ",", ";")
    )


def _head(draw: random.Random, language: str) -> str:
    """The head of a table, or the entries of a menu: words that all have capitals."""
    cells = [
        " ".join(word(draw, language).capitalize() for _ in range(draw.choice((1, 1, 1, 2, 2, 3))))
        for _ in range(draw.randint(2, 8))
    ]
    cells = [cell.upper() if draw.random() < 0.08 else cell for cell in cells]
    return draw.choice((" | ", ",", ";", "\t", ", ", "  ", " > ", " → ", " / ", "\n", "\n- ")).join(cells)


def _titled(draw: random.Random, language: str) -> str:
    """A Heading Whose Words Have Capitals, now and then numbered."""
    words = [word(draw, language) for _ in range(draw.randint(2, 7))]
    words = [each if len(each) < 4 and draw.random() < 0.7 else each.capitalize() for each in words]
    before = draw.choice(
        ("", "", "", "# ", "## ", f"{draw.randint(1, 20)}. ", f"{digits(draw)[:1]}.{digits(draw)[:2]} ")
    )
    return before + " ".join(words) + draw.choice(("", "", ":", "\n"))


def _brand(draw: random.Random) -> str:
    made = "".join(draw.choice(_SYLLABLES) for _ in range(draw.choice((2, 2, 3))))
    made += draw.choice(("", "", "n", "x", "r", "tec", "core", "line", "ware", "soft"))
    return draw.choice((made.capitalize(), made.capitalize(), made.capitalize(), made.upper(), made))


def _model(draw: random.Random) -> str:
    letters = "".join(draw.choices(string.ascii_uppercase, k=draw.choice((0, 1, 1, 2, 2, 3))))
    figures = digits(draw)[:4]
    tail = draw.choice(("", "", "", draw.choice(string.ascii_uppercase), "/" + digits(draw)[:2]))
    return f"{letters}{draw.choice(('', '-', ' ', ''))}{figures}{tail}"


def _product(draw: random.Random, language: str) -> str:
    """A thing with its make and model, and what a catalogue says of it."""
    thing = " ".join(word(draw, language) for _ in range(draw.choice((0, 1, 1, 2))))
    make = draw.choice((_brand(draw), _brand(draw), word(draw, language).capitalize()))
    grade = draw.choice(("", "", " " + draw.choice(_GRADES), " " + " ".join(draw.sample(_GRADES, 2))))
    name = draw.choice((f"{make} {_model(draw)}{grade} {thing}", f"{thing} {make} {_model(draw)}{grade}",
                        f"{make}{grade} {thing}", f"{_model(draw)} {thing}", f"{make} {_model(draw)}"))  # fmt: skip
    said = [number(draw) if draw.random() < 0.6 else word(draw, language) for _ in range(draw.randint(0, 5))]
    lead = draw.choice(("", "", "", word(draw, language) + " "))
    text = f"{lead}{name.strip()}{draw.choice((', ', ' ', ' - ', '; '))}{draw.choice((', ', ' ')).join(said)}"
    return text.strip(" ,;-") + draw.choice((".", "", ""))


def _drug(draw: random.Random) -> str:
    made = "".join(draw.choice(_SYLLABLES) for _ in range(draw.choice((1, 2, 2)))) + draw.choice(_STEMS)
    made += draw.choice(("", "", "", "a", "o", "um", "e"))
    return draw.choice((made, made.capitalize(), made.capitalize(), made.upper()))


def _clinical(draw: random.Random, language: str) -> str:
    """Drugs with doses and values with units, with words between."""
    parts = []
    for _ in range(draw.randint(2, 8)):
        value = f"{digits(draw)[:3]}{draw.choice(('', '', ',' + digits(draw)[:2], '.' + digits(draw)[:1]))}"
        unit = draw.choice(("", " ")) + draw.choice(_DOSES)
        rhythm = draw.choice(
            ("", "", " 1-0-1", " 1-0-0", f" /{digits(draw)[:1]}h", " x2", " (H)", " +", " s.c.", " p.o.")
        )
        what = _drug(draw) if draw.random() < 0.45 else draw.choice(_ASSAYS)
        both = draw.choice(
            (f"{what} {value}{unit}{rhythm}", f"{what}: {value}{unit}", f"{what} {value}", what)
        )
        parts.append(both if draw.random() < 0.75 else word(draw, language))
    text = draw.choice((", ", "; ", " ", ", ", " - ", "\n", ". ")).join(parts)
    return (text[:1].upper() + text[1:]) + draw.choice((".", "", ""))


def _played(draw: random.Random, language: str) -> str:
    """Two sides that are words, and what they scored."""
    one, other = (_side(draw, language) for _ in range(2))
    a, b = draw.randint(0, 130), draw.randint(0, 130)
    score = f"{a}{draw.choice((':', '-', ' - ', '–', ' : '))}{b}"
    said = " ".join(word(draw, language) for _ in range(draw.choice((1, 1, 2, 3))))
    form = draw.choice((f"{one} {score} {other}", f"{one} - {other} {score}", f"{one} {said} {other} {score}",
                        f"{said} {number(draw)} {said}: {one} {a}, {other} {b}", f"{other} {said} {score} {said}"))  # fmt: skip
    return form + draw.choice(("", "", ".", f" ({number(draw)})", f", {said} {number(draw)}"))


def _side(draw: random.Random, language: str) -> str:
    plain = word(draw, language).capitalize()
    if language == "en" and not plain.lower().endswith("s") and draw.random() < 0.7:
        plain += "s"
    return plain if draw.random() < 0.85 else f"{word(draw, language).capitalize()} {plain}"


def _digest(draw: random.Random, language: str) -> str:
    """Hashes, identifiers and their parts, with words around."""
    hexadecimal = draw.choice(("0123456789abcdef", "0123456789abcdef", "0123456789ABCDEF"))
    whole = string.ascii_letters + string.digits + draw.choice(("", "+/", "-_"))
    parts = []
    for _ in range(draw.randint(1, 6)):
        pool = hexadecimal if draw.random() < 0.7 else whole
        long = "".join(draw.choices(pool, k=draw.choice((4, 6, 7, 8, 10, 12, 16, 24, 32, 40, 44, 64, 86))))
        groups = (
            "".join(draw.choices(pool, k=size)) for size in draw.choice(((8, 4, 4, 4, 12), (4, 4), (2,) * 6))
        )
        shape = draw.choice(
            (long, long, "-".join(groups), f"0x{long}", f"{word(draw, language)}:{long}", long + "==")
        )
        parts.append(shape if draw.random() < 0.6 else word(draw, language))
    return draw.choice((" ", " ", "  ", ", ", "..", "/", ": ", "=", '" "', "\n")).join(parts)


def _cased(draw: random.Random, language: str) -> str:
    """Names of programs: camelCase, PascalCase, CONSTANTS, dotted and with signs around."""
    made = []
    for _ in range(draw.randint(2, 7)):
        words = [word(draw, language).lower() for _ in range(draw.choice((1, 2, 2, 3)))]
        pascal = "".join(each.capitalize() for each in words)
        made.append(draw.choice((pascal, pascal, pascal[:1].lower() + pascal[1:], "_".join(words), "_".join(words).upper(),
                                 "-".join(words), ".".join(words), words[0].capitalize())))  # fmt: skip
    signs = (
        "<",
        ">",
        "(",
        ")",
        "::",
        ".",
        ", ",
        " ",
        " ",
        " -> ",
        " = ",
        ": ",
        "{ ",
        " }",
        "[",
        "]",
        "; ",
        "()",
        " new ",
        "@",
        "$",
        "\n",
    )
    return "".join(each + draw.choice(signs) for each in made)


_KINDS: tuple[Write, ...] = (
    _introduced,
    _introduced,
    _introduced,
    lambda draw, _: f"{_reference(draw)} {_reference(draw)}",
    _head,
    _titled,
    _product,
    _product,
    _clinical,
    _played,
    _digest,
    _digest,
    _cased,
)
