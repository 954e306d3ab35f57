"""Addresses on the network, from ranges set aside for documentation."""

import ipaddress
import unicodedata
from random import Random
from string import ascii_lowercase, digits

from aboveboard.privacy.operators.synthetic._draw import Draw, same_shape
from aboveboard.privacy.operators.synthetic._faker import drawn

_DOMAINS = ("example.com", "example.net", "example.org")  # RFC 2606, section 3
_BLOCKS = ("192.0.2.0", "198.51.100.0", "203.0.113.0")  # RFC 5737
_IPV6 = 0x20010DB8 << 96  # RFC 3849
_DEFAULT = "en_US"


def make_email(value: str, draw: Draw, locale: str | None) -> str:
    """`lena.vogt4821@example.net`."""
    random = draw(value, "email")
    names = [drawn(kind, locale or _DEFAULT, random) for kind in ("first_name", "last_name")]
    return f"{_ascii('.'.join(names))}{random.randrange(10_000):04}@{random.choice(_DOMAINS)}"


def make_username(value: str, draw: Draw, locale: str | None) -> str:
    """`@lena_4821`, with the sign in front that the original has."""
    random = draw(value, "username")
    sign = value[0] if value[:1] in ("@", "#") else ""
    return f"{sign}{_ascii(drawn('first_name', locale or _DEFAULT, random))}_{random.randrange(10_000):04}"


def _ascii(name: str) -> str:
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    return "".join(character for character in folded if character.isalnum() or character == ".")


def make_domain(value: str, draw: Draw, locale: str | None) -> str:
    """`k3x9t2.example.org`."""
    return _host(draw(value, "domain"))


def make_url_credentials(value: str, draw: Draw, locale: str | None) -> str:
    """The same scheme, and user, password and host that are nobody's."""
    random = draw(value, "url-credentials")
    scheme, found, _ = value.partition("://")
    word = "".join(random.choices(ascii_lowercase + digits, k=12))
    return f"{scheme if found else 'https'}://user:{word}@{_host(random)}"


def _host(random: Random) -> str:
    return "".join(random.choices(ascii_lowercase + digits, k=6)) + "." + random.choice(_DOMAINS)


def make_ip(value: str, draw: Draw, locale: str | None) -> str:
    """An address of the documentation blocks, of the same version."""
    random = draw(value, "ip")
    try:
        version = ipaddress.ip_address(value.strip("[]").partition("%")[0]).version
    except ValueError:
        return same_shape(value, random)
    if version == 4:
        return f"{random.choice(_BLOCKS).rpartition('.')[0]}.{random.randint(1, 254)}"
    return str(ipaddress.IPv6Address(_IPV6 | random.getrandbits(64)))


def make_mac(value: str, draw: Draw, locale: str | None) -> str:
    """00-00-5E-00-53-00 to -FF (RFC 9542, section 2.1.2), with the separators and case of the original."""
    made = iter(f"00005e0053{draw(value, 'mac').randrange(256):02x}")
    plain = sum(map(str.isalnum, value))
    if plain != 12:
        return same_shape(value, draw(value, "mac"))
    upper = any(map(str.isupper, value))
    return "".join((next(made).upper() if upper else next(made)) if c.isalnum() else c for c in value)
