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
    ("phone 212\u2013555\u20130142", "phone", "212\u2013555\u20130142"),
    ("card 4111\u20141111\u20141111\u20141111", "card", "4111\u20141111\u20141111\u20141111"),
    ("born 12\u201303\u20131980", "birth-date", "12\u201303\u20131980"),
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
    ("at 51.5074, -0.1278", "coordinates", "51.5074, -0.1278"),
    ("GPS: -33.8688, 151.2093", "coordinates", "-33.8688, 151.2093"),
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
    ("IN=eth0 SRC=203.0.113.7 DST=", "ip", "203.0.113.7"),
    ("GET /?ip=203.0.113.7&x", "ip", "203.0.113.7"),
    ("addr:10.1.2.3 up", "ip", "10.1.2.3"),
    ("client_ip=1.2.3.4", "ip", "1.2.3.4"),
    ("geb. 1.2.90", "birth-date", "1.2.90"),
    ("née le 1/2/90 à Lyon", "birth-date", "1/2/90"),
    ("né(e) le 1.2.90", "birth-date", "1.2.90"),
    ("nato il 1.2.90", "birth-date", "1.2.90"),
    ("nacida el 1-2-90", "birth-date", "1-2-90"),
    ("on 12.03.1980.", "date", "12.03.1980"),
    ("am 12. März. Dann", "date", "12. März"),
    ("on 12 March, and", "date", "12 March"),
    ("en été 1987", "date", "1987"),
    ("âge : 53", "age", "53"),
    ("die österreichische Post", "nationality", "österreichische"),
    ("une écossaise", "nationality", "écossaise"),
    ("Personalausweis L01X00T471", "national-id", "L01X00T471"),
    ("Ausweisnummer: L01X00T47", "national-id", "L01X00T47"),
    ("RVNR 65 170839 J 003", "national-id", "65 170839 J 003"),
    ("mit 65170839J003 versichert", "national-id", "65170839J003"),
    ("carte nationale d'identité n° X4RTBPFW4", "national-id", "X4RTBPFW4"),
    ("CNI : 880692310285", "national-id", "880692310285"),
    ("nr dowodu ABS123456", "national-id", "ABS123456"),
    ("HKID A123456(3)", "national-id", "A123456(3)"),
    ("SNILS 112-233-445 95", "national-id", "112-233-445 95"),
    ("tessera 80380000300123456789", "health-id", "80380000300123456789"),
    ("VAT GB 123 4567 82", "tax-id", "GB 123 4567 82"),
    ("USt-IdNr.: DE 136 695 976", "tax-id", "DE 136 695 976"),
    ("in D02 X285 Dublin", "postcode", "D02 X285"),
    ("Eircode D02X285", "postcode", "D02X285"),
    ("1012 AB Amsterdam", "postcode", "1012 AB"),
    ("Damrak 1, 1012 LG Weesp", "postcode", "1012 LG"),
    ("postcode: 1012AB", "postcode", "1012AB"),
    ("San Juan, PR 00901", "postcode", "00901"),
    ("mail o'neil@example.com", "email", "o'neil@example.com"),
    ("mail d\u2019angelo@example.com", "email", "d\u2019angelo@example.com"),
    ("an info@xn--bcher-kva.example", "email", "info@xn--bcher-kva.example"),
    ("an info@b\u00fccher.example", "email", "info@b\u00fccher.example"),
    ("to info@example.xn--p1ai", "email", "info@example.xn--p1ai"),
    ("to user@[192.0.2.1] now", "email", "user@[192.0.2.1]"),
    ("to user@[IPv6:2001:db8::1]", "email", "user@[IPv6:2001:db8::1]"),
    ('to "john doe"@example.com', "email", "@example.com"),
    ("chiamami al 333 1234567", "phone", "333 1234567"),
    ("llámame al 612 345 678", "phone", "612 345 678"),
    ("rufen Sie mich unter 0151 23456789 an", "phone", "0151 23456789"),
    ("ruf mich unter 15123456789 an", "phone", "15123456789"),
    ("appelle-moi au 06 12 34 56 78", "phone", "06 12 34 56 78"),
    ("appelez-nous au 612345678", "phone", "612345678"),
]
# People mistype: right after its own name a number with a wrong check digit is one still.
MISTYPED = [
    ("IBAN: DE89 3704 0044 0532 0130 01", "iban", "DE89 3704 0044 0532 0130 01"),
    ("Iban ist DE89370400440532013001", "iban", "DE89370400440532013001"),
    ("card number: 4111 1111 1234 1112", "card", "4111 1111 1234 1112"),
    ("card: 4111 1111 1234 1112", "card", "4111 1111 1234 1112"),
    ("Kreditkarte: 4111 1111 1111 1112", "card", "4111 1111 1111 1112"),
    ("Karte: 4111111112341112", "card", "4111111112341112"),
    ("my card is 4111 1111 1234 1112", "card", "4111 1111 1234 1112"),
    ('{"cardNumber": "4111111112341112"}', "card", "4111111112341112"),
    ("credit_card=4111111112341112", "card", "4111111112341112"),
    ("SSN: 000-12-3456", "ssn", "000-12-3456"),
    ("Steuer-ID: 12 345 678 901", "tax-id", "12 345 678 901"),
    ("DNI 12345678A", "national-id", "12345678A"),
    ("CPF nº 111.444.777-36", "national-id", "111.444.777-36"),
    ("PESEL: 44051401358", "national-id", "44051401358"),
    ("NINO: QQ 12 34 56 C", "national-id", "QQ 12 34 56 C"),
    ("VAT number DE123456789", "tax-id", "DE123456789"),
    ("codice fiscale RSSMRA85T10A562T", "national-id", "RSSMRA85T10A562T"),
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
    "openssl=1.1.13.2 and pip==11.12.13.14",
    "version=10.12.13.14 of Chrome/120.0.0.0",
    "see 1.2.90 and 1.2.3",
    "a vote of 2016 UK General Electors, 3000 BC The",
    "PR 27270 fixes D02 2021",
    "1500 EU Countries, 2024 AD Something",
    "an AB 123 4567 82 and 65170839J004",
    "IBAN: DE00 0000 0000 0000 0000 00",
    "SSN 000-00-0000",
    "card: 1234 5678 9012 3456",
    "the card 4111111112341112 of the deck",
    "card: 0000 0000 0000 0001",
]


# How HTML, Markdown and programs write a value: what stands around it is none of it.
WRITTEN = [
    "<td>%s</td><td>x",
    "<%s>",
    "**%s**",
    "`%s`",
    "'%s'",
    "«%s»",
    "a=%s&b=1",
    '\\"%s\\"',
    "%s,and",
    "—%s—",
    "%s!",
]
VALUES = ["4111 1111 1111 1111", "DE89 3704 0044 0532 0130 00", "+44 20 7946 0958", "203.0.113.77"]


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("written", WRITTEN)
def test_what_is_written_in_groups_is_found_whole_between_marks(written: str, value: str) -> None:
    text = written % value
    assert value in [text[item.start : item.end] for item in find(text, PATTERN_TYPES)]


@pytest.mark.parametrize(("text", "type_", "value"), FOUND)
def test_a_form_is_found_whole(text: str, type_: str, value: str) -> None:
    found = [(item.type, text[item.start : item.end]) for item in find(text, [type_])]
    assert found == [(type_, value)]


IN_SETTINGS = [
    ("phone_number: 5550109988", "phone", "5550109988"),
    ('{"phoneNumber": "5550109988"}', "phone", "5550109988"),
    ("passport_number=123456789", "passport", "123456789"),
    ('"passportNumber": "123456789"', "passport", "123456789"),
    ("my_passport_no: 123456789", "passport", "123456789"),
    ("user_ssn: 536228726", "ssn", "536228726"),
    ("tax_id: 36574261809", "tax-id", "36574261809"),
    ("date_of_birth: 1980-03-12", "birth-date", "1980-03-12"),
    ("birth_date: 1980-03-12", "birth-date", "1980-03-12"),
    ("zip_code: 90210", "postcode", "90210"),
    ("mrn_number: 00123456", "medical-record", "00123456"),
    ("medical_record: 00123456", "medical-record", "00123456"),
    ("cpf_number=11144477735", "national-id", "11144477735"),
    ("account_number = 12345678", "bank-account", "12345678"),
    ("license_plate: AB12CDE", "licence-plate", "AB12CDE"),
]
NOT_IN_SETTINGS = [
    "account_size = 12345678",
    "passport_size: 123456789",
    "telephoto_id=5550109988",
    "my_phonetics = 5550109988",
    "text_length: 5550109988",
    "registered_at: 1700000000",
    "cell_count: 5550109988",
    "max_age: 30",
    "tax_rate: 36574261809",
    "zip_file_size=90210",
    "max_tax_index = 36574261809",
]


@pytest.mark.parametrize(("text", "type_", "value"), IN_SETTINGS)
def test_a_word_is_one_in_names_of_settings_too(text: str, type_: str, value: str) -> None:
    assert [(item.type, text[item.start : item.end]) for item in find(text, PATTERN_TYPES)] == [
        (type_, value)
    ]


@pytest.mark.parametrize("text", NOT_IN_SETTINGS)
def test_a_part_of_a_name_says_nothing_of_a_value(text: str) -> None:
    assert find(text, PATTERN_TYPES) == []


AT_AN_END = [case for case in FOUND if case[0].endswith(case[2])]


@pytest.mark.parametrize(("text", "type_", "value"), AT_AN_END)
@pytest.mark.parametrize("stop", [".", "...", "?", ". And so on"])
def test_what_stands_at_the_end_of_a_sentence_does_not_take_its_full_stop(
    text: str, type_: str, value: str, stop: str
) -> None:
    text += stop
    found = {(item.type, text[item.start : item.end]) for item in find(text, PATTERN_TYPES)}
    assert (type_, value) in found, found


@pytest.mark.parametrize(("text", "type_", "value"), MISTYPED)
def test_a_mistyped_number_is_found_right_after_its_name_and_is_less_sure(
    text: str, type_: str, value: str
) -> None:
    found = [(item.type, text[item.start : item.end], item.confidence) for item in find(text, PATTERN_TYPES)]
    assert found == [(type_, value, 0.5)]
    apart = find(f"the {type_} of 7 people, then {value}", [type_])
    assert apart == []


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
    short, long = (_seconds(unit * (length // len(unit))) for length in (15_000, 45_000))
    assert long < 6 * short + 0.1


def _seconds(text: str) -> float:
    began = time.process_time()
    find(text, PATTERN_TYPES)
    return time.process_time() - began
