"""Addresses of the Internet: e-mail, URLs with credentials, IP."""

import re
from collections.abc import Iterator
from ipaddress import AddressValueError, IPv4Address, IPv6Address

from aboveboard.privacy._span import PersonalData
from aboveboard.privacy.patterns._context import left_of
from aboveboard.privacy.patterns._labels import in_small_letters

# RFC 5321's lengths; the letters of RFC 6531 are allowed since people have names with accents.
_NOT_LOCAL = re.compile(r"[^\w.!#$%&'*+/=?^`~-]")
# A host's name, its last part perhaps in Punycode (RFC 5891), or its address in brackets (RFC 5321, 4.1.3).
_DOMAIN = re.compile(
    r"@(?:(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,8}(?:[^\W\d_]{2,24}|(?i:xn--)[a-zA-Z0-9-]{2,59})(?![\w-])"
    r"|\[(?:(?:\d{1,3}\.){3}\d{1,3}|(?i:ipv6:)[0-9A-Fa-f:.]{2,45})\])"
)
_TRIM = "'.!#$%&*+/=?^`~-"
_APOSTROPHE = re.compile(r"(?<![^\W\d_])'|'(?![^\W\d_])")  # one within a name is a part of it: o'neil
EMAIL_TRIGGER = r"[^\s]@[^\s]"
_USERINFO = re.compile(r"\b[a-zA-Z][a-zA-Z0-9+.-]{1,20}://([^\s/:@]{1,64}:[^\s/@]{1,128})@")
CREDENTIALS_TRIGGER = r":[^\s/@]{1,128}@"
_V4 = re.compile(r"(?<![\w.-])(?:\d{1,3}\.){3}\d{1,3}(?![\w]|\.\d)")
_V6 = re.compile(r"(?<![\w:.])[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}(?![\w:])")
IP_TRIGGER = r"[0-9]\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]|(?:[0-9A-Fa-f]{1,4}:){4}|::[0-9a-fA-F]|[0-9a-fA-F]::"
_VERSION = re.compile(
    r"(?:\bv|versions?|\bver|release|build|firmware|section|sections|chapter|kernel|driver|§|clause|figure"
    r"|table|oid|article|\brev)"
    r"[\s:='\"]{0,3}$|(?:[<>=~^!]=|[~^#])\s?$"
)
_ADDRESS = re.compile(
    r"(?:\b|_)(?:ip|ipv4|ip-?adresse|addr(?:ess)?|adresse|direcci[oó]n|indirizzo|host|server|from|ping|ssh|src|dst"
    r"|source|dest(?:ination)?|client|peer|remote|gateway|gw|dns|nameserver|via)(?:\b|_)[\w\s:='\"([]{0,12}$"
)
_LEAST_OF_A_HOST = 30  # few versions count so far
_SETTING = re.compile(r"(?:\w\s?=|[<>])\s?['\"]?$")


def find_email(text: str, start: int, end: int) -> Iterator[PersonalData]:
    """Each `@` with a domain after it and a local part before it."""
    at = text.find("@", start, end)
    while at >= 0:
        domain = _DOMAIN.match(text, at, end)
        local = _local_part(text, start, at) if domain else at
        if domain and (local < at or _is_quoted(text, at)):
            yield PersonalData(local, domain.end(), "email")
        at = text.find("@", at + 1, end)


def _local_part(text: str, start: int, at: int) -> int:
    """Where the local part that ends at `at` begins."""
    before = text[max(start, at - 64) : at]
    other = _NOT_LOCAL.search(before[::-1])
    begin = at - (other.start() if other else len(before))
    for mark in ":=/":  # `mailto:a@b.example`, `user=a@b.example`
        begin = max(begin, text.rfind(mark, begin, at) + 1)
    for quote in _APOSTROPHE.finditer(text, begin, at):
        begin = quote.end()
    return begin + len(text[begin:at]) - len(text[begin:at].lstrip(_TRIM))


def _is_quoted(text: str, at: int) -> bool:
    """Whether a local part in quotes, which end a word, ends at `at`: then the rest of the address counts."""
    return text[max(0, at - 1) : at] == '"' and text[max(0, at - 2)].isalnum()


def find_url_credentials(text: str, start: int, end: int) -> Iterator[PersonalData]:
    """The `user:password` of a URL (RFC 3986 userinfo)."""
    for match in _USERINFO.finditer(text, start, end):
        yield PersonalData(match.start(1), match.end(1), "url-credentials")


def find_ip(text: str, start: int, end: int) -> Iterator[PersonalData]:
    """Addresses of hosts; loopback, unspecified, broadcast and version numbers are not meant."""
    for match in _V4.finditer(text, start, end):
        if _is_host_v4(match[0]) and not _reads_as_version(text, match):
            yield PersonalData(match.start(), match.end(), "ip", 0.9)
    for match in _V6.finditer(text, start, end):
        if _is_host_v6(match[0]):
            yield PersonalData(match.start(), match.end(), "ip", 0.9)


def _is_host_v4(written: str) -> bool:
    try:
        address = IPv4Address(written)
    except AddressValueError:
        return False
    return not (address.is_loopback or address.is_multicast or written.startswith(("0.", "255.")))


def _is_host_v6(written: str) -> bool:
    if written.count(":") < 7 and "::" not in written:
        return False
    if sum(map(str.isalnum, written)) < 4 or not any(map(str.isdigit, written)):
        return False
    try:
        return not IPv6Address(written).is_loopback
    except AddressValueError:
        return False


def _reads_as_version(text: str, match: re.Match[str]) -> bool:
    before = left_of(text, match.start())
    lowered = in_small_letters(before)
    if _VERSION.search(lowered):
        return True
    if _ADDRESS.search(lowered):
        return False
    parts = match[0].split(".")
    if before.endswith("/") and before[-2:-1].isalpha():  # `Chrome/120.0.0.0`
        return parts[1:] == ["0", "0", "0"]
    if _SETTING.search(
        before
    ):  # `openssl>1.1.13.2` names a version, `SRC=203.0.113.7`, `<td>203.0.113.7` a host
        return int(parts[0]) < _LEAST_OF_A_HOST and not IPv4Address(match[0]).is_private
    return all(len(part) == 1 for part in parts)
