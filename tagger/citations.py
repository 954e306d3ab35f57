# ruff: noqa: E501, SIM905 - tables of words: one long line reads better than a column
"""Sentences that cite laws, rulings and papers: full of capitals and numbers, and naming nobody.

The abbreviations are facts of law and of its journals; everything around them is drawn at random.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from tagger.ordinary import LANGUAGES, Ordinary, lexicon

LAWS = {
    "de": "BGB StGB ZPO StPO VwGO VwVfG GG AO EStG UStG KStG UrhG PatG MarkenG AsylG AufenthG InsO FGO SGG "
    "BVerfGG KSchG BetrVG TVG HGB AktG GmbHG DSGVO BDSG SGB WEG GKG RVG BauGB BImSchG TzBfG ArbGG BBG SoldG "
    "GVG EGBGB FamFG UWG GWB GebrMG VVG StVG BtMG LuftVG EnWG WpHG EMRK AEUV EUV BRAO BVG BEEG AsylVfG",
    "en": "U.S.C. C.F.R. GDPR HIPAA UCC FRCP EPA CPR PACE ECHR TFEU DPA CRA FOIA ERISA FLSA ADA",
    "es": "CC CP LEC LECrim CE LOPDGDD LGT ET LRJSP LPAC RGPD LOPJ LAU LSC TRLGDCU LJCA",
    "fr": "CC CP CPC CPP CSP CGI CSS CJA RGPD LIL CT CESEDA CPI CMF",
    "it": "c.c. c.p. c.p.c. c.p.p. Cost. TUEL TUIR GDPR T.U. disp.att.c.c. l.fall. cod.proc.amm.",
}
_FORMS = {
    "de": (
        "§ {n} Abs. {d} Satz {d} {law}|§§ {n}, {n} {law}|§ {n}{a} Abs {d} S {d} Nr {d} {law}|Art. {n} Abs. {d} {law}"
        "|{court}, Urteil vom {d}. {month} {y} - {r} {k} {n}/{s} -|{court}, Beschluss vom {date} - {d} {k} {n}/{s}"
        "|{court}E {n}, {n} <{n}>|{court}Z {n}, {n}|{journal} {y}, {n}, {n}|BT-Drucks {s}/{n}, S {n}|BGBl I {n}"
        "|Rn. {n}|Rz {n} ff.|aaO, S. {n}|juris Rn. {n}|Az. {d} {k} {n}/{s}|SozR {d}-{n} § {n} Nr {d}|Bl. {n} d.A."
        "|Richtlinie {y}/{n}/EG|Verordnung (EU) Nr. {n}/{y}|Anlage {d} zur {Noun}verordnung|Ziff. {d}.{d}|Entgeltgruppe {d} {law}"
    ),
    "en": "Section {n}({a}) of the {Noun} Act {y}|{n} {law} § {n}|[{y}] EWCA Civ {n}|Article {n}({d}) {law}|{n} F.{d}d {n}"
    "|Regulation (EU) {y}/{n}|Rule {n}.{d}|Schedule {d}, paragraph {n}|No. {s}-{n}|Clause {d}.{d}|{n} U.S. {n} ({y})|Exhibit {A}",
    "es": "artículo {n}.{d} {law}|art. {n} de la Ley {n}/{y}|STS {n}/{y}, de {d} de {month}|Ley Orgánica {d}/{y}"
    "|Real Decreto {n}/{y}|BOE núm. {n}|disposición adicional {d}.ª|Recurso n.º {n}/{y}|FJ {d}|Directiva {y}/{n}/UE|Anexo {R}",
    "fr": "article L. {n}-{d} du code du {noun}|art. {n} {law}|Cass. civ. {d}e, {d} {month} {y}, n° {s}-{n}|CE, {d} {month} {y}"
    "|loi n° {y}-{n} du {d} {month} {y}|décret n° {s}-{n}|Bull. civ. {R}, n° {n}|alinéa {d}|Directive {y}/{n}/UE|Annexe {R}",
    "it": "art. {n}, comma {d}, {law}|d.lgs. {n}/{y}|legge {d} {month} {y}, n. {n}|Cass. civ., sez. {R}, {date}, n. {n}"
    "|D.P.R. n. {n}/{y}|sent. n. {n} del {y}|Direttiva {y}/{n}/CE|G.U. n. {n}|R.G. {n}/{y}|Allegato {A}",
}
NOUNS = {
    "de": "Kläger Klägerin Beklagte Beklagten Revision Berufung Beschwerde Vorinstanz Senat Tatbestand Entscheidungsgründe "
    "Antragsteller Antragsgegnerin Landgericht Oberlandesgericht Verwaltungsgericht Finanzamt Arbeitnehmer Arbeitgeber "
    "Bescheid Widerspruch Verfahren Rechtsprechung Anspruch Auslegung Satzung Gesetzgeber Rechtsfrage Streitpatent Merkmal "
    "Anmeldung Marke Unterscheidungskraft Verbraucher Vertrag Kündigung Tarifvertrag Begründung Voraussetzungen Rechtsbeschwerde",
    "en": "Claimant Defendant Appellant Respondent Court Tribunal Agreement Party Parties Licensee Board Order Judgment Appeal Act",
    "es": "Sala Tribunal Recurrente Demandante Demandado Sentencia Recurso Fiscal Ley Reglamento Administración Contrato Parte",
    "fr": "Cour Tribunal Requérant Demandeur Défendeur Arrêt Pourvoi Code Loi Règlement Contrat Partie Ministère Parquet",
    "it": "Corte Tribunale Ricorrente Resistente Sentenza Ricorso Legge Regolamento Contratto Parte Procura Codice Giudice",
}
_MONTHS = {
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "en": "January February March April May June July August September October November December",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
}
COURTS = "BGH BVerfG BVerwG BAG BSG BFH EuGH EGMR BPatG OVG VGH LSG LAG OLG".split()
_FILES = "ZR ZB StR C B AZR BvR BvL W(pat) Ni U B R KR RJ CN A SO AS V R IV R X S L K".split()
JOURNALS = "NJW NVwZ NZA DVBl DÖV MDR WM GRUR BStBl BFH/NV StV JZ FamRZ VersR ZIP BB DB AP EzA HFR".split()
_SLOT = re.compile(r"\{(\w+)\}")


def citing_examples(seed: int, count: int) -> Iterator[Ordinary]:
    """So many sentences; every second is German, whose capitals teach most."""
    draw = random.Random(f"citations {seed}")  # noqa: S311 - no secret
    for _ in range(count):
        language = "de" if draw.random() < 0.4 else draw.choice(LANGUAGES)
        yield Ordinary(_sentence(draw, language), (), language, "citations")


def _sentence(draw: random.Random, language: str) -> str:
    nouns, words = NOUNS[language].split(), lexicon(language)
    text = ""
    for _ in range(draw.randint(4, 24)):
        chance = draw.random()
        item = (
            _citation(draw, language)
            if chance < 0.18
            else draw.choice(nouns)
            if chance < 0.32
            else words.draw(draw)
        )
        joint = draw.choice((" ", " ", " ", " ", ", ", "; ", " (", ") ", ": ", " - ", ". "))
        text += (item[:1].upper() + item[1:] if not text or text.endswith(". ") else item) + joint
    return text.strip(" (-,;:") + draw.choice((".", ".", ".", ";", ":", ""))


def _citation(draw: random.Random, language: str) -> str:
    form = draw.choice(_FORMS[language].split("|"))
    return _SLOT.sub(lambda slot: _filled(slot[1], draw, language), form)


def _filled(slot: str, draw: random.Random, language: str) -> str:
    noun = lexicon(language).draw(draw)
    values = {
        "n": str(draw.randint(1, 10 ** draw.randint(1, 4))),
        "d": str(draw.randint(1, 12)),
        "s": f"{draw.randint(0, 99):02d}",
        "y": str(draw.randint(1949, 2030)),
        "a": draw.choice("abcdef"),
        "A": draw.choice("ABCDEF"),
        "r": draw.choice("I II III IV V VI VII VIII IX X XI XII 1 2 3 4 5".split()),
        "R": draw.choice("I II III IV V VI X".split()),
        "k": draw.choice(_FILES),
        "law": draw.choice(LAWS[language].split()),
        "court": draw.choice(COURTS),
        "journal": draw.choice(JOURNALS),
        "month": draw.choice(_MONTHS[language].split()),
        "date": f"{draw.randint(1, 28)}.{draw.randint(1, 12)}.{draw.randint(1960, 2029)}",
        "noun": noun.lower(),
        "Noun": noun.capitalize(),
    }
    return values[slot]
