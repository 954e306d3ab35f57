"""Every type that has a form, with how it is found."""

from aboveboard.privacy.patterns._family import Finder
from aboveboard.privacy.patterns._labels import Labelled
from aboveboard.privacy.patterns.families import (
    _age,
    _bank,
    _date,
    _device,
    _health,
    _identity,
    _internet,
    _national,
    _nationality,
    _payment,
    _person,
    _phone,
    _place,
    _site,
    _travel,
    _vehicle,
    _wallet,
)
from aboveboard.privacy.patterns.families._shapes import ShapedNumbers
from aboveboard.privacy.patterns.families._tax import TAX_IDS


def _shaped(numbers: ShapedNumbers) -> tuple[Finder, Finder]:
    """Those known by their shape alone, and those that need a word."""
    bare, named = numbers.bare(), numbers.named()
    return (
        Finder(bare.type, bare.find, digits=4, length=7, trigger=bare.trigger, inside=True),
        Finder(named.type, named.find, digits=4, length=7, trigger=named.trigger),
    )


def _labelled(value: Labelled, trigger: str, digits: int = 2) -> Finder:
    return Finder(value.type, value.find, digits=digits, length=digits, trigger=trigger)


# The more telling type first: of two findings over the same span the earlier one is kept.
FINDERS: tuple[Finder, ...] = (
    Finder(
        "url-credentials",
        _internet.find_url_credentials,
        mark="://",
        trigger=_internet.CREDENTIALS_TRIGGER,
        inside=True,
        is_word=True,
    ),
    Finder(
        "email", _internet.find_email, mark="@", trigger=_internet.EMAIL_TRIGGER, inside=True, is_word=True
    ),
    Finder("iban", _payment.find_iban, digits=8, length=15, trigger=_payment.IBAN_TRIGGER, inside=True),
    Finder("card", _payment.find_card, digits=12, trigger=_payment.CARD_TRIGGER, inside=True),
    Finder("wallet", _wallet.find_wallet, length=14, trigger=_wallet.WALLET_TRIGGER),
    Finder("passport", _travel.find_machine_readable, length=20, trigger=_travel.ZONE_TRIGGER, inside=True),
    Finder("birth-date", _date.find_birth_date, digits=3, length=6, trigger=_date.BIRTH_TRIGGER),
    Finder("ssn", _identity.find_ssn, digits=9, trigger=_identity.SSN_TRIGGER),
    *_shaped(_national.NATIONAL_IDS),
    *_shaped(TAX_IDS),
    *_shaped(_health.HEALTH_IDS),
    _labelled(_health.INSURED, _health.INSURED_TRIGGER),
    _labelled(_health.RECORD, _health.RECORD_TRIGGER),
    _labelled(_identity.COLLEGIATE, _identity.COLLEGIATE_TRIGGER),
    _labelled(_travel.PASSPORT, _travel.PASSPORT_TRIGGER),
    _labelled(_travel.LICENCE, _travel.LICENCE_TRIGGER),
    Finder(
        "driving-licence",
        _travel.find_uk_licence,
        trigger=_travel.UK_LICENCE_TRIGGER,
        inside=True,
        is_word=True,
    ),
    Finder("device-id", _device.find_device_id, digits=15, trigger=_device.IMEI_TRIGGER),
    _labelled(_device.DEVICE, _device.DEVICE_TRIGGER),
    Finder(
        "vehicle-id",
        _vehicle.find_vehicle_id,
        length=17,
        trigger=_vehicle.VIN_TRIGGER,
        inside=True,
        is_word=True,
    ),
    _labelled(_vehicle.PLATE, _vehicle.PLATE_TRIGGER),
    Finder("licence-plate", _vehicle.find_plate, trigger=_vehicle.STRICT_PLATE_TRIGGER, inside=True),
    _labelled(_identity.GERMAN_CARD, _identity.GERMAN_CARD_TRIGGER),
    Finder(
        "national-id",
        _identity.find_hong_kong_id,
        digits=6,
        length=10,
        trigger=_identity.HONG_KONG_TRIGGER,
        inside=True,
        is_word=True,
    ),
    _labelled(_identity.ANY_ID, _identity.ANY_ID_TRIGGER),
    Finder("bic", _bank.find_bic, length=8, trigger=_bank.BIC_TRIGGER),
    _labelled(_bank.ROUTING, _bank.ROUTING_TRIGGER),
    _labelled(_bank.SORT_CODE, _bank.SORT_TRIGGER),
    _labelled(_bank.ACCOUNT, _bank.ACCOUNT_TRIGGER),
    Finder("ip", _internet.find_ip, length=4, trigger=_internet.IP_TRIGGER, inside=True, is_word=True),
    Finder("mac", _device.find_mac, length=14, trigger=_device.MAC_TRIGGER, inside=True, is_word=True),
    Finder("coordinates", _place.find_coordinates, digits=4, trigger=_place.COORDINATES_TRIGGER),
    _labelled(_place.ONE_COORDINATE, _place.ONE_TRIGGER, digits=4),
    Finder("phone", _phone.find_phone, digits=7, trigger=_phone.PHONE_TRIGGER),
    Finder("date", _date.find_date, digits=1, length=4, trigger=_date.DATE_TRIGGER),
    Finder("date", _date.find_clock, digits=3, length=4, trigger=_date.CLOCK_TRIGGER, inside=True),
    Finder("date", _date.find_year, digits=4, trigger=_date.YEAR_TRIGGER, inside=True),
    Finder("age", _age.find_age, digits=1, trigger=_age.AGE_TRIGGER),
    Finder("age", _age.find_age_in_words, trigger=_age.AGE_IN_WORDS_TRIGGER, inside=True),
    Finder("postcode", _place.find_postcode, digits=2, trigger=_place.SHAPED_TRIGGER, inside=True),
    _labelled(_place.POSTCODE, _place.POSTCODE_TRIGGER),
    Finder("postcode", _place.find_postcode_after_street, digits=5, trigger=_place.STREET_TRIGGER),
    Finder("postcode", _place.find_postcode_before_town, digits=5, trigger=_place.TOWN_TRIGGER, inside=True),
    Finder("domain", _site.find_domain, trigger=_site.DOMAIN_TRIGGER, inside=True, is_word=True),
    Finder("username", _site.find_handle, mark="@", trigger=_site.HANDLE_TRIGGER, inside=True, is_word=True),
    _labelled(_site.USERNAME, _site.USERNAME_TRIGGER, digits=0),
    _labelled(_person.GENDER, _person.GENDER_TRIGGER, digits=0),
    Finder("gender", _person.find_clinical_gender, trigger=_person.CLINICAL_TRIGGER, inside=True),
    Finder(
        "nationality",
        _nationality.find_nationality,
        trigger=_nationality.NATIONALITY_TRIGGER,
        inside=True,
        is_word=True,
    ),
    Finder("title", _person.find_title, trigger=_person.TITLE_TRIGGER, inside=True, is_word=True),
)
