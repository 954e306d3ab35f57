"""Every family: forms that are found, and look-alikes that are not."""

import re
import time
from pathlib import Path

import pytest

from aboveboard.privacy import PATTERN_TYPES, find
from aboveboard.privacy.patterns.families import FINDERS

FOUND = [
    ("call +41 44 668 18 00 now", "phone", "+41 44 668 18 00"),
    ("Desk: +41 (0)44 668 18 00", "phone", "+41 (0)44 668 18 00"),
    ("Fax: 001-253-555-0181x44", "phone", "001-253-555-0181x44"),
    ("Phone:\n0490 75 40 81", "phone", "0490 75 40 81"),
    ("Tfno. 956 013 059", "phone", "956 013 059"),
    ("whatsapp 9876543210", "phone", "9876543210"),
    ("please ring 020 7946 0958", "phone", "020 7946 0958"),
    ("card number 6304000000000000", "card", "6304000000000000"),
    ("my iban is gb29nwbk60161331926819", "iban", "gb29nwbk60161331926819"),
    ("BIC: DEUTDEFF500", "bic", "DEUTDEFF500"),
    ("sort code 20-00-00", "bank-account", "20-00-00"),
    ("routing number 021000021", "bank-account", "021000021"),
    ("Kontonummer: 532013000", "bank-account", "532013000"),
    ("bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq", "wallet", "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq"),
    ("IMEI 490154203237518", "device-id", "490154203237518"),
    ("0011.22aa.bbcc", "mac", "0011.22aa.bbcc"),
    ("VIN 1M8GDM9AXKP042788", "vehicle-id", "1M8GDM9AXKP042788"),
    ("a plate AB12 CDE there", "licence-plate", "AB12 CDE"),
    ("Kennzeichen: B-MW 1234", "licence-plate", "B-MW 1234"),
    ("matrícula 1234 BCD", "licence-plate", "1234 BCD"),
    ("passport no. 533380006", "passport", "533380006"),
    ("pasaporte: AAA123456", "passport", "AAA123456"),
    ("my driver's license number is F16282354011", "driving-licence", "F16282354011"),
    ("Führerscheinnummer B072RRE2I55", "driving-licence", "B072RRE2I55"),
    ("NHC: 7982604.", "medical-record", "7982604"),
    ("Fallnummer 2023-004512", "medical-record", "2023-004512"),
    ("MRN: A-0012345", "medical-record", "A-0012345"),
    ("NASS: 43 76898765 11", "health-id", "43 76898765 11"),
    ("NºCol: 31 31 85978.", "national-id", "31 31 85978"),
    ("GPS: 48.8566, 2.3522", "coordinates", "48.8566, 2.3522"),
    ("latitude: 48.85661", "coordinates", "48.85661"),
    ("ZIP: 90210-1234", "postcode", "90210-1234"),
    ("Beverly Hills, CA 90210", "postcode", "90210"),
    ("London SW1A 1AA", "postcode", "SW1A 1AA"),
    ("CP: 28015.", "postcode", "28015"),
    ("C/ Mayor 12, 28013 Madrid", "postcode", "28013"),
    ("on 31 December 2019 at noon", "date", "31 December 2019"),
    ("am 3. Mai 2020 war", "date", "3. Mai 2020"),
    ("el 5 de enero de 1999", "date", "5 de enero de 1999"),
    ("le 1er février 2001", "date", "1er février 2001"),
    ("in febbraio 2002", "date", "febbraio 2002"),
    ("on 2024-01-31.", "date", "2024-01-31"),
    ("March 4, 2011", "date", "March 4, 2011"),
    ("founded in 1977.", "date", "1977"),
    ("F. nac. 12/03/1980", "birth-date", "12/03/1980"),
    ("a 53-year-old teacher", "age", "53"),
    ("she is fifty-three years old", "age", "fifty-three"),
    ("paciente de 53 años", "age", "53 años"),
    ("una mujer de treinta y cinco años", "age", "treinta y cinco años"),
    ("er ist 53 Jahre alt", "age", "53 Jahre"),
    ("âgé de 53 ans", "age", "53 ans"),
    ("all'età di 53 anni", "age", "53 anni"),
    ("Edad: 64", "age", "64"),
    ("my brother just turned 60", "age", "60"),
    ("Sexo: H.", "gender", "H"),
    ("gender: female", "gender", "female"),
    ("paciente varón con", "gender", "varón"),
    ("I am Cambodian", "nationality", "Cambodian"),
    ("de nacionalidad marroquí", "nationality", "marroquí"),
    ("die französische Küche", "nationality", "französische"),
    ("une infirmière sénégalaise", "nationality", "sénégalaise"),
    ("il tedesco disse", "nationality", "tedesco"),
    ("he is Muslim", "nationality", "Muslim"),
    ("ask Mrs. Baker", "title", "Mrs."),
    ("Frau Schneider kommt", "title", "Frau"),
    ("vio a D. Juan", "title", "D."),
    ("thanks @anna_k for it", "username", "@anna_k"),
    ("username: jdoe42", "username", "jdoe42"),
    ("see https://www.example.se/", "domain", "https://www.example.se/"),
    ("at example.co.uk today", "domain", "example.co.uk"),
]
LOOK_ALIKES = [
    "a public licence for 12345678 published plates",
    "the licensed driver of change 1234567",
    "main.py, README.md, v1.2.io and node.js",
    "@property\ndef size(self)",
    "int a = b[10]; // 20 years of code",
    "it took 53 years, and hace 10 años",
    "polish the table, then china and turkey",
    "cheese aged 28 months",
    "a total of 123 456 789 units",
    "610 987 1597 2584 are Fibonacci's",
    "section 4.3.2.1 and build 10.0.19045.3",
    "RTX 4090, DDR5-6000, IP67",
    "meine Frau und der Herr",
    "may 5 of them set 12",
    "order number 490154203237518",
    "12.3456, 78.9012, 3.4567",
    "username: string",
    "sex and the city 2",
    "pages 12-17, vol. 9, no. 3",
    "call the function 3 times with text 1234",
]


@pytest.mark.parametrize(("text", "type_", "value"), FOUND)
def test_a_form_is_found_whole(text: str, type_: str, value: str) -> None:
    found = [(item.type, text[item.start : item.end]) for item in find(text, [type_])]
    assert found == [(type_, value)]


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_a_look_alike_is_not_personal_data(text: str) -> None:
    assert [(item.type, text[item.start : item.end]) for item in find(text, PATTERN_TYPES)] == []


def test_confidence_tells_how_it_was_confirmed() -> None:
    def confidence(text: str) -> float:
        return find(text, PATTERN_TYPES)[0].confidence

    assert confidence("4111 1111 1111 1111") == 1.0
    assert confidence("passport no. 533380006") < 1.0
    assert confidence("+44 20 7946 0958") > confidence("reach me on 7946 0958")


def test_the_reference_has_a_row_for_every_type() -> None:
    page = Path(__file__).parents[3] / "docs" / "reference" / "personal-data-types.md"
    assert {f"| `{name}` |" for name in PATTERN_TYPES} <= set(
        re.findall(r"^\| `[a-z-]+` \|", page.read_text(), re.M)
    )


def test_there_are_thirty_types_and_more() -> None:
    assert len({finder.type for finder in FINDERS}) >= 30


@pytest.mark.parametrize(
    "unit", ["12 de ", "Mr. A", "twenty ", "NHC ", "www.a.", "48.8566, ", "ZIP ", "P<A", "99 años "]
)
def test_time_is_linear_on_hostile_text(unit: str) -> None:
    find("1", PATTERN_TYPES)
    once, twice = (_seconds(unit * (length // len(unit))) for length in (15_000, 45_000))
    assert twice < 6 * once + 0.1


def _seconds(text: str) -> float:
    began = time.process_time()
    find(text, PATTERN_TYPES)
    return time.process_time() - began
