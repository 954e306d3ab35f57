"""Devices that people carry: IMEI and hardware addresses."""

import re
from collections.abc import Iterator

from aboveboard.privacy._span import PersonalData
from aboveboard.privacy.patterns._context import stands_alone
from aboveboard.privacy.patterns._labels import is_labelled, label, labelled, trigger
from aboveboard.privacy.patterns.families._check_digits import passes_luhn

_MAC = re.compile(
    r"(?<![\w:-])[0-9A-Fa-f]{2}([:-])(?:[0-9A-Fa-f]{2}\1){4}[0-9A-Fa-f]{2}(?![\w:-])"
    r"|(?<![\w.])[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}(?!\.?\w)"
)
MAC_TRIGGER = r"[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5}|[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}"


def find_mac(text: str, start: int, end: int) -> Iterator[PersonalData]:
    """Hardware addresses (IEEE 802 EUI-48) in pairs or in three groups; all zeros and broadcast are not."""
    for match in _MAC.finditer(text, start, end):
        written = match[0].lower()
        if written[:2] + written[-2:] in ("0000", "ffff"):
            continue
        if "." not in written or any(map(str.isalpha, written)):
            yield PersonalData(match.start(), match.end(), "mac", 0.95)


_IMEI = re.compile(r"(?<!\d)(?:\d{15}|\d{2}[ -]\d{6}[ -]\d{6}[ -]\d)(?!\d)")
_IMEI_LABEL = label(r"imei(?:sv)?|device id|handset|geräte-?(?:id|nummer)|equipment identity")
IMEI_TRIGGER = (
    r"(?i)\b(?:imei|device id|handset|geräte-?(?:id|nummer)|equipment identity)"
    r"|\b[0-9]{2}-[0-9]{6}-[0-9]{6}-[0-9]\b"
)


def find_device_id(text: str, start: int, end: int) -> Iterator[PersonalData]:
    """Numbers of mobile devices (3GPP TS 23.003, 6.2): the Luhn digit, and a word or the printed form."""
    for match in _IMEI.finditer(text, start, end):
        digits = match[0].replace("-", "").replace(" ", "")
        if not passes_luhn(digits) or not stands_alone(text, *match.span()):
            continue
        if "-" in match[0] or is_labelled(text, match.start(), _IMEI_LABEL):
            yield PersonalData(match.start(), match.end(), "device-id", 0.95)


_NAMED = r"imsi|iccid|sim(?: card)?|meid|udid|android[ _-]?id|idfa|advertising id"
DEVICE = labelled(
    "device-id",
    _NAMED,
    r"\d{14,20}|[0-9A-Fa-f]{14,16}|[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}",
    0.85,
)
"""Other numbers of devices and their cards, after their names."""
DEVICE_TRIGGER = trigger(r"imsi\b|iccid\b|sim\b|meid\b|udid\b|android[ _-]?id|idfa\b|advertising id")
