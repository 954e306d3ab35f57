"""FF1: encryption of numerals into numerals of the same length (NIST SP 800-38G, section 5.1).

FF3 is not here: the second draft of Rev. 1 (February 2025) withdraws it, after attacks on its tweak (Durak
and Vaudenay, CRYPTO 2017) and on its revision FF3-1 (Beyne, CRYPTO 2021). FF1 stays, for a million possible
values or more (radix^minlen ≥ 1,000,000: the first edition asked for a hundred).
"""

from collections.abc import Callable, Sequence

SMALLEST_DOMAIN = 1_000_000
LONGEST = 4096
"""Numerals; the standard allows 2³² − 1, we bound the work."""
_ROUNDS = 10


class FF1:
    """The cipher for one AES key (16, 24 or 32 bytes) and a radix from 2 to 65,536."""

    def __init__(self, key: bytes, radix: int) -> None:
        if not 2 <= radix <= 1 << 16:
            raise ValueError("radix: 2 to 65536")
        self._aes = _aes(key)
        self._radix = radix

    def is_allowed(self, length: int) -> bool:
        """Whether texts of so many numerals have the domain size the standard asks for."""
        return 2 <= length <= LONGEST and self._radix**length >= SMALLEST_DOMAIN

    def encrypt(self, numerals: Sequence[int], tweak: bytes = b"") -> list[int]:
        """As many numerals (each below the radix). Raises ValueError outside of the allowed lengths."""
        left, right, rounds = self._halves(numerals, tweak)
        a, b = self._number(left), self._number(right)
        for turn in range(_ROUNDS):
            a, b = b, (a + rounds(turn, b)) % self._radix ** self._width(turn, len(numerals))
        return self._numerals(a, len(left)) + self._numerals(b, len(right))

    def decrypt(self, numerals: Sequence[int], tweak: bytes = b"") -> list[int]:
        """What `encrypt` made these numerals of. Raises ValueError outside of the allowed lengths."""
        left, right, rounds = self._halves(numerals, tweak)
        a, b = self._number(left), self._number(right)
        for turn in reversed(range(_ROUNDS)):
            a, b = (b - rounds(turn, a)) % self._radix ** self._width(turn, len(numerals)), a
        return self._numerals(a, len(left)) + self._numerals(b, len(right))

    def _halves(
        self, numerals: Sequence[int], tweak: bytes
    ) -> tuple[Sequence[int], Sequence[int], Callable[[int, int], int]]:
        if not self.is_allowed(len(numerals)):
            raise ValueError(
                f"{len(numerals)} numerals: fewer than a million possible values, or too many numerals"
            )
        half = len(numerals) // 2
        return numerals[:half], numerals[half:], self._round_function(len(numerals), tweak)

    def _width(self, turn: int, length: int) -> int:
        return length // 2 if turn % 2 == 0 else length - length // 2

    def _round_function(self, length: int, tweak: bytes) -> Callable[[int, int], int]:
        """Steps 3–6 of algorithm 7: from the round and the number of one half to the addend `y`."""
        half = length // 2
        size_b = ((self._radix ** (length - half) - 1).bit_length() + 7) // 8
        size_d = 4 * -(-size_b // 4) + 4
        head = b"\x01\x02\x01" + self._radix.to_bytes(3, "big") + b"\x0a" + bytes([half % 256])
        head += length.to_bytes(4, "big") + len(tweak).to_bytes(4, "big")
        pad = tweak + bytes((-len(tweak) - size_b - 1) % 16)

        def addend(turn: int, number: int) -> int:
            block = self._mac(head + pad + bytes([turn]) + number.to_bytes(size_b, "big"))
            more = b"".join(
                self._aes(_xor(block, counter.to_bytes(16, "big"))) for counter in range(1, -(-size_d // 16))
            )
            return int.from_bytes((block + more)[:size_d], "big")

        return addend

    def _mac(self, message: bytes) -> bytes:
        """PRF of the standard (algorithm 6): CBC-MAC over whole blocks."""
        block = bytes(16)
        for place in range(0, len(message), 16):
            block = self._aes(_xor(block, message[place : place + 16]))
        return block

    def _number(self, numerals: Sequence[int]) -> int:
        number = 0
        for numeral in numerals:
            number = number * self._radix + numeral
        return number

    def _numerals(self, number: int, length: int) -> list[int]:
        numerals = []
        for _ in range(length):
            number, numeral = divmod(number, self._radix)
            numerals.append(numeral)
        return numerals[::-1]


def _xor(left: bytes, right: bytes) -> bytes:
    return (int.from_bytes(left, "big") ^ int.from_bytes(right, "big")).to_bytes(16, "big")


def _aes(key: bytes) -> Callable[[bytes], bytes]:
    """AES on single blocks; the standard builds all from it."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    # A single block each time, chained by us as the standard says: no message is ever encrypted in ECB.
    return Cipher(algorithms.AES(key), modes.ECB()).encryptor().update  # noqa: S305
