"""What the name of a column or field says of its values, in English, German, Spanish, French and Italian.

A finder reads the words of a value; the name over it knows more: what stands under `password` is one,
whatever it looks like, and `ngozi` under `first_name` is a name. Such values are masked whole.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache, lru_cache, partial

from aboveboard.privacy._layers import laid_over
from aboveboard.privacy._span import PersonalData

CONFIDENCE = 0.8
"""How sure a type is that a name alone tells."""
PASSWORD = "password"  # noqa: S105 - a type's name, not a password

# Each type with the names that tell it, without spaces, marks and accents. A longer name tells it as well
# when it ends in one of these: `home phone number`, `Kunde: E-Mail`.
_ENDINGS = """
password: password passwd pwd passphrase passcode passwordhash pincode secret clientsecret secretkey apikey
  accesskey privatekey accesstoken refreshtoken authtoken apitoken securityanswer recoverycode passwort
  kennwort passworthash geheimzahl contrasena contrasenia palabradepaso motdepasse mdp codesecret
  paroladordine parolachiave
person: firstname givenname forename middlename lastname familyname surname maidenname fullname birthname
  fname lname displayname nickname vorname nachname familienname geburtsname rufname vorundnachname zuname
  nombrecompleto nombredepila apellido apellidos primerapellido segundoapellido nombreyapellidos prenom
  prenoms nomdefamille nomcomplet nomdenaissance nometprenom prenometnom nomprenom prenomnom nomdejeunefille
  cognome nomecompleto nomeecognome cognomeenome nominativo nomecognome cognomenome customername clientname
  patientname employeename contactname studentname teachername membername guestname ownername authorname
  applicantname doctorname personname cardholder cardholdername accountholder nextofkin kundenname
  patientenname mitarbeitername ansprechpartner ansprechpartnerin kontoinhaber nombredelcliente
  nombredelpaciente nombredelempleado nomduclient nomdupatient nomedelcliente nomedelpaziente
address: address addressline street streetaddress streetname homeaddress postaladdress anschrift
  wohnanschrift wohnadresse adresse strasse hausnummer strassehausnummer direccion domicilio calle rue
  adressepostale domicile indirizzo residenza
email: email emailaddress mail mailaddress emailadresse mailadresse correo correoelectronico
  direcciondecorreo courriel adressemail adresseemail adresseelectronique postaelettronica indirizzoemail
  indirizzomail emails
phone: phone phonenumber telephone telephonenumber tel telno mobile mobilenumber mobilephone cellphone
  cellnumber contactnumber fax faxnumber whatsapp telefon telefonnummer telefonnr handy handynummer mobil
  mobilnummer mobiltelefon festnetz rufnummer faxnummer telefono numerodetelefono telefonomovil movil
  celular numerodetelephone portable numeroditelefono cellulare recapitotelefonico
iban: iban ibannumber ibannummer
bic: bic swiftcode biccode bicswift swiftbic
bank-account: accountnumber accountno bankaccount kontonummer kontonr bankkonto numerodecuenta
  cuentabancaria numerodecompte comptebancaire numerodiconto contocorrente
card: cardnumber cardno creditcard debitcard ccnumber kreditkarte kreditkartennummer kartennummer
  numerodetarjeta tarjetadecredito numerodecarte cartebancaire cartebleue cartadicredito numerodicarta
birth-date: dob birthdate dateofbirth birthday birthdt geburtsdatum geburtstag gebdatum geburtsdat
  fechadenacimiento fechanacimiento datedenaissance datenaissance datadinascita datanascita
coordinates: latitude longitude lat lon lng latlong breitengrad langengrad latitud longitud latitudine
  longitudine
ssn: ssn socialsecurity socialsecuritynumber socialsecurityno
national-id: nationalid nationalidnumber identitynumber identitycard personalausweis ausweisnummer
  personalausweisnummer dni nie documentodeidentidad numerodeidentidad cartedidentite numerodecartedidentite
  cartadidentita nino nationalinsurancenumber personnummer
tax-id: taxid taxnumber taxidnumber taxpayerid steuernummer steuerid steueridnr steueridentifikationsnummer
  nif numerofiscal codicefiscale
health-id: nhsnumber nhsno healthid healthinsurancenumber krankenversicherungsnummer versichertennummer
  krankenversichertennummer tarjetasanitaria numerodesecuritesociale securitesociale
  numerodelaseguridadsocial tesserasanitaria
medical-record: mrn medicalrecordnumber patientid patientnumber patientno patientennummer patientenid
  historiaclinica numerodehistoriaclinica numerodedossiermedical cartellaclinica
passport: passport passportnumber passportno reisepass reisepassnummer passnummer pasaporte
  numerodepasaporte passeport numerodepasseport passaporto numerodipassaporto
driving-licence: drivinglicence drivinglicense driverlicense driverslicense drivinglicencenumber
  driverslicensenumber fuhrerschein fuhrerscheinnummer permisodeconducir carnetdeconducir permisdeconduire
  patentediguida
licence-plate: licenceplate licenseplate platenumber numberplate kfzkennzeichen kennzeichen immatriculation
  plaquedimmatriculation targa
username: username userid login loginname benutzername nutzername benutzerkennung usuario nombredeusuario
  nomdutilisateur identifiantutilisateur nomeutente
ip: ipaddress ipaddr ipadresse direccionip adresseip indirizzoip
mac: macaddress macadresse direccionmac adressemac indirizzomac
wallet: walletaddress bitcoinaddress ethereumaddress
"""
# Too common as the end of other names (`product name`): these tell a type only on their own, or of somebody.
_ALONE = """
password: pin clave
person: author initials patient patientin kunde kundin paciente paziente employee mitarbeiter mitarbeiterin
  empleado empleada sachbearbeiter contactperson
birth-date: born geboren geborenam nacimiento
phone: cell tlf
coordinates: long
person-like: name nombre nombres nom nome
"""
_NUMBERS = frozenset(
    (
        "phone", "iban", "bank-account", "card", "birth-date", "coordinates", "ssn", "national-id", "tax-id",
        "health-id", "medical-record", "passport", "driving-licence", "licence-plate", "ip", "mac", "wallet",
    )
)  # fmt: skip
_LONGEST = {"person": 80, "email": 320, "address": 200, "username": 320, PASSWORD: 1024}
_LONGEST_OTHER = 64
_NOTHING = frozenset(
    (
        "n/a", "na", "nan", "none", "null", "nil", "unknown", "unbekannt", "keine", "keiner", "kein",
        "desconocido", "inconnu", "sconosciuto", "yes", "no", "ja", "nein", "si", "sí", "oui", "non", "true",
        "false", "wahr", "falsch", "vrai", "faux", "vero", "falso", "pass", "fail", "redacted", "xxx",
    )
)  # fmt: skip
_AT = re.compile(r"@|\bat\b|\barroba\b|\bchiocciola\b|\barobase\b", re.IGNORECASE)
_NAME_LIKE = re.compile(r"[^\W\d_]+(?:[ .,'’-]+[^\W\d_]+)*\.?")


@lru_cache(maxsize=4096)
def type_under(label: str) -> str | None:
    """The type of what stands under a name (`birth date`, in words); `person-like` when only the look of the
    value can tell; None for any other name.
    """
    words = plain_words(label)
    ends, alone = _types_by_name(_ENDINGS), _types_by_name(_ALONE).get("".join(words))
    endings = ("".join(words[begin:]) for begin in range(len(words)))
    return alone or next((ends[each] for each in endings if each in ends), None)


def plain_words(label: str) -> list[str]:
    """Its words in lower case, without accents, `ß` as `ss`, numbers left out."""
    parts = unicodedata.normalize("NFKD", label.casefold())
    plain = "".join(each for each in parts if not unicodedata.combining(each))
    return [word for word in plain.replace("'", " ").split() if not word.isdigit()]


@cache
def _types_by_name(table: str) -> dict[str, str]:
    types: dict[str, str] = {}
    for line in table.replace("\n  ", " ").split("\n"):
        type_, _, names = line.partition(":")
        types |= dict.fromkeys(names.split(), type_)
    return types


def with_heading(text: str, start: int, found: Sequence[PersonalData]) -> list[PersonalData]:
    """What was found in a value (`text` from `start`), and all of it when the name before it tells its type.

    A finding that takes in the whole value stays, unless the name tells a password.
    """
    told = type_under(text[:start].rstrip(": ")) if start else None
    if told is None:
        return list(found)
    begin, end = _stripped(text, start)
    if _says_nothing(text[begin:end]):
        return []
    type_ = _fitting(told, text[begin:end])
    if type_ is None or (type_ != PASSWORD and any(i.start <= begin and i.end >= end for i in found)):
        return list(found)
    whole = PersonalData(begin, end, type_, CONFIDENCE)
    if type_ == PASSWORD:
        return [whole]
    return laid_over([whole], _apart(found, type_), partial(wordy, text))


def _stripped(text: str, start: int) -> tuple[int, int]:
    value = text[start:]
    return start + len(value) - len(value.lstrip()), start + len(value.rstrip())


def _says_nothing(value: str) -> bool:
    """`-`, `n/a`, `unknown`: that there is no value."""
    return not any(map(str.isalnum, value)) or value.casefold().strip(". ") in _NOTHING


def _fitting(told: str, value: str) -> str | None:
    """The type of a value under a name that tells `told`; None when it can be no such thing."""
    if told == "person-like":
        is_name = _NAME_LIKE.fullmatch(value) and (not value[0].islower() or " " in value)
        return "person" if is_name and len(value) <= _LONGEST["person"] else None
    if len(value) > _LONGEST.get(told, _LONGEST_OTHER):
        return None
    if told == "email":
        return told if len(value.split()) == 1 or _AT.search(value) else None
    needed: Callable[[str], bool] = str.isdigit if told in _NUMBERS else str.isalpha
    return told if told == PASSWORD or any(map(needed, value)) else None


def _apart(found: Sequence[PersonalData], type_: str) -> list[PersonalData]:
    """The findings that say something of their own beside a name or address: not its parts."""
    parts = {"person", "title", "place", "organisation", "address", "postcode", type_}
    return [item for item in found if item.type not in parts]


def wordy(text: str, whole: PersonalData, start: int, end: int) -> list[PersonalData]:
    """What is left of a value beside a finding, without the marks at its ends."""
    while start < end and not text[start].isalnum():
        start += 1
    while start < end and not text[end - 1].isalnum():
        end -= 1
    return [whole.at(start, end)] if start < end else []
