"""The types that have a form: one family a file, each candidate confirmed by a validator."""

from aboveboard.privacy.patterns.families._finders import FINDERS

__all__ = ["FINDERS"]
