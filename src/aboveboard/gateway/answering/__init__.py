"""Endpoints that answer in the name of a model: admitted, guarded, asked, guarded, recorded, sent or held."""

from aboveboard.gateway.answering._endpoint import ModelEndpoint
from aboveboard.gateway.answering._holding import HoldPages, answer_of, words_of

__all__ = ["HoldPages", "ModelEndpoint", "answer_of", "words_of"]
