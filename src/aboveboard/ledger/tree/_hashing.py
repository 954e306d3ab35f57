"""The hashes of a Merkle tree (RFC 6962 §2.1, RFC 9162 §2.1.1)."""

from functools import lru_cache
from hashlib import sha256

HASH_BYTES = 32
_PAIR_BYTES = 2 * HASH_BYTES
_RUN_BYTES = 16 * HASH_BYTES

EMPTY_ROOT = sha256(b"").digest()
"""The root of a tree without entries."""


def leaf_hash(entry: bytes) -> bytes:
    """SHA-256(0x00 ‖ entry)."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 ‖ left ‖ right)."""
    return sha256(b"\x01" + left + right).digest()


def fold(nodes: bytes) -> bytes:
    """The root over neighbouring nodes (32 bytes each, at least one), all of one height but perhaps the last.

    Pairing neighbours and carrying an odd last one upwards gives the very tree of RFC 6962, which splits at
    the largest power of two below the size. So whole runs of sixteen are subtrees of their own; the right
    edge of a log is folded at every append, and nearly all of its runs are those of the last time.
    """
    if len(nodes) <= _RUN_BYTES:
        return _paired(nodes)
    end = len(nodes) - len(nodes) % _RUN_BYTES
    roots = [_run(nodes[at : at + _RUN_BYTES]) for at in range(0, end, _RUN_BYTES)]
    return _paired(b"".join(roots) + (_paired(nodes[end:]) if end < len(nodes) else b""))


def _paired(nodes: bytes) -> bytes:
    """Neighbours lie side by side already, so a pair is one slice."""
    while len(nodes) > HASH_BYTES:
        odd = len(nodes) % _PAIR_BYTES
        pairs = range(0, len(nodes) - odd, _PAIR_BYTES)
        hashed = [sha256(b"\x01" + nodes[at : at + _PAIR_BYTES]).digest() for at in pairs]
        nodes = b"".join(hashed) + nodes[len(nodes) - odd :]
    return nodes


_run = lru_cache(maxsize=256)(_paired)
