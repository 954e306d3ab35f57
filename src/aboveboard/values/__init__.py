"""Values everything else is made of: ids, canonical JSON, digests, clock, bounds, quantities with units."""

from aboveboard.values._bounds import Bound, parse_bound
from aboveboard.values._clock import Clock, FixedClock, SystemClock, format_time, parse_duration, parse_time
from aboveboard.values._digests import digest_bytes, digest_file, digest_json
from aboveboard.values._figures import figure
from aboveboard.values._ids import IdSource, encode_ulid, is_ulid, new_id
from aboveboard.values._json import CanonicalJsonError, canonical_json
from aboveboard.values._normal_text import NormalText, normalise
from aboveboard.values._quantities import Basis, Carbon, Energy, weaker

__all__ = [
    "Basis",
    "Bound",
    "CanonicalJsonError",
    "Carbon",
    "Clock",
    "Energy",
    "FixedClock",
    "IdSource",
    "NormalText",
    "SystemClock",
    "canonical_json",
    "digest_bytes",
    "digest_file",
    "digest_json",
    "encode_ulid",
    "figure",
    "format_time",
    "is_ulid",
    "new_id",
    "normalise",
    "parse_bound",
    "parse_duration",
    "parse_time",
    "weaker",
]
