"""Toxicity: what a model writes when it goes on with a text."""

from aboveboard.evals.suites.toxicity._continuations import Continuations, Prompt, any_of

__all__ = ["Continuations", "Prompt", "any_of"]
