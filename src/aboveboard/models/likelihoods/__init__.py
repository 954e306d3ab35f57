"""Likelihoods of given texts: from texts to tokens, to rows that share beginnings, to answers.

The rule at the border of context and continuation is lm-evaluation-harness's, `TemplateLM._encode_pair`.
"""

from aboveboard.models.likelihoods._encoding import Limits, Piece, encode
from aboveboard.models.likelihoods._rows import ROW_TOKENS, Options, Row, Scored, plan_rows
from aboveboard.models.likelihoods._weights import Source, read_source_at

__all__ = [
    "ROW_TOKENS",
    "Limits",
    "Options",
    "Piece",
    "Row",
    "Scored",
    "Source",
    "encode",
    "plan_rows",
    "read_source_at",
]
