"""Giving the same answer again: when requests are the same, where their answers are, what may be kept."""

from aboveboard.gateway.caching._answers import as_chunk, as_response, joined, kept
from aboveboard.gateway.caching._index import ANSWERS, AnswerIndex, AnswerIndexError
from aboveboard.gateway.caching._sameness import Scope, is_repeatable, sameness, wording
from aboveboard.gateway.caching._wording import MOST_CHARACTERS, normal_form

__all__ = [
    "ANSWERS",
    "MOST_CHARACTERS",
    "AnswerIndex",
    "AnswerIndexError",
    "Scope",
    "as_chunk",
    "as_response",
    "is_repeatable",
    "joined",
    "kept",
    "normal_form",
    "sameness",
    "wording",
]
