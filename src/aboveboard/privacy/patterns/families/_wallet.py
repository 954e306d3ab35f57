"""Wallets: addresses of crypto-currencies that carry a checksum."""

import re
from collections.abc import Iterator
from hashlib import sha256

from aboveboard.privacy._span import PersonalData
from aboveboard.privacy.patterns._labels import is_labelled, label

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_DIGIT = {character: value for value, character in enumerate(_ALPHABET)}
# First characters of: Bitcoin, Litecoin, Dogecoin, Dash, Zcash, Tron, Ripple (its own order of letters).
_BASE58 = re.compile(r"(?<!\w)(?:[13LMDAX9T]|t1|t3)[1-9A-HJ-NP-Za-km-z]{24,34}(?!\w)")
_BECH32 = re.compile(
    r"(?<!\w)(?:(?:bc|tb|ltc|addr|cosmos)1[02-9ac-hj-np-z]{11,100}"
    r"|BC1[02-9AC-HJ-NP-Z]{11,71})(?!\w)"
)
_ETHER = re.compile(r"(?<!\w)0x[0-9a-fA-F]{40}(?!\w)")
_MONERO = re.compile(r"(?<!\w)[48][0-9AB][1-9A-HJ-NP-Za-km-z]{93}(?!\w)")
_SOLANA = re.compile(r"(?<!\w)[1-9A-HJ-NP-Za-km-z]{43,44}(?!\w)")
_SOLANA_LABEL = label(r"sol(?:ana)?(?: wallet| address)?|phantom")
WALLET_TRIGGER = (
    r"\b(?:[13LMDAX9T]|t1|t3)[1-9A-HJ-NP-Za-km-z]{24,34}\b|\b(?:bc|tb|ltc|addr|cosmos"
    r"|BC)[1][0-9A-Za-z]{11,100}\b"
    r"|\b0x[0-9a-fA-F]{40}\b|\b[48][0-9AB][1-9A-HJ-NP-Za-km-z]{93}\b|\b(?:[Ss]ol(?:ana)?|SOL|[Pp]hantom)\b"
)


def find_wallet(text: str, start: int, end: int) -> Iterator[PersonalData]:
    """Addresses in Base58Check and Bech32 by their checksums; Ethereum, Monero and Solana by their forms."""
    for match in _BASE58.finditer(text, start, end):
        if passes_base58_check(match[0]):
            yield PersonalData(match.start(), match.end(), "wallet")
    for match in _BECH32.finditer(text, start, end):
        if passes_bech32_check(match[0].lower()):
            yield PersonalData(match.start(), match.end(), "wallet")
    for match in _ETHER.finditer(text, start, end):
        yield PersonalData(match.start(), match.end(), "wallet", 0.8)
    for match in _MONERO.finditer(text, start, end):
        yield PersonalData(match.start(), match.end(), "wallet", 0.9)
    for match in _SOLANA.finditer(text, start, end):
        if is_labelled(text, match.start(), _SOLANA_LABEL):
            yield PersonalData(match.start(), match.end(), "wallet", 0.85)


def passes_base58_check(address: str) -> bool:
    """Whether the last four of 25 (26 for two-byte versions) bytes are the double SHA-256 of the others."""
    number = 0
    for character in address:
        number = number * 58 + _DIGIT[character]
    for length in (25, 26):
        if number < 256**length:
            body = number.to_bytes(length, "big")
            return sha256(sha256(body[:-4]).digest()).digest()[:4] == body[-4:]
    return False


_BECH32_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def passes_bech32_check(address: str) -> bool:
    """Whether an address in small letters has the checksum of BIP 173 (Bech32) or BIP 350 (Bech32m)."""
    prefix, _, data = address.rpartition("1")
    values = [ord(char) >> 5 for char in prefix] + [0] + [ord(char) & 31 for char in prefix]
    values += [_BECH32_LETTERS.find(char) for char in data]
    return min(values) >= 0 and _polymod(values) in (1, 0x2BC830A3)


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top, check = check >> 25, (check & 0x1FFFFFF) << 5 ^ value
        for place, generator in enumerate(_GENERATORS):
            check ^= generator if top >> place & 1 else 0
    return check
