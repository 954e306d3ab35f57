"""Numbers of places: coordinates and postcodes. Names of places are the tagger's."""

import re
from collections.abc import Iterator

from aboveboard.privacy._span import PersonalData
from aboveboard.privacy.patterns._context import stands_alone
from aboveboard.privacy.patterns._labels import is_labelled, label, labelled, trigger

_LATITUDE, _LONGITUDE = (
    r"[+-]?(?:90(?:\.0+)?|[1-8]?\d\.\d{3,15})",
    r"[+-]?(?:180(?:\.0+)?|1?[0-7]?\d?\d\.\d{3,15})",
)
_PAIR = re.compile(
    rf"(?<![\w.])(?P<lat>{_LATITUDE})°?(?P<h> ?[NS])?(?:, ?|; ?| |/){_LONGITUDE}°?(?(h) ?[EWO])(?![\w]|\.\d)"
)
_PAIR_LABEL = label(
    r"gps|coord(?:inate)?s?|coordenadas|coordonnées|coordinate|koordinaten|lat(?:itude)?"
    r"|l[au]t/l(?:on|ng)|lat ?lon|latlng|geo|location"
    r"|located|position|maps|at"
)
_SEXAGESIMAL = re.compile(
    r"(?<![\w.])\d{1,3}° ?[0-5]?\d(?:\.\d+)?' ?(?:[0-5]?\d(?:\.\d+)?(?:''|\")?)? ?(?:[NSEWO](?!\w))?"
    r"(?:,? ?\d{1,3}° ?[0-5]?\d(?:\.\d+)?' ?(?:[0-5]?\d(?:\.\d+)?(?:''|\")?)? ?(?:[NSEWO](?!\w))?)?"
)
_ONE = labelled(
    "coordinates",
    r"lat(?:itude|itud|itudine)?|lon(?:gitude|gitud|gitudine)?|lng|breitengrad|längengrad|breite|länge",
    r"[+-]?(?:1[0-7]\d|[1-9]?\d)\.\d{3,15}°?(?: ?[NSEWO](?!\w))?",
    0.85,
)
ONE_COORDINATE = _ONE
"""A latitude or a longitude after its name."""
ONE_TRIGGER = trigger(r"lat\b|latit|lon\b|longit|lng\b|breit|länge")
COORDINATES_TRIGGER = (
    r"[0-9]\.[0-9]{3,15}.{0,3}[,;/ ] ?[+-]?[0-9]{1,3}\.[0-9]{3}|[0-9]. ?[0-9]{1,2}(?:\.[0-9]{1,9})?'"
)


def find_coordinates(text: str, start: int, end: int) -> Iterator[PersonalData]:
    """Pairs of decimal degrees that a word or hemispheres mark as such, or with at least four decimals in
    parentheses; degrees and minutes of arc.
    """
    for match in _PAIR.finditer(text, start, end):
        if match["h"] or is_labelled(text, match.start(), _PAIR_LABEL) or _is_bracketed(text, match):
            yield PersonalData(match.start(), match.end(), "coordinates", 0.85)
    for match in _SEXAGESIMAL.finditer(text, start, end):
        yield PersonalData(match.start(), match.start() + len(match[0].rstrip()), "coordinates", 0.75)


def _is_bracketed(text: str, match: re.Match[str]) -> bool:
    is_in = text[match.start() - 1 : match.start()] in ("(", "@") and text[match.end() : match.end() + 1] in (
        ")",
        ",",
    )
    return is_in and len(match["lat"].partition(".")[2]) >= 4


_BRITISH = r"(?:GIR 0AA|[A-PR-UWYZ](?:\d[A-HJKPSTUW\d]?|[A-HK-Y]\d[ABEHMNPRVWXY\d]?) \d[ABD-HJLNP-UW-Z]{2})"
_CANADIAN = r"[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z] \d[ABCEGHJ-NPRSTV-Z]\d"
# The first three characters are one of 139 routing keys, the rest has neither vowels nor G, J, L, M, Q, S, Z.
_EIRCODE = (
    r"(?:A(?:4[125]|6[37]|75|8[1-6]|9[124-68])|C15|D(?:0[1-9]|1[0-8]|2[0-24]|6W)|E(?:2[15]|3[24]|4[15]|53|91)"
    r"|F(?:12|2[368]|31|35|4[25]|52|56|9[1-4])|H(?:1[2468]|23|5[34]|62|65|71|91)|K(?:3[246]|45|56|67|78)"
    r"|N(?:37|39|41|91)|P(?:1[247]|2[45]|3[126]|43|47|5[16]|6[17]|7[25]|81|85)|R(?:14|21|32|35|4[25]|51|56|9[35])"
    r"|T(?:12|23|34|45|56)|V(?:1[45]|23|31|35|42|9[2-5])|W(?:12|23|34|91)|X(?:35|42|91)|Y(?:14|21|25|3[45]))"
    r" (?=\d{0,3}[A-Z])(?=[A-Z]{0,3}\d)[0-9AC-FHKNPRTV-Y]{4}"
)
_DUTCH = r"[1-9]\d{3} ?(?!S[ADS])[A-Z]{2}"
_STATES = (
    "AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY"
    "|NC|ND|OH|OK|OR|PA"
    "|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY|DC|PR|VI|GU|AS|MP|AA|AE|AP"
)
_SHAPED = re.compile(
    rf"(?<![\w-])(?:(?P<own>{_BRITISH}|{_CANADIAN}|{_EIRCODE})"
    rf"|(?:{_STATES})\.?,? (?P<zip>(?:(?<!PR )\d{{5}}|00[679]\d\d)(?:-\d{{4}})?)|(?P<dutch>{_DUTCH})"
    r"|(?P<prefixed>(?:[DEFI]-\d{5}|(?:A|CH|NL|B|L|DK)-\d{4})))(?![\w-]|\.\d)"
)
SHAPED_TRIGGER = (
    r"\b(?:[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}|[A-Z][0-9][A-Z] [0-9][A-Z][0-9]"
    r"|[A-Z]{2}\.?,? [0-9]{5}|[ACDEFHKNPRTVWXY][0-9][0-9W] [0-9A-Z]{4}|[1-9][0-9]{3} ?[A-Z]{2}"
    r"|(?:[DEFI]-[0-9]{5}|(?:A|CH|NL|B|L|DK)-[0-9]{4}))\b"
)
_DUTCH_TOWN = re.compile(
    r" {1,2}(?i:amsterdam|rotterdam|den\b|'s-|utrecht|eindhoven|groningen|tilburg|almere|breda"
    r"|nijmegen|apeldoorn|haarlem|arnhem|enschede|amersfoort|zaandam|hoofddorp|zwolle|leiden|leeuwarden|maastricht"
    r"|dordrecht|zoetermeer|delft|alkmaar|venlo|deventer|hilversum|heerlen|roosendaal|purmerend|schiedam|vlaardingen"
    r"|gouda|hoorn|lelystad|alphen|assen|helmond|hengelo|almelo|wageningen|middelburg|roermond|veenendaal|nieuwegein)"
)
_HOUSE = re.compile(r"[a-zé]{3} \d{1,4}(?:[ -]?[A-Za-z0-9]{1,3})?(?:,\s?|\s{0,2}\n)\Z")
_ERAS = ("AD", "BC", "CE", "US", "UK", "EU", "UN", "TV", "PC", "AM", "PM")
_TOWN = re.compile(r" {1,2}[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]")  # numbers are held until the next word is there


def find_postcode(text: str, start: int, end: int) -> Iterator[PersonalData]:
    """British, Canadian and Irish postcodes, ZIP codes after a state, Dutch ones before a town, other
    European ones with a country before them.
    """
    for match in _SHAPED.finditer(text, start, end):
        if match["zip"]:
            yield PersonalData(*match.span("zip"), "postcode", 0.85)
        elif stands_alone(text, *match.span()) and _is_placed(text, match):
            yield PersonalData(match.start(), match.end(), "postcode", 0.85 if match["own"] else 0.7)


def _is_placed(text: str, match: re.Match[str]) -> bool:
    """Whether a code needs no town behind it or has one: a Dutch one a known town, or a house before it."""
    if match["own"]:
        return True
    if match["dutch"] is None:
        return _TOWN.match(text, match.end()) is not None
    if _DUTCH_TOWN.match(text, match.end()):
        return True
    is_code = match["dutch"][-2:] not in _ERAS and _TOWN.match(text, match.end())
    return bool(is_code) and _HOUSE.search(text, max(0, match.start() - 30), match.start()) is not None


POSTCODE = labelled(
    "postcode",
    r"zip(?: ?code)?|post ?codes?|postal ?codes?|plz|postleitzahl|c\.?p(?!-)|c[oó]digo postal"
    r"|cod\.? postal|code postal|cap"
    r"|c\.a\.p|cep|pin ?code|postnummer|postcode|kod pocztowy|eircode|éirchód",
    r"(?:[A-Z]{1,2}-?)?\d{3,7}(?:[ -](?:\d{2,4}|[A-Z]{2}(?!\w)))?|[A-Z]\d[A-Z] ?\d[A-Z]\d|\d{4}[A-Z]{2}"
    r"|[AC-FHKNPRTV-Y]\d[\dW] ?(?=[A-Z]{0,3}\d)[0-9AC-FHKNPRTV-Y]{4}"
    r"|[A-Z]{1,2}\d[A-Z0-9]? ?\d[A-Z]{2}",
    0.85,
)
"""A postcode of any country after a word for it."""
POSTCODE_TRIGGER = trigger(
    r"zip|post ?code|postal|plz|postleit|c\.?p\b|c[oó]digo postal|code postal|cap\b|c\.a\.p\b|cep\b"
    r"|pin ?code|postnum|kod pocz|eircode"
)

_FIVE = re.compile(r"(?<![\w.,-])(?:0[1-9]|[1-9]\d)\d{3}(?![\w]|[.,-]\d)")
_STREET = re.compile(
    r"(?:(?<!\w)(?:calle|c/|avda|avenida|av|paseo|pza|plaza|ctra|carretera|camino|ronda|rue|avenue"
    r"|boulevard|bd|place|chemin"
    r"|via|viale|piazza|corso|largo|vicolo|urb|polígono)(?!\w)|(?:straße|strasse|str\.|weg|platz"
    r"|allee|gasse|ring|damm)(?!\w)"
    r")[^\n]{0,44}(?:\d|s/n)[^\n\d]{0,8}\Z",
)
STREET_TRIGGER = (
    r"(?i)\b(?:calle|c/|avda|avenida|av\b|paseo|pza|plaza|ctra|carretera|camino|ronda|rue\b|avenue"
    r"|boulevard|bd\b|place\b"
    r"|chemin|via\b|viale|piazza|corso|largo|vicolo|urb\b|polígono)|(?:straße|strasse|str\.|weg|platz"
    r"|allee|gasse|ring|damm)\b"
)


def find_postcode_after_street(text: str, start: int, end: int) -> Iterator[PersonalData]:
    """Five digits after a street and its number, as in Germany, Spain, France and Italy."""
    for match in _FIVE.finditer(text, start, end):
        if is_labelled(text, match.start(), _STREET):
            yield PersonalData(match.start(), match.end(), "postcode", 0.75)


_AFTER_MARK = re.compile(r"(?<=[,.;)–-] )(?:0[1-9]|[1-9]\d)\d{3}(?![\w]|[.,-]\d)")
TOWN_TRIGGER = r"[,.;)?-] [0-9]{5}\b"


def find_postcode_before_town(text: str, start: int, end: int) -> Iterator[PersonalData]:
    """Five digits between a comma, a point or a dash and a capitalised word: `Puga, 52. 32005 Ourense`."""
    for match in _AFTER_MARK.finditer(text, start, end):
        if _TOWN.match(text, match.end()):
            yield PersonalData(match.start(), match.end(), "postcode", 0.6)
