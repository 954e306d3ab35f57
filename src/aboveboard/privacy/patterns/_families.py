"""Every type that has a form, with how it is found."""

from aboveboard.privacy.patterns import (
    _bank,
    _device,
    _health,
    _internet,
    _national,
    _payment,
    _travel,
    _vehicle,
    _wallet,
)
from aboveboard.privacy.patterns._birth import find_birth_date
from aboveboard.privacy.patterns._family import Finder
from aboveboard.privacy.patterns._labels import Labelled
from aboveboard.privacy.patterns._phone import PHONE_TRIGGER, find_phone
from aboveboard.privacy.patterns._shapes import ShapedNumbers
from aboveboard.privacy.patterns._tax import TAX_IDS


def _shaped(numbers: ShapedNumbers) -> tuple[Finder, Finder]:
    """Those known by their shape alone, and those that need a word."""
    bare, named = numbers.bare(), numbers.named()
    return (
        Finder(bare.type, bare.find, digits=4, length=7, trigger=bare.trigger, inside=True),
        Finder(named.type, named.find, digits=4, length=7, trigger=named.trigger),
    )


def _labelled(numbers: Labelled, trigger: str, digits: int = 2) -> Finder:
    return Finder(numbers.type, numbers.find, digits=digits, length=digits, trigger=trigger)


_BORN = (
    r"(?i)\b(?:born|birth|d\.? ?o\.? ?b|geb\.|gebore|geburt|nacid|nacim|naci[oó]|n[eé]e?\b|naiss|nat[oa]\b"
    "|nascita)"
)
_IP = r"[0-9]\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]|::|(?:[0-9A-Fa-f]{1,4}:){7}"

# The more telling type first: of two findings over the same span the earlier one is kept.
FINDERS: tuple[Finder, ...] = (
    Finder(
        "url-credentials",
        _internet.find_url_credentials,
        mark="@",
        trigger=r"://[^\s/:@]{1,64}:[^\s/@]",
        inside=True,
        is_word=True,
    ),
    Finder("email", _internet.find_email, mark="@", trigger="@", inside=True, is_word=True),
    Finder("iban", _payment.find_iban, digits=8, length=15, trigger=_payment.IBAN_TRIGGER, inside=True),
    Finder("card", _payment.find_card, digits=12, trigger=_payment.CARD_TRIGGER, inside=True),
    Finder("wallet", _wallet.find_wallet, length=14, trigger=_wallet.WALLET_TRIGGER),
    Finder("passport", _travel.find_machine_readable, length=20, trigger=_travel.ZONE_TRIGGER, inside=True),
    Finder("birth-date", find_birth_date, digits=4, length=6, trigger=_BORN),
    Finder("ssn", _national.find_ssn, digits=9, trigger=_national.SSN_TRIGGER),
    *_shaped(_national.NATIONAL_IDS),
    *_shaped(TAX_IDS),
    *_shaped(_health.HEALTH_IDS),
    _labelled(_health.INSURED, _health.INSURED_TRIGGER),
    _labelled(_health.RECORD, _health.RECORD_TRIGGER),
    _labelled(_national.COLLEGIATE, _national.COLLEGIATE_TRIGGER),
    _labelled(_travel.PASSPORT, _travel.PASSPORT_TRIGGER),
    _labelled(_travel.LICENCE, _travel.LICENCE_TRIGGER),
    Finder("driving-licence", _travel.find_uk_licence, trigger=_travel.UK_LICENCE_TRIGGER, inside=True),
    Finder("device-id", _device.find_device_id, digits=15, trigger=_device.IMEI_TRIGGER),
    _labelled(_device.DEVICE, _device.DEVICE_TRIGGER),
    Finder("vehicle-id", _vehicle.find_vehicle_id, length=17, trigger=_vehicle.VIN_TRIGGER, inside=True),
    _labelled(_vehicle.PLATE, _vehicle.PLATE_TRIGGER),
    Finder("licence-plate", _vehicle.find_plate, trigger=_vehicle.STRICT_PLATE_TRIGGER, inside=True),
    _labelled(_national.ANY_ID, _national.ANY_ID_TRIGGER),
    Finder("bic", _bank.find_bic, length=8, trigger=_bank.BIC_TRIGGER),
    _labelled(_bank.ROUTING, _bank.ROUTING_TRIGGER),
    _labelled(_bank.SORT_CODE, _bank.SORT_TRIGGER),
    _labelled(_bank.ACCOUNT, _bank.ACCOUNT_TRIGGER),
    Finder("ip", _internet.find_ip, digits=1, length=4, trigger=_IP, inside=True, is_word=True),
    Finder("mac", _device.find_mac, length=14, trigger=_device.MAC_TRIGGER, inside=True, is_word=True),
    Finder("phone", find_phone, digits=7, trigger=PHONE_TRIGGER),
)
